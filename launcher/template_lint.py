"""A check of ours: no template of the web client uses a global name of JavaScript.

Owl looks up every name of a template in its component. ``Number(x)`` finds nothing
there, and the screen crashes when, and not before, that expression is evaluated. A few
names are let through by Owl's compiler (``Math``, ``Date``, ``Object``, …).
"""

import re

from lxml import etree

from . import paths

# Global names of JavaScript and of browsers that Owl does not let through, as far as
# nobody would call a property of a component so.
GLOBALS = set(
    "AbortController BigInt Blob Boolean CSS CustomEvent DOMParser Error Event File"
    " FileReader FormData Function Headers Infinity Intl JSON Map MouseEvent Number"
    " Promise Proxy RangeError Reflect Request Response Set String Symbol TypeError URL"
    " URLSearchParams WeakMap WeakRef WeakSet XMLHttpRequest alert atob btoa"
    " cancelAnimationFrame clearInterval clearTimeout crypto decodeURI"
    " decodeURIComponent document encodeURI encodeURIComponent escape fetch globalThis"
    " indexedDB isFinite isNaN localStorage luxon navigator parseFloat parseInt"
    " queueMicrotask requestAnimationFrame requestIdleCallback sessionStorage"
    " setInterval setTimeout structuredClone unescape".split()
)
# Odoo gives these to the cards of its kanban views.
KNOWN_IN_VIEWS = {"JSON", "luxon"}
# What is written in these is a name or a text, apart from what stands in {{ }}.
TEXT = re.compile(
    r"t-(attf-.*|as|call|call-assets|debug|inherit|inherit-mode|name|ref|set|slot"
    r"|slot-scope|translation|translation-context|custom-click)$"
)
INTERPOLATED = re.compile(r"{{(.*?)}}|#{(.*?)}", re.DOTALL)
TOKEN = re.compile(
    r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?P<template>(?:[^`\\]|\\.)*)`"""
    r"""|\d[\d.]*|(?P<name>[A-Za-z_$][\w$]*)|\.\.\.|=>|[^\s]""",
    re.DOTALL,
)


def findings():
    """The global names in all templates of the add-ons, as ``file:line: what``."""
    return [
        f"{file.relative_to(paths.ROOT)}:{finding}"
        for folder in ("static/src", "views")
        for file in sorted(paths.ADDONS.glob(f"*/{folder}/**/*.xml"))
        for finding in globals_in(file.read_bytes())
    ]


def globals_in(content):
    """``line: what`` of every global name in the Owl templates of a file: those below
    ``<templates>``, be it the file's root or part of a view.
    """
    found = []
    root = etree.fromstring(content)
    unknown = GLOBALS if root.tag == "templates" else GLOBALS - KNOWN_IN_VIEWS
    for templates in root.iter("templates"):
        for node in templates.iterdescendants(etree.Element):
            names = {name for text in _expressions(node) for name in names_in(text)}
            found += [
                f"{node.sourceline}: a template does not know {name}"
                for name in sorted(names & unknown)
            ]
    return found


def _expressions(node):
    """The JavaScript in a node's attributes. All attributes of a component are."""
    is_component = node.tag[0].isupper() or "t-component" in node.attrib
    for attribute, value in node.attrib.items():
        if attribute.endswith(".translate"):
            continue
        if TEXT.match(attribute):
            for one, other in INTERPOLATED.findall(value):
                yield one or other
        elif is_component or attribute.startswith("t-"):
            yield value


def names_in(expression):
    """The names that an expression looks up: no properties, keys, or parameters of its
    own functions.
    """
    tokens = list(TOKEN.finditer(expression))
    texts = ["", *(token[0] for token in tokens), ""]
    own = _parameters(texts)
    names = set()
    for before, token, after in zip(texts, tokens, texts[2:], strict=False):
        if token["template"]:
            for inner in re.findall(r"\${(.*?)}", token["template"], re.DOTALL):
                names |= names_in(inner)
        is_key = before in ("{", ",") and after == ":"
        if token["name"] and before != "." and not is_key and token[0] not in own:
            names.add(token[0])
    return names


def _parameters(texts):
    """The names before every ``=>``, with parentheses or without."""
    found = set()
    for arrow in (place for place, text in enumerate(texts) if text == "=>"):
        place = arrow - 1
        if texts[place] != ")":
            found.add(texts[place])
        while texts[place] not in ("(", "") and texts[arrow - 1] == ")":
            found.add(texts[place])
            place -= 1
    return found


if __name__ == "__main__":
    raise SystemExit("\n".join(findings()) or None)
