"""An invented dossier, to look at a document before there is any dossier."""

from odoo.addons.motcua_base.tools import form, merge_text

_BY_PREFILL = {
    "name": "Nguyễn Văn Mẫu",
    "id_number": "045085001234",
    "sex": "Nam",
    "phone": "0912345678",
    "email": "mau@example.com",
    "address": "Thôn 1, xã Mẫu",
}
_BY_TYPE = {
    "id_number": "045085001234",
    "tax_code": "0100109106",
    "phone": "0912345678",
    "email": "mau@example.com",
    "date": "1985-03-05",
    "datetime": "2026-03-05 01:30:00",
    "integer": 2,
    "float": 12.5,
    "money": 1250000,
    "boolean": True,
}
# What stands for the merge fields that are no answers, without markers.
TEXTS = {
    "dossier.code": "H47.17.29-260305-0007",
    "dossier.register": "7/2026",
    "dossier.channel": "trực tiếp",
    "dossier.received": "05/03/2026",
    "dossier.received:words": "ngày 05 tháng 3 năm 2026",
    "dossier.due": "12/03/2026",
    "dossier.due:words": "ngày 12 tháng 3 năm 2026",
    "dossier.copies": "1",
    "dossier.copies:words": "một",
    "dossier.fees": "50.000 đồng",
    "dossier.fees:words": "Năm mươi nghìn đồng chẵn",
    "dossier.refusal_reason": "Hồ sơ không đủ điều kiện theo quy định.",
    "applicant.name": "Nguyễn Văn Mẫu",
    "applicant.name_upper": "NGUYỄN VĂN MẪU",
    "applicant.id_number": "045085001234",
    "applicant.address": "Thôn 1, xã Mẫu",
    "applicant.phone": "0912345678",
    "applicant.email": "mau@example.com",
    "submitter.name": "Trần Thị Nộp",
    "submitter.id_number": "045190005678",
    "officer.name": "Lê Văn Thụ",
    "document.number": "07/QĐ-UBND",
    "document.date": "10/03/2026",
    "document.date:words": "ngày 10 tháng 3 năm 2026",
    "signer.name": "Phạm Thị Ký",
    "signer.title": "CHỦ TỊCH",
}

# What letters say beside that, the page around them, and what paragraphs depend on.
LETTER_TEXTS = {
    "applicant.salutation": "Ông/Bà",
    "dossier.subject": "Đăng ký khai sinh",
    "dossier.procedure": "Đăng ký khai sinh",
    "dossier.procedure_code": "1.001193",
    "dossier.case": "Cấp lần đầu",
    "dossier.reference": "H47.17.29-260305-0007",
    "dossier.received_time": "08:30 05/03/2026",
    "dossier.due_time": "17:00 12/03/2026",
    "dossier.appointment": "17:00 12/03/2026",
    "dossier.provisional_years": "2026",
    "dossier.result_number": "07/QĐ-UBND",
    "guidance.reason": "Thành phần hồ sơ chưa đầy đủ.",
    "guidance.note": "Đề nghị nộp thêm giấy tờ nêu trên.",
    "supplement.reason": "Bản sao không đọc được.",
    "supplement.deadline": "20/03/2026",
    "supplement.deadline:words": "ngày 20 tháng 3 năm 2026",
    "extension.reason": "Cần xác minh thêm.",
    "agency.name": "Ủy ban nhân dân xã Mẫu",
    "agency.name_upper": "ỦY BAN NHÂN DÂN XÃ MẪU",
    "agency.superior": "Ủy ban nhân dân tỉnh Mẫu",
    "agency.place": "Xã Mẫu",
    "agency.address": "Số 1, đường Mẫu",
    "agency.hotline": "0233 123 456",
    "agency.contact": "ĐT 0233 123 456",
    "desk.name": "Trung tâm Phục vụ hành chính công",
    "desk.place": "Trung tâm Phục vụ hành chính công, số 1, đường Mẫu",
    "lookup.site": "example.com/tra-cuu",
}
LETTER_HEAD = {
    "agency": "Ủy ban nhân dân xã Mẫu",
    "desk": "Trung tâm Phục vụ hành chính công",
    "code": "H47.17.29-260305-0007",
    "subject": "Đăng ký khai sinh",
    "lookup": "https://example.com/tra-cuu",
    "hotline": "0233 123 456",
    "email": "mau@example.com",
    "opening_hours": "7:30–11:30, 13:30–17:00",
}
PAPERS = [{"name": "Tờ khai"}, {"name": "Giấy chứng sinh"}]
LETTER_FACTS = {
    "applicant_type": "1",
    "return_channel": "counter",
    "refused_at_desk": False,
    "fees": 50000,
    "provisional_years": "",
    "result_number": "07/QĐ-UBND",
    "guidance_papers": PAPERS,
    "supplement_papers": PAPERS,
}


def answers(fields, zero):
    """Answers to a form, by technical name: every question, what is computed from them,
    and two rows of each repeating section.

    :param zero: as in ``text.number_words``
    """
    given = _answers(fields)
    for name, value in form.computed(fields, given, zero=zero).items():
        section, _dot, column = name.rpartition(".")
        if not section:
            given[name] = value
            continue
        section, _dot, index = section.rpartition(".")
        given[section][int(index)][column] = value
    return given


def _answers(fields):
    given = {}
    for field in fields:
        kind = field["type"]
        if kind in ("heading", "note", "file", "computed"):
            continue
        if kind == "repeat":
            given[field["name"]] = [_answers(field["columns"]) for _row in range(2)]
        else:
            given[field["name"]] = _answer(field)
    return given


def rows(fields, zero):
    """Texts of the rows of repeating sections, by section."""
    given = answers(fields, zero)
    return {
        field["name"]: merge_text.row_texts(field, given[field["name"]], zero)
        for field in fields
        if field["type"] == "repeat"
    }


def _answer(field):
    kind = field["type"]
    if kind in ("selection", "tags"):
        keys = [str(key) for key, _label in field.get("options") or ()]
        return keys[:2] if kind == "tags" else (keys or [""])[0]
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    return _BY_PREFILL.get(field.get("prefill")) or f"«{field['label']}»"
