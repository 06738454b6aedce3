"""Templates of documents and letters: HTML written by administrators, with markers
where data of a dossier go.

- ``<span data-merge="dossier.code">`` becomes the text of that field;
- ``<p data-merge-if='{"all": [...]}'>`` (also ``div``, ``li``, ``tr``) is left out
  unless the condition holds, written as those of form fields are;
- ``<tr data-merge-rows="children">`` (also ``div``, ``li``, ``p``) is repeated for each
  row of a repeating section; in it ``row.<column>`` and ``row.number`` are fields.

Nothing else means anything: no expression is evaluated, no attribute looked up. What is
stored and what is printed is built anew from the short lists below; whatever is not on
them is not copied, so that nothing that loads, runs or links can slip through. Values
get in as text.
"""

import json
import re
from copy import deepcopy
from typing import NamedTuple

from lxml import etree, html

from . import form, form_rename
from .problem import Problem

# What a paper shows where nothing is known: room to write by hand.
BLANK = "………"
# A long decree has about 100,000 letters.
MAX_BODY = 300_000

_BLOCKS = ("div", "p", "li", "tr")
_TAGS = {
    *_BLOCKS,
    *("h1", "h2", "h3", "h4", "blockquote", "ul", "ol", "hr", "br"),
    *("table", "thead", "tbody", "tfoot", "colgroup", "col", "td", "th"),
    *("span", "b", "strong", "i", "em", "u", "s", "sub", "sup"),
}
# Gone with all they hold; other unknown tags only leave their text behind.
_DROPPED = {
    *("script", "style", "head", "title", "template", "noscript", "svg", "math"),
    *("iframe", "object", "embed", "applet", "frame", "frameset", "audio", "video"),
    *("textarea", "select", "button", "xmp", "plaintext", "noembed", "noframes"),
}
_MARKERS = {
    "data-merge": ("span",),
    "data-merge-if": _BLOCKS,
    "data-merge-rows": _BLOCKS,
}
_SPANS = {"colspan", "rowspan"}
_CLASSES = {"doc-plain", "doc-title", "doc-rule"}
_STYLES = {
    *("text-align", "text-indent", "text-decoration", "text-transform"),
    *("font-weight", "font-style", "font-size", "line-height", "vertical-align"),
    *("width", "height", "padding-left", "margin-left", "margin-top"),
    *("margin-bottom", "list-style-type"),
}
# Words and lengths: no brackets, so no url(); no backslash, so nothing in disguise.
_STYLE_VALUE = re.compile(r"[a-z0-9.%# -]{1,40}")
_UNPRINTABLE = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
# No form field begins like this: a conditional paragraph stands as a note of the form.
_PARAGRAPH = "_paragraph"


class TooLong(ValueError):
    """A body above ``MAX_BODY`` letters."""


class Outline(NamedTuple):
    """What a template asks for, in the order of the text."""

    fields: list  # (name, section it stands in or None)
    sections: list
    nested: list  # those of them that stand in another one
    conditions: list  # texts, as they stand in the template
    is_empty: bool


def clean(body):
    """The template with nothing in it but what templates may hold.

    :raises TooLong: nobody wrote that by hand
    """
    return _serialise(_rebuild(body))


def outline(body):
    """The fields, sections and conditions that a template names."""
    root = _rebuild(body)
    fields = [
        (element.get("data-merge"), _section(element))
        for element in root.iter("span")
        if element.get("data-merge")
    ]
    repeated = _having(root, "rows")
    return Outline(
        fields,
        [element.get("data-merge-rows") for element in repeated],
        [element.get("data-merge-rows") for element in repeated if _section(element)],
        [element.get("data-merge-if") for element in _having(root, "if")],
        not fields and not "".join(root.itertext()).strip(),
    )


def problems(body, fields, spec):
    """What keeps a template from being used, as ``Problem(name, code, params)``.

    Codes: ``empty``; ``merge_field`` (no such field, or a field of a row outside a
    repeating row), ``merge_rows`` (no such repeating section), ``merge_nested`` (rows
    that repeat inside rows that repeat: 200 rows would give 8,000,000 in three steps);
    ``condition`` and the
    other codes of ``form.check_fields`` for conditions, with the ``field`` in params.

    :param fields: names of the fields that may be used outside rows
    :param spec: the form, whose fields conditions look at
    """
    asked = outline(body)
    sections = repeating(spec)
    found = [Problem("", "empty", {})] if asked.is_empty else []
    for name, section in asked.fields:
        if name not in fields and name not in row_fields(sections.get(section)):
            found.append(Problem(name, "merge_field", {}))
    found += [
        Problem(section, "merge_rows", {})
        for section in asked.sections
        if section not in sections
    ]
    found += [Problem(section, "merge_nested", {}) for section in asked.nested]
    for text in asked.conditions:
        found += _condition_problems(text, spec)
    return [
        problem for index, problem in enumerate(found) if problem not in found[:index]
    ]


def renamed(body, renaming):
    """The template with new names of fields and new keys of choices.

    :param renaming: ``form_rename.Renaming``
    """
    root = _rebuild(body)
    for element in root.iter("span"):
        place, dot, rest = element.get("data-merge", "").partition(".")
        # The number of a row is no column, whatever columns are called.
        if dot and place in ("form", "row") and (place, rest) != ("row", "number"):
            name, colon, style = rest.partition(":")
            name = renaming.name(name)
            element.set("data-merge", f"{place}.{name}{colon}{style}")
    for element in _having(root, "rows"):
        section = element.get("data-merge-rows")
        element.set("data-merge-rows", renaming.name(section))
    for element in _having(root, "if"):
        paragraph = _paragraph(element.get("data-merge-if"))
        if paragraph:
            condition = form_rename.in_condition(paragraph["visible_if"], renaming)
            text = json.dumps(condition, ensure_ascii=False)
            element.set("data-merge-if", text)
    return _serialise(root)


def render(body, texts, rows, spec, answers, blank=BLANK):
    """The template with its markers replaced, as HTML.

    :param texts: dict name -> text; what is missing or empty shows as ``blank``
    :param rows: dict section -> list of dict ``row.<column>`` -> text
    :param spec, answers: the form and its values, for conditions
    """
    root = _rebuild(body)
    _fill(root, texts, rows, lambda text: _holds(text, spec, answers), blank)
    return _serialise(root)


def repeating(spec):
    """dict name of a repeating section -> its columns."""
    return {
        field["name"]: field["columns"] for field in spec if field["type"] == "repeat"
    }


def row_fields(columns):
    """Names of the fields that a row with these columns has."""
    if columns is None:
        return set()
    names = {f"row.{column['name']}" for column in columns}
    return names | {f"{name}:words" for name in names} | {"row.number"}


# ----------------------------------------------------------------------
# The markers
# ----------------------------------------------------------------------


def _fill(parent, texts, rows, holds, blank):
    for element in list(parent):
        condition = element.attrib.pop("data-merge-if", None)
        section = element.attrib.pop("data-merge-rows", None)
        name = element.attrib.pop("data-merge", None)
        if condition is not None and not holds(condition):
            element.drop_tree()
        elif section is not None:
            # An unknown section leaves one row of blanks, to be seen.
            for row in rows.get(section, [{}]):
                copy = deepcopy(element)
                copy.tail = None
                element.addprevious(copy)
                # Rows do not repeat inside rows: that would be one row of blanks.
                _fill(copy, {**texts, **row}, {}, holds, blank)
            element.drop_tree()
        elif name is not None:
            for child in list(element):
                element.remove(child)
            element.text = _UNPRINTABLE.sub("", str(texts.get(name) or "")) or blank
            element.set("class", "merged")
        else:
            _fill(element, texts, rows, holds, blank)


def _section(element):
    """The repeating section that an element stands in, or None."""
    for above in element.iterancestors():
        if above.get("data-merge-rows"):
            return above.get("data-merge-rows")
    return None


def _having(root, marker):
    return [element for element in root.iter() if element.get(f"data-merge-{marker}")]


def _paragraph(text):
    """A conditional paragraph as a field of the form, so that the one validator of
    forms decides; None where the condition cannot be read."""
    try:
        condition = json.loads(text)
    except ValueError:
        return None
    # An empty condition would always hold: surely not what was meant.
    if not isinstance(condition, dict) or not condition:
        return None
    return {
        "name": _PARAGRAPH,
        "label": "",
        "type": "note",
        "visible_if": condition,
    }


def _condition_problems(text, spec):
    paragraph = _paragraph(text)
    if not paragraph:
        return [Problem("", "condition", {})]
    return [
        problem._replace(field=problem.params.get("field", ""))
        for problem in form.check_fields([*spec, paragraph])
        if problem.field == _PARAGRAPH and problem.code.startswith("condition")
    ]


def _holds(text, spec, answers):
    # What could not have been published is left out rather than printed by mistake.
    paragraph = _paragraph(text)
    if not paragraph or _condition_problems(text, spec):
        return False
    return _PARAGRAPH in form.visible([*spec, paragraph], answers)


# ----------------------------------------------------------------------
# The cage
# ----------------------------------------------------------------------


def _rebuild(body):
    """A new tree with what is on the lists, under one ``div``."""
    text = _UNPRINTABLE.sub("", str(body or ""))
    if len(text) > MAX_BODY:
        raise TooLong(len(text))
    root = html.Element("div")
    document = html.document_fromstring(f"<html><body>{text}</body></html>")
    _copy_children(document, root)
    return root


def _copy_children(source, target):
    _append_text(target, source.text)
    for child in source:
        # Comments and processing instructions have no tag, only a tail.
        tag = child.tag if isinstance(child.tag, str) else None
        if tag in _TAGS:
            copy = etree.SubElement(target, tag, _attributes(child))
            if "data-merge" in copy.attrib:
                copy.text = " ".join(child.text_content().split())
            elif tag not in ("br", "hr", "col"):
                _copy_children(child, copy)
        elif tag and tag not in _DROPPED:
            _copy_children(child, target)
        _append_text(target, child.tail)


def _append_text(target, text):
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text


def _attributes(element):
    kept = {}
    for name, value in element.attrib.items():
        if element.tag in _MARKERS.get(name, ()):
            kept[name] = value
        elif name == "style":
            kept[name] = _style(value)
        elif name == "class":
            kept[name] = " ".join(sorted(_CLASSES.intersection(value.split())))
        elif name in _SPANS and re.fullmatch("[1-9][0-9]?", value):
            kept[name] = value
    return {name: value for name, value in kept.items() if value}


def _style(text):
    rules = []
    for rule in text.lower().split(";"):
        name, _colon, value = (part.strip() for part in rule.partition(":"))
        if name in _STYLES and _STYLE_VALUE.fullmatch(value):
            rules.append(f"{name}: {value}")
    return "; ".join(rules)


def _serialise(root):
    start, end = len("<div>"), -len("</div>")
    return html.tostring(root, encoding="unicode")[start:end]
