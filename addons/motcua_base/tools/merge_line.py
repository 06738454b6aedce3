"""One line with merge fields, as ``{dossier.code}``: subjects of letters and text
messages. The fields are those of ``merge``; as there, nothing is evaluated and no
attribute looked up, and values are no templates.
"""

import re

_FIELD = re.compile(r"\{([^{}]*)\}")


def unknown(text, fields):
    """What ``text`` asks for in vain, in its order: names that are none of ``fields``,
    and braces that enclose nothing.
    """
    names = [name for name in _FIELD.findall(text) if name not in fields]
    return names + re.findall(r"[{}]", _FIELD.sub("", text))


def render(text, texts):
    """``text`` with its fields replaced, on one line: a line break in a subject would
    begin a header of its own.

    :param texts: dict name -> text; what is missing or empty leaves nothing behind
    """
    filled = _FIELD.sub(lambda field: str(texts.get(field[1]) or ""), text)
    return " ".join(filled.split())
