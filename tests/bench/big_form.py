"""A form of 60 fields of all kinds, three conditions and a repeating section, and the
answers of somebody who filled in all of it.
"""

import json
from itertools import chain, cycle, islice

FIELDS = 60
YES = {"all": [{"field": "co_uy_quyen", "op": "=", "value": True}]}
MARRIED = {"all": [{"field": "hon_nhan", "op": "in", "value": ["ket_hon", "ly_hon"]}]}
MANY = {"any": [{"field": "so_nguoi", "op": ">", "value": 2}]}

# Each with an answer.
SPECIAL = (
    ({"name": "ho_ten", "type": "char", "required": True, "max": 80}, "Nguyễn Thị Hoa"),
    ({"name": "dinh_danh", "type": "id_number", "required": True}, "045190001234"),
    ({"name": "ngay_sinh", "type": "date", "max": "today"}, "1990-05-12"),
    ({"name": "dien_thoai", "type": "phone"}, "0912345678"),
    ({"name": "thu_dien_tu", "type": "email"}, "hoa.nguyen@example.com"),
    (
        {
            "name": "hon_nhan",
            "type": "selection",
            "required": True,
            "options": [
                ["doc_than", "Độc thân"],
                ["ket_hon", "Kết hôn"],
                ["ly_hon", "Ly hôn"],
            ],
        },
        "ket_hon",
    ),
    ({"name": "vo_chong", "type": "char", "visible_if": MARRIED}, "Trần Văn Nam"),
    ({"name": "co_uy_quyen", "type": "boolean"}, True),
    (
        {"name": "uy_quyen", "type": "char", "visible_if": YES, "required_if": YES},
        "Lê Văn Thay",
    ),
    ({"name": "so_nguoi", "type": "integer", "min": 1, "max": 20}, 3),
    ({"name": "so_ho_khau", "type": "char", "required_if": MANY}, "HK-12345"),
    (
        {
            "name": "nguoi_trong_ho",
            "type": "repeat",
            "max": 10,
            "columns": [
                {"name": "nguoi_ten", "type": "char", "required": True},
                {"name": "nguoi_sinh", "type": "date"},
                {"name": "nguoi_dinh_danh", "type": "id_number"},
            ],
        },
        [
            {
                "nguoi_ten": f"Nguyễn Văn {name}",
                "nguoi_sinh": "2015-03-04",
                "nguoi_dinh_danh": "045215001234",
            }
            for name in ("Một", "Hai", "Ba")
        ],
    ),
)
# As often as it takes to make them 60.
USUAL = (
    ({"type": "char", "max": 200}, "Thôn 3, xã Khe Sanh, tỉnh Quảng Trị"),
    ({"type": "text"}, "Đề nghị giải quyết theo quy định của pháp luật."),
    ({"type": "integer", "min": 0}, 12),
    ({"type": "float", "min": 0}, 125.5),
    ({"type": "money"}, 50_000_000),
    ({"type": "date"}, "2026-03-01"),
    ({"type": "boolean"}, True),
    ({"type": "selection", "options": [["a", "Nhóm A"], ["b", "Nhóm B"]]}, "b"),
    ({"type": "tags", "options": [["x", "Loại X"], ["y", "Loại Y"]]}, ["x", "y"]),
    ({"type": "char", "required": True}, "Hộ kinh doanh Hoa Tươi"),
)


def spec_and_answers():
    """The form as ``tools.form`` takes it, and its answers."""
    spec, answers = [], {}
    pairs = islice(chain(SPECIAL, cycle(USUAL)), FIELDS)
    for number, (kind, answer) in enumerate(pairs):
        field = {
            "name": f"muc_{number}",
            "section": f"Phần {number // 10 + 1}",
            "required": False,
            "filled_by": "citizen",
            **kind,
        }
        spec.append({"label": field["name"], **field})
        answers[field["name"]] = answer
    return spec, answers


def rows():
    """The form as values of ``motcua.form.field``."""
    spec, _answers = spec_and_answers()
    result = []
    for field in spec:
        result.append(_row(field))
        for column in field.get("columns", ()):
            result.append({**_row(column), "parent_name": field["name"]})
    return [{**row, "sequence": number} for number, row in enumerate(result)]


def _row(field):
    row = {"name": field["name"], "label": field["name"], "type": field["type"]}
    for key in ("section", "required"):
        if key in field:
            row[key] = field[key]
    for key, column in (("min", "minimum"), ("max", "maximum")):
        if key in field:
            row[column] = str(field[key])
    for key in ("visible_if", "required_if"):
        if key in field:
            row[key] = json.dumps(field[key])
    if "options" in field:
        row["options"] = "\n".join("=".join(option) for option in field["options"])
    return row
