from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from ..tools.localtime import to_local, to_utc
from .common import MotcuaCase

# Days off and make-up Saturdays of 2026 (domain.md 4.3), and of Tết 2027 as by the
# lunar calendar: the first day is 6/2/2027.
DAYS = {
    2026: {
        "off": "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01"
        " 08-31 09-01 09-02 11-24",
        "work": "01-10 08-22",
    },
    2027: {"off": "01-01 02-05 02-08 02-09 02-10 02-11", "work": ""},
}


def moment(text):
    """Vietnamese local time, ``26-03-02 10:00``."""
    return datetime.strptime(text, "%y-%m-%d %H:%M")


@tagged("post_install", "-at_install")
class TestDossierTerms(MotcuaCase):
    """What the receipt promises and what becomes of it, through the verbs of the
    product: kinds of terms, moments of reception, pauses, Tết, make-up Saturdays.

    Office hours are 7:30 to 11:30 and 13:00 to 17:00, Monday to Friday.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Year = cls.env["motcua.calendar.year"]
        Year.search([]).unlink()
        Year.create(
            [
                {
                    "year": year,
                    "day_ids": [
                        Command.create(
                            {"date": f"{year}-{day}", "kind": kind, "name": kind}
                        )
                        for kind, days in kinds.items()
                        for day in days.split()
                    ],
                }
                for year, kinds in DAYS.items()
            ]
        ).action_confirm()
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.env["motcua.ruleset"].search([]).write(
            {"max_supplements": 99, "clock_policy": "pause"}
        )

    def _use(self, quantity, unit, cutoff=15):
        """From now on, dossiers are received for a procedure with this term."""
        procedure = self._make_procedure()
        channels = [
            Command.create(
                {
                    "channel": channel,
                    "term_quantity": quantity,
                    "term_unit": unit,
                    "cutoff": cutoff,
                }
            )
            for channel in ("counter", "online")
        ]
        self._make_version(procedure, channel_ids=channels).action_publish()
        self._make_offering(self.commune, procedure)
        self.procedure = procedure

    def _at(self, text):
        return freeze_time(to_utc(moment(text)))

    def _received_at(self, text):
        with self._at(text):
            return self._received()

    def assertDue(self, dossier, text, message=None):
        self.assertEqual(to_local(dossier.date_due), moment(text), message)

    # -- reception -----------------------------------------------------

    CASES = (
        # working days: the day of reception is day 0 (BLDS 147.2)
        (5, "working_day", "26-03-02 10:00", "26-03-09 17:00"),
        (5, "working_day", "26-03-02 07:00", "26-03-09 17:00"),
        (5, "working_day", "26-03-02 16:59", "26-03-09 17:00"),
        (5, "working_day", "26-03-02 22:00", "26-03-09 17:00"),
        (5, "working_day", "26-03-07 09:00", "26-03-13 17:00"),  # on a Saturday
        (2.5, "working_day", "26-03-02 10:00", "26-03-05 11:30"),
        # hours of work
        (8, "hour", "26-03-02 10:00", "26-03-03 10:00"),
        (8, "hour", "26-03-02 12:00", "26-03-03 11:30"),
        (4, "hour", "26-03-06 16:00", "26-03-09 10:30"),
        # calendar days and months end on a working day (BLDS 148.3, 148.5)
        (10, "calendar_day", "26-03-02 10:00", "26-03-12 17:00"),
        (12, "calendar_day", "26-03-02 10:00", "26-03-16 17:00"),
        (1, "month", "26-01-31 10:00", "26-03-02 17:00"),  # 28/2 is a Saturday
        (3, "month", "26-03-02 10:00", "26-06-02 17:00"),
        # over Tết: 16 to 20 February 2026
        (5, "working_day", "26-02-12 10:00", "26-02-26 17:00"),
        (8, "hour", "26-02-13 16:00", "26-02-23 16:00"),
        (5, "calendar_day", "26-02-12 10:00", "26-02-23 17:00"),
        (5, "working_day", "26-02-18 10:00", "26-02-27 17:00"),  # online, on a day off
        # over the turn of the year and Tết 2027
        (5, "working_day", "26-12-29 10:00", "27-01-06 17:00"),
        (3, "working_day", "27-02-03 10:00", "27-02-15 17:00"),
        (2, "calendar_day", "27-02-04 10:00", "27-02-12 17:00"),
        # make-up Saturdays are worked, the days they make up for are not
        (5, "working_day", "26-01-05 10:00", "26-01-10 17:00"),
        (3, "working_day", "26-08-20 10:00", "26-08-24 17:00"),
        (5, "working_day", "26-08-27 10:00", "26-09-08 17:00"),
        (1, "calendar_day", "26-08-21 10:00", "26-08-22 17:00"),
        # other holidays: Giỗ Tổ on a Sunday, 30/4, 24/11
        (3, "working_day", "26-04-24 10:00", "26-05-04 17:00"),
        (2, "working_day", "26-11-20 10:00", "26-11-25 17:00"),
    )

    def test_what_the_receipt_promises(self):
        for quantity, unit, received, due in self.CASES:
            with self.subTest(f"{quantity} {unit} from {received}"):
                self._use(quantity, unit)
                dossier = self._received_at(received)
                self.assertDue(dossier, due)
                self.assertEqual(dossier.date_due_original, dossier.date_due)

    def test_the_same_day(self):
        """Luật Hộ tịch 5.3: from 15:00 on, the next working day."""
        self._use(1, "same_day")
        for received, due in (
            ("26-03-02 08:00", "26-03-02 17:00"),
            ("26-03-02 14:59", "26-03-02 17:00"),
            ("26-03-02 15:00", "26-03-03 17:00"),
            ("26-03-06 15:30", "26-03-09 17:00"),
            ("26-02-13 16:00", "26-02-23 17:00"),  # before Tết
            ("26-08-21 16:00", "26-08-22 17:00"),  # before a make-up Saturday
            ("26-11-23 15:00", "26-11-25 17:00"),
        ):
            with self.subTest(received):
                self.assertDue(self._received_at(received), due)

    def test_filings_are_answered_in_eight_working_hours(self):
        for filed, due in (
            ("26-03-02 10:00", "26-03-03 10:00"),
            ("26-02-14 09:00", "26-02-23 17:00"),
            ("26-08-21 16:00", "26-08-22 16:00"),
        ):
            with self._at(filed), self.subTest(filed):
                dossier = self._draft(channel="online", form_values={"purpose": "x"})
                dossier.action_submit()
                self.assertEqual(to_local(dossier.date_intake_due), moment(due))

    # -- pauses --------------------------------------------------------

    def _waited(self, dossier, asked, answered):
        with self._at(asked):
            dossier.sudo().action_request_supplement([], "Incomplete", 90)
        with self._at(answered):
            dossier.action_supplement({"note": "Answered"})

    # term; received on a day of 2026; asked and answered, any number of times; due
    PAUSES = """
    5 working_day    03-02 10:00 | 03-04 09:00, 03-04 16:00 | 03-09 17:00
    5 working_day    03-02 10:00 | 03-04 09:00, 03-06 09:00 | 03-11 17:00
    5 working_day    03-02 10:00 | 03-06 10:00, 03-09 10:00 | 03-10 17:00
    5 working_day    03-02 10:00 | 03-06 17:30, 03-09 07:00 | 03-09 17:00
    5 working_day    02-09 10:00 | 02-13 09:00, 02-23 09:00 | 02-24 17:00
    5 working_day    08-19 10:00 | 08-21 09:00, 08-24 09:00 | 08-27 17:00
    2.5 working_day  03-02 10:00 | 03-03 09:00, 03-04 10:00 | 03-06 11:30
    8 hour           03-02 10:00 | 03-02 11:00, 03-02 15:00 | 03-03 14:00
    8 hour           02-13 14:00 | 02-13 16:00, 02-23 09:00 | 02-23 16:30
    10 calendar_day  03-02 10:00 | 03-03 09:00, 03-03 16:00 | 03-12 17:00
    10 calendar_day  03-02 10:00 | 03-03 09:00, 03-05 08:00 | 03-16 17:00
    1 month          03-02 10:00 | 03-03 09:00, 03-10 08:00 | 04-09 17:00
    1 same_day       03-02 08:00 | 03-02 09:00, 03-02 11:00 | 03-02 17:00
    1 same_day       03-02 08:00 | 03-02 09:00, 03-04 09:00 | 03-04 17:00
    5 working_day    03-02 10:00 | 03-03 09:00, 03-04 09:00, 03-04 14:00, 03-05 09:00 | 03-11 17:00
    """  # noqa: E501

    def test_pauses(self):
        for line in self.PAUSES.strip().splitlines():
            with self.subTest(line):
                term, waits, due = (part.strip() for part in line.split("|"))
                quantity, unit, received = term.split(maxsplit=2)
                self._use(float(quantity), unit)
                dossier = self._received_at(f"26-{received}")
                promised = dossier.date_due
                waits = iter(waits.split(", "))
                for asked, answered in zip(waits, waits, strict=True):
                    self._waited(dossier, f"26-{asked}", f"26-{answered}")
                self.assertDue(dossier, f"26-{due}")
                self.assertEqual(dossier.date_due_original, promised)
                pause = dossier.sudo().pause_ids[-1]
                self.assertEqual(pause.due_after, dossier.date_due)

    def test_ten_minutes_of_waiting_cost_nothing(self):
        """Five working days once became fifteen."""
        self._use(5, "working_day")
        dossier = self._received_at("26-12-07 09:00")
        for day in (7, 8, 9, 10, 11):
            for hour in (10, 15):
                self._waited(
                    dossier,
                    f"26-12-{day:02} {hour}:00",
                    f"26-12-{day:02} {hour}:01",
                )
        self.assertDue(dossier, "26-12-14 17:00")

    def test_the_old_decree_starts_again(self):
        """NĐ 61/2018 article 19.4."""
        self.env["motcua.ruleset"].search([]).write({"clock_policy": "restart"})
        self._use(5, "working_day")
        dossier = self._received_at("26-03-02 10:00")
        self._waited(dossier, "26-03-04 09:00", "26-03-05 09:00")
        self.assertDue(dossier, "26-03-12 17:00")

    def test_an_agreed_date_is_not_given_away_either(self):
        self._use(5, "working_day")
        dossier = self._received_at("26-03-02 10:00")
        with self._at("26-03-03 09:00"):
            dossier.with_user(self.approver).action_extend("2026-03-13", "Storm")
        self._waited(dossier, "26-03-04 09:00", "26-03-04 16:00")
        self.assertDue(dossier, "26-03-13 17:00")
        self._waited(dossier, "26-03-05 09:00", "26-03-09 09:00")
        self.assertDue(dossier, "26-03-17 17:00")

    # -- verdicts (domain.md 1.5) --------------------------------------

    def test_verdicts(self):
        self._use(5, "working_day")
        for done, verdict in (
            ("26-03-06 16:00", "early"),
            ("26-03-09 07:30", "on_time"),
            ("26-03-09 17:00", "on_time"),
            ("26-03-09 17:01", "overdue"),
            ("26-03-10 08:00", "overdue"),
        ):
            with self.subTest(done):
                dossier = self._received_at("26-03-02 10:00")
                with self._at(done):
                    dossier.action_forward(assignee_id=self.handler.id)
                    dossier.with_user(self.handler).action_forward(
                        assignee_id=self.approver.id
                    )
                    dossier.with_user(self.approver).action_complete(number="1/QĐ")
                self.assertEqual(dossier.verdict, verdict)
                self.assertEqual(dossier.portal_verdict, verdict)
                # Handing over is not the end: a result may wait for its owner.
                with self._at("26-06-01 09:00"):
                    dossier.action_return()
                self.assertEqual(dossier.verdict, verdict)
