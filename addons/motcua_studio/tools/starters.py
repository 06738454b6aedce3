"""Documents to begin from, in the layout of NĐ 30/2020. Only frames: what a law wants
said in between is for whoever knows that law."""


def _field(name, label):
    return f'<span data-merge="{name}">{label}</span>'


def _paragraph(text):
    return f'<p style="text-indent: 1cm">{text}</p>'


_APPLICANT = _field("applicant.name", "Họ và tên")
_AGENCY = _field("agency.name", "Cơ quan")
_REQUEST = (
    f"hồ sơ mã số {_field('dossier.code', 'Mã hồ sơ')} tiếp nhận "
    f"{_field('dossier.received:words', 'Ngày tiếp nhận')}"
)

STARTERS = {
    "decision": {
        "name": "Quyết định",
        "kind": "decision",
        "number_pattern": "{number}/QĐ-UBND",
        "result": "granted",
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "recipients": "- Như Điều 3;\n- Lưu: VT.",
        "body": "<h1>QUYẾT ĐỊNH</h1>"
        f"<h2>Về việc {_field('dossier.subject', 'Trích yếu')}</h2><hr>"
        f"<h2>CHỦ TỊCH {_field('agency.name_upper', 'CƠ QUAN')}</h2>"
        + _paragraph("<i>Căn cứ … ;</i>")
        + _paragraph(f"<i>Xét {_REQUEST} của {_APPLICANT}.</i>")
        + "<h2>QUYẾT ĐỊNH:</h2>"
        + _paragraph(
            f"<b>Điều 1.</b> … cho {_APPLICANT}, số định danh "
            f"{_field('applicant.id_number', 'Số định danh')}, địa chỉ "
            f"{_field('applicant.address', 'Địa chỉ')}."
        )
        + _paragraph("<b>Điều 2.</b> Quyết định này có hiệu lực kể từ ngày ký.")
        + _paragraph(
            f"<b>Điều 3.</b> {_APPLICANT} và các tổ chức, cá nhân có liên quan chịu "
            "trách nhiệm thi hành Quyết định này./."
        ),
    },
    "certificate": {
        "name": "Giấy xác nhận",
        "kind": "certificate",
        "number_pattern": "{number}/GXN-UBND",
        "result": "granted",
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "recipients": "- Người đề nghị;\n- Lưu: VT.",
        "body": "<h1>GIẤY XÁC NHẬN</h1><hr>"
        + _paragraph(f"{_AGENCY} xác nhận:")
        + _paragraph(f"Ông/Bà: <b>{_field('applicant.name_upper', 'HỌ VÀ TÊN')}</b>")
        + _paragraph(f"Số định danh: {_field('applicant.id_number', 'Số định danh')}")
        + _paragraph(f"Nơi cư trú: {_field('applicant.address', 'Địa chỉ')}")
        + _paragraph("Nội dung xác nhận: …")
        + _paragraph(f"Giấy này được cấp theo {_REQUEST}./."),
    },
    "notice": {
        "name": "Thông báo",
        "kind": "notice",
        "number_pattern": "{number}/TB-UBND",
        "result": False,
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "recipients": "- Như trên;\n- Lưu: VT.",
        "body": "<h1>THÔNG BÁO</h1>"
        f"<h2>Về việc {_field('dossier.subject', 'Trích yếu')}</h2><hr>"
        f'<p style="text-align: center">Kính gửi: {_APPLICANT}</p>'
        + _paragraph(f"{_AGENCY} đang giải quyết {_REQUEST}.")
        + _paragraph(f"{_AGENCY} thông báo để Ông/Bà được biết: …")
        + _paragraph("Trân trọng thông báo./."),
    },
    "refusal": {
        "name": "Thông báo từ chối giải quyết hồ sơ",
        "kind": "notice",
        "number_pattern": "{number}/TB-UBND",
        "result": "refused",
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "recipients": "- Như trên;\n- Lưu: VT.",
        "body": "<h1>THÔNG BÁO</h1>"
        "<h2>Về việc không giải quyết hồ sơ thủ tục hành chính</h2><hr>"
        f'<p style="text-align: center">Kính gửi: {_APPLICANT}</p>'
        + _paragraph(
            f"{_AGENCY} đã xem xét {_REQUEST} của Ông/Bà về thủ tục "
            f"“{_field('dossier.procedure', 'Tên thủ tục')}”."
        )
        + _paragraph(f"{_AGENCY} không giải quyết hồ sơ này với lý do:")
        + _paragraph(_field("dossier.refusal_reason", "Lý do từ chối"))
        + _paragraph("Xin thông báo để Ông/Bà được biết./."),
    },
}
