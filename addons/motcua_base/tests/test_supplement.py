from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestSupplement(MotcuaCase):
    """The clock goes on for what was handed in, or for a reason on record."""

    def setUp(self):
        super().setUp()
        self.dossier = self._at_appraisal()
        self.papers = self.dossier.component_ids[:2]
        self.desk = self.dossier.with_user(self.receiver)

    def _ask(self, papers=None):
        papers = self.papers if papers is None else papers
        self.dossier.action_request_supplement(papers.ids, "Illegible", 10)

    def test_nothing_handed_in_restarts_nothing(self):
        self._ask()
        for values in (None, {}, {"note": "Came by"}, {"reason": "  "}):
            with (
                self.subTest(values=values),
                self._refusing(UserError, self.papers[0].name),
            ):
                self.desk.action_supplement(values)
        self.assertEqual(self.dossier.status, "5")

    def test_half_of_it_is_not_all_of_it(self):
        self._ask()
        with self._refusing(UserError, self.papers[1].name):
            self.desk.action_supplement({"handed_in": self.papers[0].ids})
        self.assertEqual(self.papers.mapped("supplement_wanted"), [True, True])

    def test_all_ticked_or_brought(self):
        self._ask()
        first, second = self.papers
        values = {
            "components": {second.id: {"copies": second.copies + 1}},
            "handed_in": first.ids,
        }
        self.desk.action_supplement(values)
        self.assertEqual(self.dossier.status, "4")
        self.assertFalse(any(self.papers.mapped("supplement_wanted")))
        self.assertEqual(self.dossier.event_ids[-1].payload["missing"], [])

    def test_a_reason_goes_on_record(self):
        self._ask()
        self.desk.action_supplement(
            {"handed_in": self.papers[0].ids, "reason": "Found in the archive"}
        )
        payload = self.dossier.event_ids[-1].payload
        self.assertEqual(payload["reason"], "Found in the archive")
        self.assertEqual(payload["missing"], self.papers[1].mapped("name"))

    def test_asked_in_words_answered_in_words(self):
        self._ask(self.papers.browse())
        with self._refusing(UserError, "Nothing was handed in"):
            self.desk.action_supplement({})
        self.desk.action_supplement({"note": "Has signed the form"})
        self.assertEqual(self.dossier.status, "4")

    def test_papers_of_another_dossier(self):
        other = self._at_appraisal().component_ids[0]
        self._ask()
        with self._refusing(UserError, "do not belong"):
            self.desk.action_supplement({"handed_in": other.ids, "reason": "x"})
