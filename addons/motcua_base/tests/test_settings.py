from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import MotcuaCase

NOVEMBER = "2026-11-02 01:00:00"


class SettingsCase(MotcuaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system_admin = new_test_user(
            cls.env,
            f"sadmin-{cls.root_identifier}",
            groups="motcua_base.group_system_admin",
            lang="en_US",
        )

    def _cards(self, user):
        cards = self.env["motcua.settings"].with_user(user).load()
        return {card["key"]: card for card in cards}

    def _year(self, number, confirmed=False):
        year = self.env["motcua.calendar.year"].search([("year", "=", number)])
        year = year or self.env["motcua.calendar.year"].create({"year": number})
        year.sudo().state = "proposed"
        if confirmed:
            year.with_user(self.system_admin).action_confirm()
        return year


@tagged("post_install", "-at_install")
class TestSettings(SettingsCase):
    """One page says how every setting stands, and leads to what may be changed."""

    def test_administrators_see_what_they_may_change(self):
        everything = self._cards(self.system_admin)
        for key in ("ruleset", "code", "year", "calendar", "mail", "sms", "file"):
            self.assertTrue(everything[key]["may_change"], key)
        for user in self.handler, self.leader, self.inspector:
            with self.assertRaises(AccessError):
                self._cards(user)

    def test_procedure_administrators_see_the_rules_they_work_under(self):
        self.env["motcua.calendar.year"].search([]).state = "proposed"
        cards = self._cards(self.procedure_admin)
        self.assertEqual(next(iter(cards)), "favourite", "what may be changed is first")
        self.assertLessEqual({"ruleset", "code", "year", "file", "stage"}, set(cards))
        changeable = [key for key, card in cards.items() if card["may_change"]]
        self.assertEqual(changeable, ["favourite"])
        self.assertFalse(any(card["warning"] for card in cards.values()))
        self.assertFalse({"mail", "sms", "company"} & set(cards))
        labels = [link["label"] for link in cards["code"]["links"]]
        self.assertNotIn("Change the pattern", labels)

    def test_every_link_leads_somewhere(self):
        for user in self.system_admin, self.procedure_admin:
            for card in self._cards(user).values():
                self.assertTrue(card["title"] and card["help"] and card["lines"], card)
                for link in card["links"]:
                    with self.subTest(card=card["key"], link=link["label"]):
                        self._follow(link["action"], user)

    def _follow(self, action, user):
        if isinstance(action, str):
            action = self.env.ref(action)
            self.env[action.res_model].with_user(user).check_access("read")
        else:
            self.assertTrue(action["res_id"])

    def test_the_name_of_the_body(self):
        self.assertNotIn("company", self._cards(self.system_admin))
        self.system_admin.group_ids += self.env.ref("base.group_system")
        company = self.env.ref("base.main_company")
        company.write({"name": "My Company", "email": "office@example.com"})
        self.assertTrue(self._cards(self.system_admin)["company"]["warning"])
        company.name = "Tỉnh A"
        card = self._cards(self.system_admin)["company"]
        self.assertFalse(card["warning"])
        self.assertEqual(card["lines"], ["Tỉnh A", "office@example.com"])

    def test_rules_in_force_and_to_come(self):
        self.env["motcua.ruleset"].create(
            {"name": "Decree of tomorrow", "date_from": "2026-03-03"}
        )
        card = self._cards(self.system_admin)["ruleset"]
        self.assertIn("118/2025", card["lines"][0])
        self.assertTrue(any("Decree of tomorrow" in line for line in card["lines"]))
        self.assertFalse(card["warning"])

    def test_files(self):
        self.env.ref("motcua_base.file_rule").write({"max_megabytes": 7})
        [line] = self._cards(self.system_admin)["file"]["lines"]
        self.assertEqual(line, "PDF, JPG, PNG, DOCX, XLSX, at most 7 MB")

    def test_messages_that_reach_nobody(self):
        parameters = self.env["ir.config_parameter"].sudo()
        for gateway, words in (("log", "No operator"), ("off", "switched off")):
            parameters.set_param("motcua_base.sms_gateway", gateway)
            self.assertIn(words, self._cards(self.system_admin)["sms"]["warning"])

    def test_administrators_edit_the_letters(self):
        letter = self.env.ref("motcua_base.letter_template_received")
        letter.with_user(self.system_admin).subject = "Received: {dossier.code}"
        self.assertIn("Received", letter.subject)

    def test_former_texts_of_letters_wait_to_be_carried_over(self):
        self.assertFalse(self._cards(self.system_admin)["mail"]["warning"])
        letter = self.env.ref("motcua_base.letter_template_received")
        letter.former_text = "Kính gửi"
        self.assertIn("1 letters", self._cards(self.system_admin)["mail"]["warning"])


@tagged("post_install", "-at_install")
class TestCalendarSettings(SettingsCase):
    """Nobody is promised a day of a year that no person has looked at."""

    def _reminders(self, year):
        return year.activity_ids.filtered(lambda row: row.user_id == self.system_admin)

    def test_unconfirmed_years_are_named(self):
        self._year(2026, confirmed=True)
        self._year(2027)
        self.assertFalse(self._cards(self.system_admin)["year"]["warning"])
        with freeze_time(NOVEMBER):
            self.assertIn("2027", self._cards(self.system_admin)["year"]["warning"])
        self._year(2026)
        self.assertIn("2026", self._cards(self.system_admin)["year"]["warning"])

    def test_a_year_that_receipts_promise_is_named_at_once(self):
        """In March as in November, and its administrator is reminded."""
        self._year(2026, confirmed=True)
        year = self._year(2027)
        dossier = self._at_appraisal(form_values={"purpose": "work"})
        dossier.with_user(self.approver).action_extend("2027-01-20", "A court")
        self.assertIn("2027", self._cards(self.system_admin)["year"]["warning"])
        self.env["motcua.calendar.year"]._cron_remind()
        self.assertTrue(self._reminders(year))

    def test_reminded_once_from_november_on(self):
        year = self._year(2027)
        remind = self.env["motcua.calendar.year"]._cron_remind
        remind()
        self.assertFalse(self._reminders(year))
        with freeze_time(NOVEMBER):
            remind()
            remind()
            self.assertEqual(len(self._reminders(year)), 1)
            year.with_user(self.system_admin).action_confirm()
            self.assertFalse(self._reminders(year))
            remind()
            self.assertFalse(self._reminders(year))

    def test_the_year_to_come_is_proposed(self):
        self.env["motcua.calendar.year"].search([("year", "=", 2027)]).unlink()
        with freeze_time(NOVEMBER):
            self.env["motcua.calendar.year"]._cron_remind()
        year = self.env["motcua.calendar.year"].search([("year", "=", 2027)])
        self.assertIn("2027-04-30", map(str, year.day_ids.mapped("date")))
        self.assertEqual(year.state, "proposed")

    def test_day_off_with_make_up_day(self):
        year = self._year(2029)
        self._swap(year, "2029-05-04", "2029-05-12")
        days = {str(day.date): day for day in year.day_ids}
        self.assertEqual(days["2029-05-04"].kind, "off")
        self.assertEqual(days["2029-05-12"].kind, "work")
        self.assertIn("04/05/2029", days["2029-05-12"].name)
        self.assertFalse(any(year.day_ids.mapped("doubt")))

    def test_no_such_pair(self):
        year = self._year(2029)
        for off, worked in (("2029-05-05", "2029-05-12"), ("2029-05-04", "2029-05-07")):
            with self._refusing(UserError, "no such pair"):
                self._swap(year, off, worked)
        with self._refusing(UserError, "does not lie in 2029"):
            self._swap(year, "2029-12-31", "2030-01-05")
        self.assertFalse(year.day_ids)

    def _swap(self, year, off, worked):
        swap = self.env["motcua.calendar.swap"].with_user(self.system_admin)
        values = {"day_off": off, "day_worked": worked, "name": "Lễ"}
        with self.env.cr.savepoint():
            swap.create({**values, "year_id": year.id}).action_apply()

    def test_slips_of_the_pen_are_shown(self):
        year = self._year(2029)
        day = self.env["motcua.calendar.day"].create(
            {"year_id": year.id, "date": "2029-05-07", "kind": "work", "name": "x"}
        )
        self.assertEqual(day.doubt, "A working day as it is")
        self.assertIn(day.weekday, ("Monday", "Thứ Hai"))


@tagged("post_install", "-at_install")
class TestNumberPattern(SettingsCase):
    """Patterns that could give two dossiers one code are refused, and the form shows
    beforehand how a code looks."""

    def test_example_as_one_types(self):
        with Form(self.env["motcua.ruleset"].with_user(self.system_admin)) as form:
            form.name = "Decree"
            form.date_from = "2030-01-01"
            self.assertRegex(form.code_example, r"^[H].*-260302-0001$")
            self.assertTrue(form.code_scannable)
            form.code_pattern = "{yymmdd}/{identifier}/{number}"
            self.assertRegex(form.code_example, r"^260302/.*/1$")
            self.assertFalse(form.code_scannable)
            form.code_pattern = "{identifier}-{number}"
            self.assertFalse(form.code_example)
            form.code_pattern = "{identifier}-{yymmdd}-{number:05d}"

    def test_patterns_that_cannot_be_told_apart(self):
        rules = self.env["motcua.ruleset"]._get_at("2026-03-02")
        for pattern in (
            "{identifier}{yymmdd}{number}",
            "{identifier}-{yymmdd}{number:04d}",
            "{identifier}.{yymmdd}.{number:04d}",
            "{yymmdd}-{number:04d}",
            "",
        ):
            with (
                self.subTest(pattern=pattern),
                self._refusing(ValidationError, "the same code"),
                self.env.cr.savepoint(),
            ):
                rules.code_pattern = pattern

    def test_validity(self):
        Ruleset = self.env["motcua.ruleset"]
        coming = Ruleset.create({"name": "x", "date_from": "2026-04-01"})
        self.assertEqual(coming.validity, "coming")
        self.assertEqual(Ruleset._get_at("2026-03-02").validity, "in_force")
        self.assertEqual(Ruleset._get_at("2020-03-02").validity, "past")


@tagged("post_install", "-at_install")
class TestFavourites(SettingsCase):
    """An administrator puts procedures on the buttons of desks; officers' own come
    first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.others = cls.env["motcua.procedure"]
        for name in "B", "A":
            procedure = cls._make_procedure(name=f"Certificate {name}")
            cls._make_version(procedure).action_publish()
            cls._make_offering(cls.commune, procedure)
            cls.others |= procedure

    def _shortcuts(self):
        desk = self.env["motcua.desk"].with_user(self.receiver)
        rows = desk._shortcuts(self.desk)
        return [row["procedure_id"] for row in rows], rows

    def _list(self, agency, procedures):
        favourites = self.env["motcua.favourite"].with_user(self.procedure_admin)
        favourites.create({"agency_id": agency.id, "procedure_ids": procedures.ids})

    def test_desk_then_unit_above(self):
        first, second = self.others
        self._list(self.province, second)
        self.assertEqual(self._shortcuts()[0][0], second.id)
        self._list(self.desk, first)
        self.assertEqual(self._shortcuts()[0][0], first.id)

    def test_own_come_first(self):
        first, second = self.others
        self._list(self.desk, second)
        self.receiver.motcua_favourite_ids = first
        ids, rows = self._shortcuts()
        self.assertEqual(ids[:2], [first.id, second.id])
        self.assertEqual([row["favourite"] for row in rows[:2]], [True, False])

    def test_what_is_not_offered_is_no_button(self):
        foreign = self._make_procedure(name="Certificate C")
        self._list(self.desk, foreign)
        self.assertNotIn(foreign.id, self._shortcuts()[0])

    def test_one_list_a_unit(self):
        self._list(self.desk, self.others)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._list(self.desk, self.others)


@tagged("post_install", "-at_install")
class TestMessageTexts(SettingsCase):
    """A text shows how it reads before anybody gets it."""

    def test_preview(self):
        dossier = self._received()
        template = self.env.ref("motcua_base.sms_template_received")
        with Form(template.with_user(self.system_admin)) as form:
            form.sample_id = dossier
            self.assertIn(dossier.code, form.preview)
            form.text = "Ho so {dossier.code} xong"
            self.assertEqual(form.preview, f"Ho so {dossier.code} xong")
            self.assertEqual(form.letters, len(form.preview))
            self.assertFalse(form.is_cut)
            form.text = "{agency.name} " + "x" * 152
            self.assertTrue(form.is_cut)
            form.text = "Ho so {dossier.code}"
