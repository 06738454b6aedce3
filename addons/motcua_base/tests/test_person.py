from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import MotcuaCase

SIGNS = "\u200b\ufeff"


@tagged("post_install", "-at_install")
class TestPerson(MotcuaCase):
    """One person is one contact, at whatever door and however typed."""

    def _values(self, **values):
        return {
            "procedure_id": self.procedure.id,
            "agency_id": self.commune.id,
            "channel": "counter",
            "applicant_name": "Đặng Thử Ước",
            **values,
        }

    def _create(self, **values):
        Dossier = self.env["motcua.dossier"].with_user(self.receiver).sudo()
        return Dossier.create(self._values(**values))

    def test_one_number_is_one_contact(self):
        dossiers = self.env["motcua.dossier"]
        for number in (
            "045 088 012 733",
            "045088012733",
            "045.088.012.733",
            "045\u2013088\u2013012\u2013733",
            f"045088{SIGNS}012733",
        ):
            dossiers |= self._create(applicant_id_number=number)
        self.assertEqual(len(dossiers), 5)
        self.assertEqual(len(dossiers.applicant_id), 1)
        self.assertEqual(set(dossiers.mapped("applicant_id_number")), {"045088012733"})

    def test_normal_forms_at_every_door(self):
        Partner = self.env["res.partner"]
        created = Partner.create(
            {
                "motcua_type": "1",
                "name": f"  \u00d0ặng{SIGNS}  Thử ",
                "motcua_id_number": "045 088 012 733",
                "phone": "+84 912-345-678",
                "email": f" a@b.vn{SIGNS}",
            }
        )
        written = Partner.create({"motcua_type": "1", "name": "X"})
        written.write(
            {"phone": "0912.345.678", "motcua_id_number": "c 1234567", "name": "Ðỗ"}
        )
        loaded = Partner.load(
            ["name", "motcua_type", "motcua_id_number", "phone"],
            [["Ðỗ A", "Citizen", "045 088 012 734", "(091) 2345678"]],
        )
        imported = Partner.browse(loaded["ids"])
        for partner, name, number in (
            (created, "Đặng Thử", "045088012733"),
            (written, "Đỗ", "C1234567"),
            (imported, "Đỗ A", "045088012734"),
        ):
            self.assertEqual(
                (partner.name, partner.motcua_id_number, partner.phone),
                (name, number, "0912345678"),
            )
        self.assertEqual(created.email, "a@b.vn")
        company = Partner.create(
            {
                "motcua_type": "2",
                "name": "X",
                "motcua_id_number": "0100109106\u2011001",
            }
        )
        self.assertEqual(company.motcua_id_number, "0100109106-001")

    def test_dossiers_write_normal_forms(self):
        dossier = self._create(
            submitter_name="Ðỗ",
            submitter_id_number="012.345.678",
            submitter_phone="0084912345678",
        )
        self.assertEqual(
            (dossier.submitter_name, dossier.submitter_id_number),
            ("Đỗ", "012345678"),
        )
        self.assertEqual(dossier.submitter_phone, "0912345678")
        dossier.write({"applicant_phone": "0912 345 679", "applicant_name": "Ðinh"})
        self.assertEqual(dossier.applicant_phone, "0912345679")
        self.assertEqual(dossier.applicant_name, "Đinh")

    def test_what_is_none_is_refused(self):
        partner = self.env["res.partner"].create({"motcua_type": "1", "name": "X"})
        for values in (
            {"phone": "gọi sau 5h"},
            {"email": "không có"},
            {"motcua_id_number": "001296012345"},
            {"name": "Nguy?n"},
            {"name": "Nguy\ufffdn"},
            {"motcua_birth_year": "2999"},
            {"motcua_birth_year": "55"},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                partner.write(values)
        for values in (
            {"applicant_phone": "gọi sau 5h"},
            {"submitter_phone": "gọi sau 5h"},
            {"applicant_id_number": "001296012345"},
            {"applicant_name": "Nguy?n"},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self._create(**values)

    def test_repaired_where_certain(self):
        dossier = self._create(applicant_name="Huá»³nh Thá»‹ HÆ°Æ¡ng")
        self.assertEqual(dossier.applicant_name, "Huỳnh Thị Hương")

    def test_found_however_typed(self):
        dossier = self._create(applicant_name=f"\u00d0ặng Thử{SIGNS} Ước")
        Dossier = self.env["motcua.dossier"]
        for typed in ("dang thu uoc", "Ðặng Thử", f"ƯỚC{SIGNS} đặng"):
            found = Dossier.search([("display_name", "ilike", typed)])
            self.assertIn(dossier, found, typed)

    def test_vietnamese_order(self):
        names = ["Báo", "Biển", "Cả", "Dân", "Đặng"]
        shuffled = ["Đặng", "Cả", "Biển", "Dân", "Báo"]
        for model, values in (
            ("motcua.sector", {}),
            ("motcua.agency", {}),
            ("motcua.workflow", {}),
            ("res.partner", {"motcua_type": "1"}),
        ):
            records = self.env[model].create(
                [{"name": name, **values} for name in shuffled]
            )
            for reverse in (False, True):
                found = self.env[model].search(
                    [("id", "in", records.ids)],
                    order="name desc" if reverse else None,
                )
                wanted = names[::-1] if reverse else names
                self.assertEqual(found.mapped("name"), wanted, model)
        users = self.env["res.users"]
        for name in shuffled:
            users |= new_test_user(self.env, f"order-{name}", name=name)
        found = users.search([("id", "in", users.ids)])
        self.assertEqual(found.mapped("name"), names)
        dossiers = self.env["motcua.dossier"]
        for name in shuffled:
            dossiers |= self._create(applicant_name=name)
        found = dossiers.search([("id", "in", dossiers.ids)], order="applicant_name")
        self.assertEqual(found.mapped("applicant_name"), names)

    def _merge(self, user, partners, into):
        Wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user)
        wizard = Wizard.create(
            {
                "partner_ids": [Command.set(partners.ids)],
                "dst_partner_id": into.id,
                "state": "selection",
            }
        )
        return wizard.action_merge()

    def test_administrators_merge_who_was_entered_twice(self):
        admin = new_test_user(
            self.env,
            "merge-admin",
            "base.group_user,motcua_base.group_system_admin,base.group_partner_manager",
        )
        manager = new_test_user(
            self.env, "merge-manager", "base.group_user,base.group_partner_manager"
        )
        first = self._create(applicant_phone="0912345601")
        second = self._create(applicant_id_number="045088012733")
        people = first.applicant_id | second.applicant_id
        self.assertEqual(len(people), 2)
        with self.assertRaises(AccessError):
            self._merge(manager, people, first.applicant_id)
        gone = second.applicant_id
        self._merge(admin, people, first.applicant_id)
        self.assertFalse(gone.exists())
        self.assertEqual(second.applicant_id, first.applicant_id)
        self.assertEqual(second.applicant_id.motcua_id_number, "045088012733")
        note = self.env["motcua.access.log"].search([("action", "=", "merge")], limit=1)
        self.assertEqual(note.user_id, admin)
        self.assertEqual(note.detail, f"#{gone.id} → #{first.applicant_id.id}")
        third = self._create(applicant_id_number="045088012799")
        with self.assertRaises(UserError):
            self._merge(
                admin, first.applicant_id | third.applicant_id, first.applicant_id
            )
