"""What the demo history consists of: the tables that ``history.py`` plays."""

from collections import namedtuple

AT_ONCE = ("2.000815", "2.000884", "2.000908", "2.000635")
CIVIL = ("1.001193", "1.000894", "1.000656")
FAMILY = ("1.001193", "1.000894")  # at most one of these a person
SLOW = ("1.013225", "1.003868", "1.003725")
LONG = ("1.004873", "1.001612", *SLOW)
ANY = AT_ONCE + CIVIL + LONG
APPRAISED = CIVIL + LONG
WEIGHT = {
    "2.000815": 22, "2.000884": 7, "2.000908": 3, "2.000635": 9, "1.001193": 14,
    "1.000894": 6, "1.000656": 5, "1.004873": 11, "1.001612": 11, "1.013225": 7,
    "1.003868": 3, "1.003725": 2,
}  # fmt: skip
PLACES = {
    "khe_sanh": 44, "dong_ha": 15, "dong_hoi": 12, "lao_bao": 10, "cam_lo": 7,
    "vinh_linh": 6, "justice": 2, "culture": 4,
}  # fmt: skip
CHANNELS = {"counter": 62, "online": 30, "post": 8}

# What becomes of how many dossiers: begun so many days ago ("now": so lately that they
# are still in time), of which procedures, with which detour, done in which share of
# the term, and where it ends.
Plan = namedtuple("Plan", "count days procedures detour pace end")
NORMAL, LATE = (0.15, 0.9), (1.2, 2.4)
PLANS = (
    Plan(118, (3, 120), ANY, None, NORMAL, "returned"),
    Plan(20, (14, 115), ANY, None, LATE, "returned"),
    Plan(16, (15, 110), APPRAISED, "supplement", NORMAL, "returned"),
    Plan(9, (20, 110), LONG, "extend", (1.05, 1.3), "returned"),
    Plan(8, (15, 110), APPRAISED, "send_back", NORMAL, "returned"),
    Plan(8, (20, 110), LONG, "consult", NORMAL, "returned"),
    Plan(5, (20, 100), LONG, "payment", NORMAL, "returned"),
    Plan(4, (30, 100), LONG, "stop", NORMAL, "returned"),
    Plan(26, (1, 20), ANY, None, NORMAL, "ready"),
    Plan(14, (4, 110), APPRAISED, None, NORMAL, "refused"),
    Plan(10, (3, 110), APPRAISED, None, NORMAL, "withdrawn"),
    Plan(12, (2, 110), ANY, None, None, "rejected"),
    Plan(14, (6, 32), APPRAISED, None, None, "appraisal"),
    Plan(3, (8, 30), APPRAISED, None, LATE, "signature"),
    Plan(36, "now", LONG, None, (0.5, 0.8), "appraisal"),
    Plan(12, "now", LONG, None, (0.1, 0.3), "signature"),
    Plan(5, "now", ("1.013225",), None, (0.1, 0.3), "consultation"),
    Plan(12, "now", ANY, None, None, "received"),
    Plan(6, "now", LONG, "consult", (0.1, 0.2), "detour"),
    Plan(5, (8, 13), SLOW, "extend", (0.3, 0.5), "detour"),
    Plan(14, (2, 20), APPRAISED, "supplement", (0.1, 0.4), "detour"),
    Plan(7, (3, 25), LONG, "payment", (0.1, 0.4), "detour"),
    Plan(6, (5, 40), LONG, "stop", (0.1, 0.4), "detour"),
    Plan(16, (0, 2), LONG, None, None, "filed"),
    Plan(8, (0, 12), ANY, None, None, "draft"),
)  # fmt: skip

NOTES = {
    "appraise": (
        "Hồ sơ đầy đủ, hợp lệ, đủ điều kiện giải quyết. Kính trình lãnh đạo.",
        "Đã đối chiếu với cơ sở dữ liệu, thông tin khớp. Đề nghị ký.",
        "Đã thẩm định, dự thảo kết quả kèm theo.",
    ),
    "send_back": (
        "Đề nghị kiểm tra lại số định danh và ngày sinh trên dự thảo.",
        "Bổ sung căn cứ pháp lý trước khi trình ký.",
    ),
    "supplement": (
        "Bản chụp không rõ nét, đề nghị nộp lại.",
        "Tờ khai thiếu chữ ký của người yêu cầu.",
        "Thông tin nơi cư trú chưa khớp với cơ sở dữ liệu, đề nghị bổ sung giấy tờ.",
    ),
    "extend": (
        "Đang chờ kết quả xác minh của nơi cư trú trước đây.",
        "Hệ thống cơ sở dữ liệu dùng chung bị gián đoạn, chưa tra cứu được thông tin.",
    ),
    "stop": ("Dừng giải quyết theo văn bản đề nghị của người nộp để hòa giải.",),
    "consult": ("Đề nghị cho ý kiến về sự phù hợp với quy định chuyên ngành.",),
    "answer": ("Thống nhất, không có ý kiến khác.", "Đồng ý với đề xuất của xã."),
    "refused": (
        "Không đủ điều kiện theo quy định; lý do đã nêu trong văn bản trả lời.",
        "Thông tin khai không đúng với hồ sơ gốc đang lưu giữ.",
    ),
    "withdrawn": (
        "Người nộp đề nghị rút hồ sơ để bổ sung giấy tờ.",
        "Người nộp không còn nhu cầu.",
    ),
    "rejected": (
        "Không thuộc thẩm quyền giải quyết của xã; đã hướng dẫn nơi nộp.",
        "Giấy tờ xuất trình đã hết giá trị sử dụng.",
    ),
}  # fmt: skip
