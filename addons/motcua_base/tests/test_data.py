from datetime import date, datetime

from odoo.addons.base.tests.common import BaseCommon

from ..tools import clock
from ..tools import code as code_tools
from ..tools import fee as fee_tools
from ..tools import form as form_tools

# The thirteen procedures seeded with a published version, and how they are filed.
COUNTER, TWO_WAYS, EVERY_WAY = (
    {"counter"},
    {"counter", "online"},
    {"counter", "online", "post"},
)
PUBLISHED = {
    "2.000815": COUNTER,
    "2.000884": COUNTER,
    "2.000908": EVERY_WAY,
    "1.001193": EVERY_WAY,
    "1.000894": TWO_WAYS,
    "1.004873": EVERY_WAY,
    "1.000656": EVERY_WAY,
    "2.000635": EVERY_WAY,
    "1.001612": EVERY_WAY,
    "1.013225": EVERY_WAY,
    "1.003868": EVERY_WAY,
    "1.003725": EVERY_WAY,
    "2.000488": EVERY_WAY,
}
WITH_FORM = {"1.001193", "1.000894", "1.004873", "1.001612", "2.000815"}
CATALOGUE = 263


class TestProcedures(BaseCommon):
    """The real procedures that every installation starts with."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.versions = {
            code: cls.env.ref(f"motcua_base.procedure_{code.replace('.', '_')}_v1")
            for code in PUBLISHED
        }

    def test_workflows_are_sound(self):
        for name in ("at_once", "sign"):
            with self.subTest(name):
                workflow = self.env.ref(f"motcua_base.workflow_{name}")
                self.assertFalse(workflow._problems())

    def test_versions_are_published_and_complete(self):
        for code, version in self.versions.items():
            with self.subTest(code):
                procedure = version.procedure_id
                self.assertEqual(procedure.code, code)
                self.assertEqual(version.state, "published")
                self.assertTrue(procedure.sector_id and procedure.result_name)
                self.assertTrue(version.workflow_id and version.legal_basis)
                self.assertTrue(version.instructions)
                self.assertTrue(procedure.at_commune or procedure.at_province)
                self.assertTrue(version.component_ids.filtered("required"))

    def test_each_channel_has_a_term_for_every_case(self):
        for code, channels in PUBLISHED.items():
            version = self.versions[code]
            with self.subTest(code):
                self.assertEqual(
                    set(version.channel_ids.mapped("channel")), channels, code
                )
                for channel in channels:
                    for case in [self.env["motcua.procedure.case"], *version.case_ids]:
                        row = version._get_channel(channel, case)
                        # raises when this is no term
                        clock.Term(row.term_quantity, row.term_unit)

    def test_forms_compile(self):
        for code, version in self.versions.items():
            with self.subTest(code):
                spec = version.form_spec or []
                self.assertEqual(bool(spec), code in WITH_FORM)
                self.assertFalse(form_tools.check_fields(spec))

    def test_only_the_historical_example_has_expired(self):
        day = date(2026, 11, 21)
        expired = {
            code
            for code, version in self.versions.items()
            if not version.procedure_id._get_version_at(day)
        }
        self.assertEqual(expired, {"2.000488"})

    def test_fee_of_certified_copies(self):
        """2,000 đ a page, 1,000 đ from page 3, at most 200,000 đ a copy."""
        rate = self.versions["2.000815"].channel_ids[0].fee_ids._to_rate()
        for pages, copies, amount in (
            (1, 1, 2000),
            (2, 1, 4000),
            (3, 1, 5000),
            (10, 1, 12000),
            (10, 3, 36000),
            (198, 1, 200000),
            (199, 1, 200000),
            (500, 2, 400000),
        ):
            with self.subTest(pages=pages, copies=copies):
                self.assertEqual(fee_tools.amount(rate, pages, copies), amount)

    def test_fee_of_certified_signatures(self):
        rate = self.versions["2.000884"].channel_ids.fee_ids._to_rate()
        self.assertEqual(fee_tools.amount(rate, 1, 3), 30000)

    def test_national_record_of_birth_registration(self):
        version = self.versions["1.001193"]
        self.assertEqual(
            version.case_ids.mapped("code"), ["1.001193.01", "1.001193.02"]
        )
        papers = version.component_ids
        self.assertEqual(len(papers.filtered("code")), 33)
        self.assertEqual(len(papers.filtered(lambda p: p.kind == "identity")), 1)
        # Notes and headings of the record are nothing to hand in.
        notes = papers.filtered(lambda paper: paper.kind == "note")
        self.assertFalse(sum(notes.mapped("originals")))
        self.assertFalse(any(notes.mapped("required")))

    def test_form_of_birth_registration_follows_the_child(self):
        spec = self.versions["1.001193"].form_spec
        for kind, wanted in (
            ("1", {"me_ho_ten", "cha_ho_ten"}),
            ("2", {"me_ho_ten"}),
            ("3", {"cha_ho_ten"}),
            ("4", set()),
        ):
            with self.subTest(kind):
                required = form_tools.required(spec, {"tre_loai_khai_sinh": kind})
                self.assertEqual(required & {"me_ho_ten", "cha_ho_ten"}, wanted)


class TestCatalogue(BaseCommon):
    """The catalogue rows to search and complete."""

    def test_codes_and_sources(self):
        procedures = self._seeded("motcua.procedure")
        self.assertGreaterEqual(len(procedures), CATALOGUE)
        for procedure in procedures:
            self.assertEqual(code_tools.national_code(procedure.code), procedure.code)
            self.assertTrue(procedure.source, procedure.code)
        unpublished = procedures.filtered(lambda p: not p.version_ids)
        self.assertEqual(len(procedures - unpublished), len(PUBLISHED))

    def test_updates_leave_the_catalogue_to_administrators(self):
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "motcua_base"),
                ("model", "in", ("motcua.procedure", "motcua.sector")),
            ]
        )
        self.assertTrue(data)
        self.assertTrue(all(data.mapped("noupdate")))

    def test_sectors_known_by_code(self):
        self.assertEqual(self.env.ref("motcua_base.sector_ho_tich").code, "G15-TP07")
        self.assertEqual(self.env.ref("motcua_base.sector_chung_thuc").code, "G15-TP03")

    def _seeded(self, model):
        data = self.env["ir.model.data"].search(
            [("module", "=", "motcua_base"), ("model", "=", model)]
        )
        return self.env[model].browse(data.mapped("res_id"))


class TestCalendar(BaseCommon):
    """Office hours and the days off and made up for (domain facts, section 4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env.ref("motcua_base.calendar_office_hours")
        cls.clock = cls.calendar._motcua_clock()

    def _due(self, start, quantity=1, unit="working_day"):
        return clock.due(start, clock.Term(quantity, unit), self.clock, 15 * 60)

    def test_office_hours_are_the_default(self):
        company = self.env.ref("base.main_company")
        self.assertEqual(company.resource_calendar_id, self.calendar)
        self.assertEqual(self.calendar.tz, "Asia/Ho_Chi_Minh")
        monday = datetime(2026, 3, 2)
        self.assertEqual(self.clock.work_minutes(monday, datetime(2026, 3, 3)), 480)

    def test_years_wait_for_a_person(self):
        for year in (2025, 2026, 2027):
            record = self.env.ref(f"motcua_base.calendar_year_{year}")
            self.assertEqual(record.state, "proposed")
            self.assertTrue(record.decision)

    def test_due_dates_of_2026(self):
        for received, days, due in (
            # day 0 is the day of reception: five working days from a Monday
            (datetime(2026, 3, 2, 10), 5, datetime(2026, 3, 9, 17)),
            # New Year: 2/1 off, made up for on Saturday 10/1
            (datetime(2025, 12, 31, 10), 1, datetime(2026, 1, 5, 17)),
            (datetime(2026, 1, 9, 10), 1, datetime(2026, 1, 10, 17)),
            # Tết, 16/2 to 20/2
            (datetime(2026, 2, 13, 9), 1, datetime(2026, 2, 23, 17)),
            # Giỗ Tổ falls on a Sunday: Monday 27/4 off
            (datetime(2026, 4, 24, 10), 1, datetime(2026, 4, 28, 17)),
            # 30/4 and 1/5, with the week-end
            (datetime(2026, 4, 29, 10), 1, datetime(2026, 5, 4, 17)),
            # Quốc khánh with 31/8, made up for on Saturday 22/8
            (datetime(2026, 8, 21, 10), 1, datetime(2026, 8, 22, 17)),
            (datetime(2026, 8, 28, 10), 3, datetime(2026, 9, 7, 17)),
        ):
            with self.subTest(received=received, days=days):
                self.assertEqual(self._due(received, days), due)

    def test_same_day_after_three_oclock(self):
        self.assertEqual(
            self._due(datetime(2026, 8, 21, 14, 59), unit="same_day"),
            datetime(2026, 8, 21, 17),
        )
        self.assertEqual(
            self._due(datetime(2026, 8, 21, 15), unit="same_day"),
            datetime(2026, 8, 22, 17),
        )

    def test_days_say_what_they_rest_on(self):
        """A decision or law that was seen, or that nobody could compare it with one."""
        for day, rests_on in (
            ("2026_01_10", "12729/VPCP-KGVX"),
            ("2026_08_22", "chưa đối chiếu"),
            ("2026_11_24", "NQ 28/2026/QH16"),
            ("2027_11_24", "NQ 28/2026/QH16"),
        ):
            name = self.env.ref(f"motcua_base.calendar_day_{day}").name
            self.assertIn(rests_on, name)
