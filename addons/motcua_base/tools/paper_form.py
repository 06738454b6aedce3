"""Forms on paper: which lines, boxes and tables stand for the fields of an e-form."""

# Rows drawn in a table where the form does not ask for more.
TABLE_ROWS = 4
TEXT_LINES = 3
ID_DIGITS = 12
# Of a longer list people write what they choose.
MAX_BOXES = 12


def sections(fields):
    """The form as people fill it in by hand: list of dicts with ``title`` and
    ``items``, those of citizens first, then for ``officers`` (True).

    An item is a dict with ``kind`` (``line``, ``lines``, ``digits``, ``choices``,
    ``tick``, ``table``, ``heading``, ``note``), ``label``, ``help``, ``required``,
    ``condition`` (whether it applies only in some cases) and, where they apply,
    ``options`` (labels), ``columns`` (labels), ``rows``, ``count`` (of lines or boxes)
    and ``hint`` (what stands on or behind the line).

    Computed fields are left to the office: on paper nobody adds up.

    :param fields: specs as in ``tools.form``
    """
    found = []
    for officers in (False, True):
        for field in fields:
            if (field.get("filled_by") == "officer") != officers:
                continue
            item = _item(field)
            title = field.get("section") or ""
            if not item:
                continue
            if not found or (found[-1]["title"], found[-1]["officers"]) != (
                title,
                officers,
            ):
                found.append({"title": title, "officers": officers, "items": []})
            found[-1]["items"].append(item)
    return found


def _item(field):
    kind = field["type"]
    item = {
        "label": field["label"],
        "help": field.get("help") or "",
        "required": bool(field.get("required")),
        "condition": bool(field.get("visible_if")),
        "kind": "line",
    }
    if kind in ("heading", "note"):
        item["kind"] = kind
    elif kind == "computed":
        return None
    elif kind == "text":
        item.update(kind="lines", count=TEXT_LINES)
    elif kind == "id_number":
        item.update(kind="digits", count=ID_DIGITS)
    elif kind in ("selection", "tags") and len(field.get("options") or ()) <= MAX_BOXES:
        options = [label for _key, label in field.get("options") or ()]
        item.update(kind="choices", options=options)
    elif kind == "boolean":
        item["kind"] = "tick"
    elif kind == "repeat":
        item.update(
            kind="table",
            columns=[
                column["label"]
                for column in field.get("columns") or ()
                if column["type"] not in ("computed", "heading", "note")
            ],
            rows=_rows(field),
        )
    elif kind == "file":
        item.update(kind="note", label=f"{field['label']} (nộp kèm)")
    else:
        item["hint"] = {
            "date": "ngày …… / …… / ………",
            "datetime": "…… giờ …… phút, ngày …… / …… / ………",
            "money": "đồng",
        }.get(kind, "")
    return item


def _rows(field):
    """As many rows as may be asked for, within what a page holds."""
    least, most = (
        int(limit) if str(limit or "").isdigit() else 0
        for limit in (field.get("min"), field.get("max"))
    )
    return min(max(TABLE_ROWS, least), most or 20, 20)
