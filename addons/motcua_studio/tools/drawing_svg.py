"""The picture of a workflow as SVG, the same for screen and paper."""

from html import escape

from .drawing_text import text_width

# Fill and border by group: light enough for black text, apart in grey as well.
COLOURS = (
    ("#dbeafe", "#2563eb"),
    ("#fef3c7", "#b45309"),
    ("#ede9fe", "#7c3aed"),
    ("#dcfce7", "#15803d"),
    ("#fce7f3", "#be185d"),
    ("#cffafe", "#0e7490"),
    ("#ffedd5", "#c2410c"),
    ("#e5e7eb", "#4b5563"),
)
LINES = {"forward": "#374151", "return": "#b91c1c", "result": "#15803d"}
FONT = "'DejaVu Sans', 'Segoe UI', Arial, sans-serif"
LEGEND_SIZE, LEGEND_ROW, SWATCH = 11, 20, 26


def render(drawing, legend, size=None):
    """
    :param drawing: a ``drawing.Drawing``
    :param legend: words for the kinds of lines and boxes shown: dict with ``forward``,
        ``conditional``, ``return``, ``result`` and ``outside``
    :param size: ``(width, height)`` with units on paper, such as ``("180mm", "90mm")``;
        on the screen its own size, which style sheets may change
    """
    entries, width, height = _place_legend(drawing, legend)
    total = drawing.height + height
    shown = size or (f"{width:.0f}", f"{total:.0f}")
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" class="o_motcua_drawing" '
        f'viewBox="0 0 {width:.0f} {total:.0f}" '
        f'width="{shown[0]}" height="{shown[1]}" font-family="{escape(FONT)}">'
    ]
    shift = (width - drawing.width) / 2
    parts.append(f'<g transform="translate({shift:.1f} 0)">')
    parts += [_line(arrow) for arrow in drawing.arrows]
    parts += [_box(box) for box in drawing.boxes]
    parts += [_label(arrow) for arrow in drawing.arrows if arrow.label]
    parts.append("</g>")
    parts += entries
    parts.append("</svg>")
    return "".join(parts)


def proportions(drawing, legend):
    """Width and height of the picture with its legend."""
    _entries, width, height = _place_legend(drawing, legend)
    return width, drawing.height + height


def _text(x, y, text, size, bold=False, anchor="middle", colour="#111827"):
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"'
        f' fill="{colour}"{weight}>{escape(text)}</text>'
    )


def _box(box):
    fill, border = COLOURS[box.group % len(COLOURS)]
    radius = 6 if box.kind == "work" else min(box.height / 2, 22)
    shape = (
        '<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{r:.1f}"'
        ' fill="{fill}" stroke="{border}" stroke-width="{line}"/>'
    )

    def rect(inset, fill, line):
        return shape.format(
            x=box.x + inset,
            y=box.y + inset,
            w=box.width - 2 * inset,
            h=box.height - 2 * inset,
            r=max(radius - inset, 1),
            fill=fill,
            border=border,
            line=line,
        )

    parts = [rect(0, fill, 2 if box.can_finish else 1.2)]
    if box.outside:
        parts.append(rect(3.5, "none", 1))
    parts += [_text(*text) for text in box.texts]
    return (
        f'<g class="o_motcua_drawn_step" data-step="{escape(str(box.key))}">'
        f"{''.join(parts)}</g>"
    )


def _line(arrow):
    colour = LINES[arrow.kind]
    points = list(arrow.points)
    (x1, y1), (x2, y2) = points[-2:]
    length = max(abs(x2 - x1) + abs(y2 - y1), 1)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    head = [
        (x2, y2),
        (x2 - 8 * ux - 4 * uy, y2 - 8 * uy - 4 * ux),
        (x2 - 8 * ux + 4 * uy, y2 - 8 * uy + 4 * ux),
    ]
    points[-1] = (x2 - 6 * ux, y2 - 6 * uy)
    dashes = {"return": ' stroke-dasharray="6 4"', "result": ' stroke-dasharray="2 3"'}
    width = 2.2 if arrow.conditional else 1.4
    return (
        f'<g class="o_motcua_drawn_way" data-way="{escape(str(arrow.key))}">'
        f'<polyline points="{_points(points)}" fill="none" stroke="{colour}"'
        f' stroke-width="{width}"{dashes.get(arrow.kind, "")}/>'
        f'<polygon points="{_points(head)}" fill="{colour}"/></g>'
    )


def _label(arrow):
    label = arrow.label
    colour = LINES[arrow.kind]
    background = (
        f'<rect x="{label.x:.1f}" y="{label.y:.1f}" width="{label.width:.1f}"'
        f' height="{label.height:.1f}" fill="#ffffff"/>'
    )
    texts = [_text(*text, colour=colour) for text in label.texts]
    return f'<g class="o_motcua_drawn_label">{background}{"".join(texts)}</g>'


def _points(points):
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _place_legend(drawing, legend):
    """What colours and lines stand for, in rows below the picture.

    :return: (pieces of SVG, width of picture and legend, height of the legend)
    """
    items = [
        (name, _swatch(*COLOURS[index % len(COLOURS)]))
        for index, name in enumerate(drawing.groups)
    ]
    kinds = {arrow.kind for arrow in drawing.arrows}
    for kind in ("forward", "return", "result"):
        if kind in kinds:
            items.append((legend[kind], _sample(kind)))
    if any(arrow.conditional for arrow in drawing.arrows):
        items.append((legend["conditional"], _sample("forward", 2.2)))
    if any(box.outside for box in drawing.boxes):
        double = _swatch("#ffffff", "#4b5563") + _swatch("none", "#4b5563", 3)
        items.append((legend["outside"], double))
    widest = max(
        [SWATCH + 12 + text_width(name, LEGEND_SIZE) + 16 for name, _s in items],
        default=0,
    )
    width = max(drawing.width, widest + 24, 320)
    parts, x, y = [], 12.0, drawing.height + LEGEND_ROW / 2
    for name, sample in items:
        room = SWATCH + 6 + text_width(name, LEGEND_SIZE)
        if x > 12 and x + room > width - 12:
            x, y = 12.0, y + LEGEND_ROW
        text = _text(SWATCH + 6, 11, name, LEGEND_SIZE, anchor="start")
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{sample}{text}</g>')
        x += room + 16
    return parts, width, y + LEGEND_ROW + 6 - drawing.height


def _swatch(fill, border, inset=0):
    return (
        f'<rect x="{inset}" y="{inset}" width="{SWATCH - 2 * inset}"'
        f' height="{14 - 2 * inset}" rx="3" fill="{fill}" stroke="{border}"/>'
    )


def _sample(kind, width=1.4):
    dashes = {"return": ' stroke-dasharray="6 4"', "result": ' stroke-dasharray="2 3"'}
    return (
        f'<line x1="0" y1="7" x2="{SWATCH - 6}" y2="7" stroke="{LINES[kind]}"'
        f' stroke-width="{width}"{dashes.get(kind, "")}/>'
        f'<polygon points="{SWATCH},7 {SWATCH - 8},3 {SWATCH - 8},11"'
        f' fill="{LINES[kind]}"/>'
    )
