from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools import signature

CAPACITIES = (
    "",
    signature.HEAD,
    signature.DEPUTY,
    signature.BY_ORDER,
    signature.BY_AUTHORITY,
)
titles = st.sampled_from(
    ["", " ", "Chủ tịch", "Phó Chủ tịch UBND xã", "phó", "Công chức", "Trưởng phòng"]
)


@tagged("motcua_tools")
class TestSignature(BaseCase):
    def test_the_position_stands_without_the_body(self):
        for title, position in (
            ("Chủ tịch Ủy ban nhân dân xã", "Chủ tịch"),
            ("Phó Chủ tịch UBND phường Đông Hà", "Phó Chủ tịch"),
            ("Quyền Giám đốc Sở Tư pháp", "Quyền Giám đốc"),
            ("Phó Trưởng phòng Kinh tế", "Phó Trưởng phòng"),
            ("Chánh Văn phòng HĐND và UBND", "Chánh Văn phòng"),
            ("Phó Chi cục trưởng Chi cục Kiểm lâm", "Phó Chi cục trưởng"),
            ("Công chức tư pháp - hộ tịch", "Công chức tư pháp - hộ tịch"),
            ("", ""),
            (None, ""),
        ):
            with self.subTest(title):
                self.assertEqual(signature.position(title), position)

    def test_capacity(self):
        for title, leads, capacity in (
            ("Chủ tịch Ủy ban nhân dân xã", True, signature.HEAD),
            ("Chủ tịch Ủy ban nhân dân xã", False, signature.HEAD),
            ("Phó Chủ tịch Ủy ban nhân dân xã", False, signature.DEPUTY),
            # Who leads for the time being signs in the stead of the head.
            ("Phó Chủ tịch Ủy ban nhân dân xã", True, signature.DEPUTY),
            ("", True, signature.HEAD),
            ("", False, signature.DEPUTY),
        ):
            with self.subTest(title=title, leads=leads):
                self.assertEqual(signature.capacity(title, leads), capacity)

    def test_lines(self):
        chairman, deputy = "Chủ tịch UBND xã", "Phó Chủ tịch UBND xã"
        body = "TM. Ủy ban nhân dân"
        for arguments, lines in (
            ((signature.HEAD, chairman), ["CHỦ TỊCH"]),
            ((signature.HEAD, chairman, "", body), ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
            ((signature.HEAD, ""), ["THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"]),
            ((signature.DEPUTY, deputy), ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
            ((signature.DEPUTY, deputy, chairman), ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
            (
                (signature.DEPUTY, deputy, chairman, body),
                ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
            ),
            (
                (signature.BY_ORDER, "Trưởng phòng Tư pháp", chairman, body),
                ["TL. CHỦ TỊCH", "TRƯỞNG PHÒNG"],
            ),
            (
                (signature.BY_AUTHORITY, "Giám đốc Trung tâm", chairman),
                ["TUQ. CHỦ TỊCH", "GIÁM ĐỐC"],
            ),
            (
                (signature.BY_ORDER, "Chánh Văn phòng"),
                ["TL. THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "CHÁNH VĂN PHÒNG"],
            ),
            (("", "Công chức tư pháp"), ["CÔNG CHỨC TƯ PHÁP"]),
            (("", ""), []),
        ):
            with self.subTest(arguments):
                self.assertEqual(signature.block(*arguments), lines)

    @given(st.sampled_from(CAPACITIES), titles, titles, titles)
    def test_never_an_empty_line_and_never_two_bodies(self, how, title, head, body):
        lines = signature.block(how, title, head, body)
        self.assertTrue(all(line.strip() for line in lines if body.strip()))
        self.assertEqual(lines, [line.upper() for line in lines])
        if how in (signature.BY_ORDER, signature.BY_AUTHORITY, signature.DEPUTY):
            prefix = {"by_order": "TL. ", "by_authority": "TUQ. ", "deputy": "KT. "}
            self.assertEqual(sum(line.startswith(prefix[how]) for line in lines[:2]), 1)
