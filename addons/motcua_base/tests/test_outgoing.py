from uuid import uuid4

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MONDAY
from .test_forms import FormsCase


@tagged("post_install", "-at_install")
class TestOutgoing(FormsCase):
    """Forms that go out have a number of the register of outgoing papers, are for whom
    they concern and are signed by who may speak."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader.motcua_membership_ids.title = "Chủ tịch Ủy ban nhân dân xã"
        cls.approver.motcua_membership_ids.title = "Phó Chủ tịch Ủy ban nhân dân xã"

    def setUp(self):
        super().setUp()
        # Numbers outlive tests: each gets registers of its own.
        for agency in (self.commune, self.other_commune):
            agency.identifier = f"{self.root_identifier}.{uuid4().int % 10**6}"

    def _codes(self, dossier):
        return [(paper.kind, paper.code) for paper in dossier.sudo().outgoing_ids]

    def _for_another(self, **values):
        return {
            "submitter_name": "Lê Văn Bình",
            "submitter_id_number": "045085001122",
            **values,
        }

    # -- numbers ---------------------------------------------------------

    def test_each_form_counts_in_its_own_register(self):
        first, second = self._extended(), self._extended()
        self.assertEqual(self._codes(first), [("apology", "01/XLGH")])
        self.assertEqual(self._codes(second), [("apology", "02/XLGH")])
        rejected = self._draft()
        rejected.action_reject("Không thuộc thẩm quyền")
        self.assertEqual(self._codes(rejected), [("rejection", "01/TCHS")])
        asked = self._with_supplement()
        self.assertEqual(self._codes(asked), [("supplement", "01/HDHS")])

    def test_a_register_begins_anew_each_year(self):
        self._extended()
        with freeze_time("2027-03-01 02:00:00"):
            dossier = self._at_signature()
            dossier.action_extend("2027-03-20", "Mưa lũ kéo dài")
            self.assertEqual(self._codes(dossier), [("apology", "01/XLGH")])

    def test_each_agency_has_its_own_register(self):
        self._extended()
        other = self._draft().sudo().copy({"agency_id": self.other_commune.id})
        other.desk_id = self.other_desk
        other.with_user(self.stranger).action_reject("Không thuộc thẩm quyền")
        self.assertEqual(self._codes(other), [("rejection", "01/TCHS")])
        self.assertEqual(other.sudo().outgoing_ids.agency_id, self.other_commune)

    def test_reprinting_takes_no_number(self):
        dossier = self._extended()
        for _print in range(2):
            self._assert_prints("apology", dossier, "Số: 01/XLGH")
        self.assertEqual(len(dossier.sudo().outgoing_ids), 1)

    def test_the_number_is_not_that_of_the_dossier(self):
        self._received()
        dossier = self._extended()
        _book, entry = dossier._register_place()
        self.assertNotEqual(entry, "1")
        html = self._html("apology", dossier)
        self.assertNotIn(f"{entry}/XLGH", html)

    def test_numbers_are_on_record_as_used(self):
        paper = self._extended().sudo().outgoing_ids
        # Numbers are taken in a transaction that this one does not see.
        used, gap = self.env["motcua.number"].create(
            [
                {
                    "series": "x",
                    "number": 1,
                    "name": paper.register_code,
                    "date": MONDAY,
                },
                {"series": "x", "number": 2, "name": "x/2", "date": MONDAY},
            ]
        )
        self.assertEqual((used.used, gap.used), (True, False))

    def test_many_at_once(self):
        dossiers = self._at_signature() | self._at_signature()
        dossiers.action_refuse("Không đủ điều kiện")
        self.assertEqual(
            sorted(dossiers.sudo().outgoing_ids.mapped("code")), ["01/TCHS", "02/TCHS"]
        )

    def test_a_form_that_the_rules_do_not_know_has_no_number(self):
        dossier = self._received()
        dossier.sudo().ruleset_id = self.old_rules
        dossier.action_withdraw("Đổi ý")
        self.assertFalse(dossier.sudo().outgoing_ids)

    def test_nothing_is_changed_and_nothing_goes(self):
        paper = self._extended().sudo().outgoing_ids.with_user(self.leader)
        for refused in (
            lambda: paper.write({"code": "7/XLGH"}),
            lambda: paper.unlink(),
            lambda: paper.sudo().unlink(),
            lambda: paper.copy(),
        ):
            with self.assertRaises(AccessError):
                refused()

    # -- for whom --------------------------------------------------------

    def test_the_agency_writes_to_the_owner_care_of_the_proxy(self):
        extended = self._at_signature(**self._for_another())
        extended.action_extend("2026-03-20", "Mưa lũ kéo dài")
        stopped = self._received(**self._for_another())
        stopped.action_withdraw("Đổi ý")
        refused = self._at_signature(**self._for_another())
        refused.action_refuse("Không đủ điều kiện")
        for kind, dossier in (
            ("apology", extended),
            ("stop", stopped),
            ("rejection", refused),
        ):
            with self.subTest(kind):
                html = self._assert_prints(
                    kind,
                    dossier,
                    "Kính gửi: <b>Nguyễn Thị Hoa</b>",
                    "(qua người nộp hồ sơ: Lê Văn Bình)",
                    'Địa chỉ: <span class="value">Thôn 1</span>',
                    "0912345678",
                )
                self.assertNotIn("045085001122", html)
                addressee = dossier.sudo().outgoing_ids.addressee
                self.assertEqual(addressee, "Nguyễn Thị Hoa")

    def test_the_desk_writes_to_who_stands_there(self):
        dossier = self._draft(**self._for_another())
        dossier.action_reject("Không thuộc thẩm quyền")
        self.assertEqual(dossier.sudo().outgoing_ids.addressee, "Lê Văn Bình")

    # -- signed by whom --------------------------------------------------

    def test_the_chairman(self):
        dossier = self._at_signature().with_user(self.leader)
        dossier.action_extend("2026-03-20", "Mưa lũ kéo dài")
        html = self._assert_prints("apology", dossier, ">CHỦ TỊCH<", self.leader.name)
        self.assertNotIn("KT.", html)

    def test_a_deputy(self):
        self._assert_prints(
            "apology",
            self._extended(),
            ">KT. CHỦ TỊCH PHÓ CHỦ TỊCH<",
            self.approver.name,
        )

    def test_by_order_and_by_authority(self):
        for capacity, line in (("by_order", "TL."), ("by_authority", "TUQ.")):
            self.approver.motcua_membership_ids.write(
                {"title": "Chánh Văn phòng HĐND và UBND", "capacity": capacity}
            )
            self._assert_prints(
                "apology", self._extended(), f">{line} CHỦ TỊCH CHÁNH VĂN PHÒNG<"
            )

    def test_where_the_desk_asks_the_head_signs(self):
        dossier = self._received()
        dossier.action_withdraw("Đổi ý")
        html = self._assert_prints("stop", dossier, ">CHỦ TỊCH<", self.leader.name)
        self.assertNotIn(self.receiver.name, html)

    def test_a_new_chairman_does_not_sign_what_the_old_one_did(self):
        dossier = self._at_signature().with_user(self.leader)
        dossier.action_extend("2026-03-20", "Mưa lũ kéo dài")
        name = self.leader.name
        self.leader.name = "Somebody else"
        self.leader.motcua_membership_ids.title = "Phó Chủ tịch"
        self._assert_prints("apology", dossier, ">CHỦ TỊCH<", name)

    def test_capacity_follows_role_and_position(self):
        capacity = {
            "leader": self.leader,
            "approver": self.approver,
            "handler": self.handler,
        }
        self.assertEqual(
            {
                name: user.motcua_membership_ids.capacity
                for name, user in capacity.items()
            },
            {"leader": "head", "approver": "deputy", "handler": False},
        )
        chief = self._make_officer("chief", "unit_leader", self.department)
        self.assertEqual(chief.motcua_membership_ids.capacity, "by_order")
