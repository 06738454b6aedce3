from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.dossier_access import PERSONAL
from .common_access import AccessCase

PLAIN = ["code", "status", "applicant_name", "applicant_id_masked", "date_due"]


@tagged("post_install", "-at_install")
class TestAccessLog(AccessCase):
    """Who of the staff had whose personal data before the eyes."""

    def setUp(self):
        super().setUp()
        self.dossier = self._received()
        self.env["motcua.access.log"].search([]).invalidate_recordset()

    def _noted(self, function, *args, user=None, **kwargs):
        """What calling adds to the log: list of (user, dossier, action)."""
        Log = self.env["motcua.access.log"].sudo()
        last = Log.search([], limit=1).id or 0
        self._reset_cache()
        function(*args, **kwargs)
        rows = Log.search([("id", ">", last)], order="id")
        return [(row.user_id, row.dossier_id, row.action) for row in rows]

    def _entry(self, user, action="read"):
        return [(user, self.dossier.id, action)]

    def test_every_way_of_reading_is_noted_once(self):
        user = self.leader
        Dossier = self.env["motcua.dossier"].with_user(user)
        dossier = self.dossier.with_user(user)
        domain = [("id", "=", dossier.id)]
        for name in sorted(PERSONAL):
            spec = {"code": {}, name: {}}
            for way, args in {
                "read": (dossier.read, [name]),
                "web_read": (dossier.web_read, spec),
                "search_read": (Dossier.search_read, domain, [name]),
                "web_search_read": (Dossier.web_search_read, domain, spec),
                "onchange": (dossier.onchange, {}, [], spec),
            }.items():
                with self.subTest(field=name, way=way):
                    self.assertEqual(self._noted(*args), self._entry(user))

    def test_reading_all_columns_is_noted(self):
        dossier = self.dossier.with_user(self.leader)
        self.assertIn(self._entry(self.leader)[0], self._noted(dossier.read))

    def test_export_is_noted(self):
        self.leader.group_ids = [(4, self.env.ref("base.group_allow_export").id)]
        dossier = self.dossier.with_user(self.leader)
        for columns in (
            ["code", "applicant_phone"],
            ["form_values"],
            ["form_values.purpose"],
        ):
            with self.subTest(columns=columns):
                noted = self._noted(dossier.export_data, columns)
                self.assertIn(self._entry(self.leader, "export")[0], noted)
        self.assertFalse(self._noted(dossier.export_data, ["code", "status"]))

    def test_reading_through_other_models_is_noted(self):
        user = self.leader
        task = self.dossier.task_ids.with_user(user)
        spec = {"dossier_id": {"fields": {"applicant_phone": {}}}}
        self.assertEqual(self._noted(task.web_read, spec), self._entry(user))
        user.group_ids = [(4, self.env.ref("base.group_allow_export").id)]
        self.assertEqual(
            self._noted(task.export_data, ["dossier_id/applicant_phone"]),
            self._entry(user, "export"),
        )

    def test_the_rows_of_the_form_and_corrections_are_personal(self):
        row = self.env["motcua.dossier.row"].create(
            {
                "dossier_id": self.dossier.id,
                "section": "s",
                "row_values": {"a": "045190001234"},
            }
        )
        self.dossier.write({"applicant_phone": "0911111111"})
        event = self.dossier.event_ids[-1]
        for record, name in ((row, "row_values"), (event, "payload")):
            with self.subTest(model=record._name):
                record = record.with_user(self.leader)
                self.assertEqual(
                    self._noted(record.read, [name]), self._entry(self.leader)
                )
        self.assertFalse(self._noted(event.with_user(self.leader).read, ["kind"]))
        # What the screens show of a correction names the column only.
        self.assertNotIn("0911111111", event.with_user(self.leader).summary)

    def test_lists_without_personal_columns_are_not_noted(self):
        Dossier = self.env["motcua.dossier"].with_user(self.leader)
        domain = [("id", "=", self.dossier.id)]
        spec = {name: {} for name in PLAIN}
        self.assertFalse(self._noted(Dossier.search_read, domain, PLAIN))
        self.assertFalse(self._noted(Dossier.web_search_read, domain, spec))
        self.assertFalse(
            self._noted(Dossier.formatted_read_group, domain, ["status"], ["__count"])
        )

    def test_lists_show_masked_numbers(self):
        views = self.env["ir.ui.view"].search(
            [
                ("model", "in", ("motcua.dossier", "res.partner")),
                ("type", "in", ("list", "kanban")),
                ("arch_fs", "like", "motcua_base/%"),
            ]
        )
        self.assertTrue(views)
        numbers = PERSONAL | {"motcua_id_number", "motcua_birthdate"}
        for view in views:
            arch = self.env[view.model].get_view(view.id, view.type)["arch"]
            for name in numbers:
                self.assertNotIn(f'name="{name}"', arch, view.name)
        self.assertEqual(
            self.dossier.with_user(self.leader).applicant_id_masked, "0451••••1234"
        )

    def test_grouping_by_answers_is_noted(self):
        Dossier = self.env["motcua.dossier"].with_user(self.leader)
        noted = self._noted(
            Dossier.formatted_read_group, [], ["form_values.purpose"], ["__count"]
        )
        self.assertEqual([entry[::2] for entry in noted], [(self.leader, "read")])

    def test_citizens_reading_their_own_are_not_noted(self):
        dossier = self.dossier.with_user(self.citizen_user)
        self.assertFalse(self._noted(dossier.read, ["applicant_phone", "form_values"]))

    def test_contacts_are_noted(self):
        contact = self.citizen.with_user(self.leader)
        Log = self.env["motcua.access.log"].sudo()
        noted = self._noted(contact.read, ["phone"])
        self.assertEqual([entry[::2] for entry in noted], [(self.leader, "read")])
        self.assertIn(f"#{contact.id}", Log.search([], limit=1).detail)
        self.assertFalse(self._noted(contact.read, ["name"]))
        number = self.citizen.with_user(self.system_admin)
        self.assertTrue(self._noted(number.read, ["motcua_id_number"]))
        colleague = self.handler.partner_id.with_user(self.leader)
        self.assertFalse(self._noted(colleague.read, ["phone", "email"]))

    def test_looking_up_by_number_is_noted(self):
        values = self._values(
            applicant_id=False,
            applicant_name="Lê Thị Xa",
            applicant_id_number="045190005678",
        )
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        noted = self._noted(Dossier.create, values)
        self.assertEqual([entry[::2] for entry in noted], [(self.receiver, "lookup")])

    def test_contents_of_files_are_noted(self):
        scan = self._file(self.receiver)
        self.dossier.component_ids[0].attachment_ids = scan
        for user, file in (
            (self.receiver, scan),
            (self.leader, scan.with_user(self.leader)),
        ):
            for name in ("raw", "datas"):
                with self.subTest(user=user.login, column=name):
                    self.assertEqual(
                        self._noted(file.read, [name]), self._entry(user, "download")
                    )
            self.assertFalse(self._noted(file.read, ["name", "mimetype"]))

    def test_prints_are_noted(self):
        report = self.env["ir.actions.report"].with_user(self.leader)
        name = "motcua_base.report_receipt"
        noted = self._noted(report._render_qweb_html, name, self.dossier.ids)
        self.assertIn(self._entry(self.leader, "print")[0], noted)

    def test_who_reads_the_log(self):
        """Inspectors in their scope, system administrators everything, others nothing;
        and nobody changes it."""
        far = self._far_received()
        far.with_user(self.far_leader).read(["applicant_phone"])
        self.dossier.with_user(self.leader).read(["applicant_phone"])
        Log = self.env["motcua.access.log"]
        found = Log.with_user(self.inspector).search([]).mapped("dossier_id")
        self.assertIn(self.dossier.id, found)
        self.assertNotIn(far.id, found)
        everything = Log.with_user(self.system_admin).search([])
        self.assertIn(far.id, everything.mapped("dossier_id"))
        for user in (self.leader, self.receiver, self.procedure_admin, self.plain):
            self.assertRefused(AccessError, Log.with_user(user).search, [])
        entry = everything[0]
        self.assertRefused(AccessError, entry.write, {"detail": "x"})
        self.assertRefused(AccessError, entry.unlink)

    def test_who_is_refused_leaves_no_trace_of_having_read(self):
        far = self._as(self._far_received(), self.leader)
        Log = self.env["motcua.access.log"].sudo()
        before = Log.search_count([])
        self.assertRefused(AccessError, far.read, ["applicant_phone"])
        self.assertEqual(Log.search_count([]), before)
