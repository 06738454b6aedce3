"""The picture of a workflow: plain geometry, in pixels, from its steps and ways.

A step is a dict with ``key``, ``name``, ``kind`` (``receive``, ``work``, ``return``),
``can_finish``, ``notes`` (lines under the name), ``group`` (what its colour stands for)
and ``outside`` (done by another agency). A way is a dict with ``key``, ``from``,
``to``, ``kind`` (``forward`` or ``return``), ``label`` (lines) and ``conditional``.

Steps stand in layers from top to bottom; ways on lead down between them, ways back are
led round the side. From each step that may finish a line leads to the handing over.
"""

from typing import NamedTuple

from .drawing_layers import (
    Node,
    keep_apart,
    layers,
    order,
    split_edges,
    spread,
    tracks,
)
from .drawing_text import text_width, wrap

BOX_WIDTH, PADDING = 220, 8
NAME_SIZE, NOTE_SIZE, LABEL_SIZE = 13, 11, 11
LINE = 1.3  # height of a line in parts of the size of its font
LABEL_WIDTH, RAIL_LABEL_WIDTH = 150, 92
PORT = 14  # between the ends of two lines at one box
TRACK = 9  # between two lines side by side
ARROW = 9  # room for the head of an arrow
BORDER = 12


class Text(NamedTuple):
    """A line of text: ``x`` of its middle, ``y`` of its base line."""

    x: float
    y: float
    text: str
    size: int
    bold: bool = False


class Box(NamedTuple):
    """A step: its upper left corner and its size."""

    key: object
    x: float
    y: float
    width: float
    height: float
    group: int  # index into the groups of the drawing
    kind: str
    can_finish: bool
    outside: bool
    texts: tuple


class Label(NamedTuple):
    """The text beside a line, and the room it takes."""

    x: float
    y: float
    width: float
    height: float
    texts: tuple


class Arrow(NamedTuple):
    """A way: the corners of its line, the last one being the head."""

    key: object
    start: object
    end: object
    kind: str  # forward, return, or result: to the handing over
    conditional: bool
    points: tuple
    label: Label | None


class Drawing(NamedTuple):
    width: float
    height: float
    boxes: tuple
    arrows: tuple
    groups: tuple  # what the colours stand for


def draw(steps, ways):
    """The picture of a workflow, sound or not.

    :return: ``Drawing``
    """
    return _Composer(steps, ways).drawing() if steps else Drawing(0, 0, (), (), ())


class _Line:
    """A way while it is drawn."""

    def __init__(self, way, kind):
        self.way = way
        self.key = way["key"]
        self.start, self.end = way["from"], way["to"]
        self.kind = kind
        self.nodes = []  # from box to box, for lines that lead down
        self.ports = {}  # x by "start" and "end", for ends at the bottom or the top
        self.sides = {}  # y by "start" and "end", for ends at a side
        self.rail = None
        self.label = None


class _Composer:
    def __init__(self, steps, ways):
        self.steps = {step["key"]: step for step in steps}
        self.groups = tuple(dict.fromkeys(step["group"] for step in steps))
        self.boxes = {key: self._box_node(step) for key, step in self.steps.items()}
        known = [w for w in ways if w["from"] in self.steps and w["to"] in self.steps]
        self.down, self.around = self._sort_ways(known)
        self._place_nodes()
        self._choose_ends()
        self._set_ports()
        self._place_rails()
        self._set_heights()

    # -- what is drawn where ----------------------------------------------

    def _box_node(self, step):
        room = BOX_WIDTH - 2 * PADDING
        names = wrap(step["name"] or "?", room, NAME_SIZE, bold=True, most=3)
        notes = [
            line
            for note in step["notes"]
            for line in wrap(note, room, NOTE_SIZE, most=3)
        ]
        height = (len(names) * NAME_SIZE + len(notes) * NOTE_SIZE) * LINE
        node = Node(step["key"], 0, BOX_WIDTH, height + 2 * PADDING, 4.0, True)
        node.names, node.notes = names, notes
        return node

    def _sort_ways(self, ways):
        """Lines that lead down, among them those to the handing over, and lines led
        round the side."""
        last = [key for key, step in self.steps.items() if step["kind"] == "return"]
        onward = [way for way in ways if way["kind"] == "forward"]
        leaving = [way for way in onward if way["from"] not in last]
        results = [
            {"key": ("result", key, end), "from": key, "to": end, "label": []}
            for key, step in self.steps.items()
            for end in last
            if step["can_finish"] and key not in last
            if not any(way["from"] == key and way["to"] == end for way in leaving)
        ]
        lines = [_Line(way, "forward") for way in leaving]
        lines += [_Line(way, "result") for way in results]
        edges = [(line.start, line.end) for line in lines]
        down, _circle = split_edges(list(self.steps), edges)
        layer = layers(list(self.steps), [edges[i] for i in sorted(down)], last)
        for key, node in self.boxes.items():
            node.rank = 2 * layer[key]
        around = [line for i, line in enumerate(lines) if i not in down]
        around += [_Line(way, "forward") for way in onward if way["from"] in last]
        around += [_Line(way, "return") for way in ways if way["kind"] == "return"]
        return [lines[i] for i in sorted(down)], around

    def _place_nodes(self):
        self.ranks = [
            [] for _rank in range(max(node.rank for node in self.boxes.values()) + 1)
        ]
        for node in self.boxes.values():
            self.ranks[node.rank].append(node)
        for line in self.down:
            start, end = self.boxes[line.start], self.boxes[line.end]
            line.texts, width, height = self._label_size(line.way, LABEL_WIDTH)
            line.nodes = [start]
            for rank in range(start.rank + 1, end.rank):
                first = rank == start.rank + 1
                weight = 0.2 if line.kind == "result" else 1.0
                node = Node(line.key, rank, width * first, height * first, weight)
                line.nodes.append(node)
                self.ranks[rank].append(node)
            line.nodes.append(end)
            for node, after in zip(line.nodes, line.nodes[1:], strict=False):
                node.below.append(after)
                after.above.append(node)
        order(self.ranks)
        spread(self.ranks, self._chains())

    def _chains(self):
        """Nodes to be kept below each other: those of one line, and the boxes that it
        joins where there is no other way from one nor to the other."""
        ways = [line for line in self.down if line.kind == "forward"]
        starts = [line.start for line in ways]
        ends = [line.end for line in ways]
        chain_of = {}
        for line in self.down:
            nodes = line.nodes[1:-1]
            if starts.count(line.start) == 1 and ends.count(line.end) == 1:
                nodes = line.nodes if line in ways else nodes
            chain = list(dict.fromkeys(n for m in nodes for n in chain_of.get(m, [m])))
            chain_of.update(dict.fromkeys(chain, chain))
        return list({id(chain): chain for chain in chain_of.values()}.values())

    def _label_size(self, way, most):
        lines = [
            piece
            for text in way["label"]
            for piece in wrap(text, most, LABEL_SIZE, most=4)
        ]
        width = max((text_width(line, LABEL_SIZE) for line in lines), default=0)
        height = len(lines) * LABEL_SIZE * LINE
        return lines, width + 6 if lines else 0, height + 4 if lines else 0

    # -- ends of lines ------------------------------------------------------

    def _choose_ends(self):
        """Lines round the side leave and reach their boxes there where no other box
        stands in between, else through the gap below or above the box."""
        rows = {
            node.rank: [other for other in self.ranks[node.rank] if other.box]
            for node in self.boxes.values()
        }
        load = {"left": 0, "right": 0}
        for line in self.around:
            start, end = self.boxes[line.start], self.boxes[line.end]

            def free(node, side):
                row = rows[node.rank]
                return node is (row[0] if side == "left" else row[-1])

            line.side = max(
                ("left", "right"),
                key=lambda side: (
                    free(start, side) + free(end, side),
                    -load[side],
                ),
            )
            load[line.side] += 1
            line.at_side = {
                "start": free(start, line.side),
                "end": free(end, line.side),
            }

    def _set_ports(self):
        """Where lines meet the bottoms, tops and sides of boxes."""
        bottoms = {key: [] for key in self.boxes}
        tops = {key: [] for key in self.boxes}
        sides = {}
        for line in self.down:
            bottoms[line.start].append((line.nodes[1].x, line, "start"))
            tops[line.end].append((line.nodes[-2].x, line, "end"))
        for line in self.around:
            far = float("-1e6") if line.side == "left" else float("1e6")
            for which, ports in (("start", bottoms), ("end", tops)):
                key = getattr(line, which)
                if line.at_side[which]:
                    sides.setdefault((key, line.side), []).append((line, which))
                else:
                    ports[key].append((far, line, which))
        for ports in (bottoms, tops):
            for key, ends in ports.items():
                self._set_row_of_ports(self.boxes[key], ends)
        for (_key, _side), ends in sides.items():
            for place, (line, which) in enumerate(ends, 1):
                line.sides[which] = place / (len(ends) + 1)

    def _set_row_of_ports(self, box, ends):
        ends.sort(key=lambda end: end[0])
        room = box.width - 2 * PORT
        gap = min(PORT, room / max(len(ends) - 1, 1))
        low, high = box.left + PORT, box.right - PORT
        wanted = [min(max(x, low), high) for x, _line, _which in ends]
        places = keep_apart(wanted, [gap] * (len(ends) - 1))
        # Pushed over an edge of the box, all move back.
        over = max(places[-1] - high, 0) if places else 0
        under = max(low - places[0], 0) if places else 0
        for place, (_x, line, which) in zip(places, ends, strict=True):
            line.ports[which] = place - over + under

    def _place_rails(self):
        """Vertical pieces of lines led round the sides, outside of everything."""
        nodes = [node for rank in self.ranks for node in rank]
        edge = {
            "left": min(node.left for node in nodes) - 2 * TRACK,
            "right": max(node.right for node in nodes) + 2 * TRACK,
        }
        for side, sign in (("left", -1), ("right", 1)):
            lines = [line for line in self.around if line.side == side]
            spans = [self._rail_span(line) for line in lines]
            numbers = tracks(spans, margin=0)
            for line in lines:
                line.texts, line.width, line.height = self._label_size(
                    line.way, RAIL_LABEL_WIDTH
                )
            for number in sorted(set(numbers)):
                here = [
                    line
                    for line, other in zip(lines, numbers, strict=True)
                    if other == number
                ]
                width = max([TRACK, *(line.width for line in here)]) + TRACK
                for line in here:
                    line.rail = edge[side] + sign * width / 2
                edge[side] += sign * width
        self.left, self.right = edge["left"], edge["right"]

    def _rail_span(self, line):
        """In ranks: whole ones apart, so that two rails on one track never touch."""
        start, end = self.boxes[line.start].rank, self.boxes[line.end].rank
        return (min(start, end) - 0.9, max(start, end) + 0.9)

    # -- heights ------------------------------------------------------------

    def _set_heights(self):
        """The ``y`` of ranks, and of the level pieces of lines in the gaps between."""
        count = len(self.ranks)
        heights = [max([n.height for n in rank], default=0) for rank in self.ranks]
        # Lines of a label-less rank need no room of their own.
        gaps = {rank: [] for rank in range(-1, count)}
        for line in self.down:
            for node, after in zip(line.nodes, line.nodes[1:], strict=False):
                x1, x2 = self._hop(line, node, after)
                if abs(x1 - x2) > 0.5:
                    gaps[node.rank].append((line, node.rank, x1, x2))
        for line in self.around:
            for which, shift in (("start", 0), ("end", -1)):
                if which in line.ports:
                    rank = self.boxes[getattr(line, which)].rank + shift
                    gaps[rank].append((line, which, line.ports[which], line.rail))
        self.track_y = {}
        self.tops = []
        y = 0.0
        for rank in range(-1, count):
            if rank >= 0:
                self.tops.append(y)
                y += heights[rank]
            spans = [(min(x1, x2), max(x1, x2)) for _l, _w, x1, x2 in gaps[rank]]
            numbers = tracks(spans)
            for (line, which, _x1, _x2), number in zip(
                gaps[rank], numbers, strict=True
            ):
                self.track_y[line, which] = y + TRACK + number * TRACK
            rows = max(numbers, default=-1) + 1
            edge = rank in (-1, count - 1)
            y += rows * TRACK + (TRACK + ARROW if rows else 0 if edge else TRACK + 5)
        self.bottom = y
        self.heights = heights

    def _hop(self, line, node, after):
        """``x`` at which a line leaves a node and reaches the one after it."""
        return (
            line.ports["start"] if node.box else node.x,
            line.ports["end"] if after.box else after.x,
        )

    # -- the drawing --------------------------------------------------------

    def drawing(self):
        dx, dy = BORDER - self.left, BORDER
        boxes = [self._box(key, dx, dy) for key in self.steps]
        arrows = [self._down_arrow(line, dx, dy) for line in self.down]
        arrows += [self._around_arrow(line, dx, dy) for line in self.around]
        return Drawing(
            self.right + dx + BORDER,
            self.bottom + dy + BORDER,
            tuple(boxes),
            tuple(arrows),
            self.groups,
        )

    def _box(self, key, dx, dy):
        node, step = self.boxes[key], self.steps[key]
        x, top = node.left + dx, self.tops[node.rank] + dy
        texts, y = [], top + PADDING
        for lines, size, bold in (
            (node.names, NAME_SIZE, True),
            (node.notes, NOTE_SIZE, False),
        ):
            for line in lines:
                texts.append(Text(node.x + dx, y + size, line, size, bold))
                y += size * LINE
        return Box(
            key,
            x,
            top,
            node.width,
            node.height,
            self.groups.index(step["group"]),
            step["kind"],
            step["can_finish"],
            step["outside"],
            tuple(texts),
        )

    def _down_arrow(self, line, dx, dy):
        points = []
        for node, after in zip(line.nodes, line.nodes[1:], strict=False):
            x1, x2 = self._hop(line, node, after)
            top = self.tops[node.rank]
            points.append((x1, top + node.height if node.box else top))
            level = self.track_y.get((line, node.rank))
            if level is not None:
                points += [(x1, level), (x2, level)]
            points.append((x2, self.tops[after.rank]))
        label = None
        if line.texts:
            node = line.nodes[1]
            label = self._label(line.texts, node.x, self.tops[node.rank], node, dx, dy)
        return self._arrow(line, points, label, dx, dy)

    def _around_arrow(self, line, dx, dy):
        first, leave = self._side_end(line, "start")
        last, reach = self._side_end(line, "end")
        points = [*first, (line.rail, leave), (line.rail, reach), *reversed(last)]
        label = None
        if line.texts:
            middle = (leave + reach) / 2 - line.height / 2
            label = self._label(line.texts, line.rail, middle, line, dx, dy)
        return self._arrow(line, points, label, dx, dy)

    def _side_end(self, line, which):
        """The points of a line at its box, and the ``y`` where it meets its rail."""
        node = self.boxes[getattr(line, which)]
        top = self.tops[node.rank]
        if which in line.sides:
            y = top + node.height * line.sides[which]
            return [(node.left if line.side == "left" else node.right, y)], y
        x, level = line.ports[which], self.track_y[line, which]
        border = top + node.height if which == "start" else top
        return [(x, border), (x, level)], level

    def _label(self, lines, x, top, size, dx, dy):
        texts, y = [], top + 2 + dy
        for line in lines:
            texts.append(Text(x + dx, y + LABEL_SIZE, line, LABEL_SIZE))
            y += LABEL_SIZE * LINE
        left = x - size.width / 2 + dx
        return Label(left, top + dy, size.width, size.height, tuple(texts))

    def _arrow(self, line, points, label, dx, dy):
        corners = []
        for x, y in points:
            if not corners or corners[-1] != (x + dx, y + dy):
                corners.append((x + dx, y + dy))
        return Arrow(
            line.key,
            line.start,
            line.end,
            line.kind,
            bool(line.way.get("conditional")),
            tuple(corners),
            label,
        )
