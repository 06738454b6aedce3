from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import MotcuaCase

FAR, NEAR = "2027-03-03", "2027-03-01"


@tagged("post_install", "-at_install")
class TestFarDay(MotcuaCase):
    """A promised day more than a year away is rather a slip of the keys: it is asked
    for twice, whoever promises it to whom."""

    def _head(self):
        dossier = self._at_appraisal(form_values={"purpose": "work"})
        dossier.ruleset_id.sudo().write({"stop_must_end": False})
        return dossier.with_user(self.approver)

    def _promises(self, day):
        """Each verb that promises a day: its dossier, name, and how it is called."""
        days = 365 if day == NEAR else 367
        head, holder = self._head(), self._head().with_user(self.handler)
        yield head, "action_extend", {"new_due": day, "reason": "Illness"}
        yield self._head(), "action_stop", {"reason": "A court", "until": day}
        yield (
            holder,
            "action_consult",
            {"agency_ids": [self.bureau.id], "due": day, "question": "May it?"},
        )
        yield (
            self._head().with_user(self.handler),
            "action_request_supplement",
            {"component_ids": [], "reason": "Sign it", "days": days},
        )

    def test_far_days_are_confirmed(self):
        for dossier, verb, values in self._promises(FAR):
            with self.subTest(verb=verb):
                events = dossier.event_count
                with self._refusing(UserError, "more than a year away"):
                    getattr(dossier, verb)(**values)
                self.assertEqual(dossier.event_count, events)
                getattr(dossier, verb)(**values, confirmed=True)
                self.assertEqual(dossier.event_count, events + 1)

    def test_days_within_a_year_are_not(self):
        for dossier, verb, values in self._promises(NEAR):
            with self.subTest(verb=verb):
                getattr(dossier, verb)(**values)

    def test_a_day_beyond_all_calendars(self):
        dossier = self._head().with_user(self.handler)
        with self._refusing(UserError, "Give a valid date"):
            dossier.action_request_supplement([], "Sign it", days=10**7)

    def _dialog(self, dossier):
        action = dossier.with_context(verb="extend").action_open_verb()
        wizard = self.env["motcua.dossier.verb"].with_user(self.approver)
        dialog = Form(wizard.browse(action["res_id"]))
        dialog.text = "Illness"
        return dialog

    def test_the_dialog_asks(self):
        dossier = self._head()
        dialog = self._dialog(dossier)
        dialog.due_date = NEAR
        self.assertFalse(dialog.far_day)
        dialog.due_date = FAR
        self.assertEqual(str(dialog.far_day), FAR)
        with self._refusing(UserError, "more than a year away"):
            dialog.save().action_apply()
        dialog = self._dialog(dossier)
        dialog.due_date = FAR
        dialog.far_confirmed = True
        dialog.save().action_apply()
        self.assertEqual(str(dossier.extension_ids.due_after.date()), FAR)
