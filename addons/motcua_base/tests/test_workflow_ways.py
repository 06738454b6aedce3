import json

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MotcuaCase


def only_if(value):
    return json.dumps({"all": [{"field": "purpose", "op": "=", "value": value}]})


@tagged("post_install", "-at_install")
class TestWorkflowWays(MotcuaCase):
    """Where dossiers may go by their forms, what steps must produce and whom they ask,
    and that nobody who signs is passed over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._make_officer("head", "approver", cls.department)
        cls.steps["head"] = cls.steps["sign"].copy(
            {
                "name": "head",
                "sequence": 2,
                "can_finish": False,
                "term_share": 0,
                "place": "department",
            }
        )

    def _way(self, start, end, **values):
        return self.env["motcua.workflow.transition"].create(
            {
                "workflow_id": self.workflow.id,
                "name": f"{start} to {end}",
                "from_step_id": self.steps[start].id,
                "to_step_id": self.steps[end].id,
                **values,
            }
        )

    # -- conditions -------------------------------------------------------

    def test_way_by_condition(self):
        self._way("head", "sign")
        to_head = self._way("appraise", "head", condition=only_if("work"))
        to_sign = self.steps["appraise"].transition_ids - to_head
        self.assertFalse(self.workflow._problems())
        work = self._at_appraisal(form_values={"purpose": "work"})
        with self._refusing(UserError, "Possible: appraise to head."):
            work.action_forward(to_sign.id)
        self.assertEqual(work.sudo()._next_verb(), ("forward", "appraise to head"))
        work.action_forward()
        self.assertEqual(work.step_id, self.steps["head"])
        # For others, and where nothing was answered, the way without a condition.
        for answers in ({"purpose": "study"}, {}):
            study = self._at_appraisal(form_values=answers)
            with self._refusing(UserError, "Possible: to signature."):
                study.action_forward(to_head.id)
            study.action_forward()
            self.assertEqual(study.step_id, self.steps["sign"])

    def test_officer_chooses_among_ways_whose_conditions_hold(self):
        self._way("head", "sign")
        to_head = self._way("appraise", "head", condition=only_if("work"))
        to_sign = self.steps["appraise"].transition_ids - to_head
        to_sign.condition = json.dumps({"all": [{"field": "purpose", "op": "filled"}]})
        dossier = self._at_appraisal(form_values={"purpose": "work"})
        with self._refusing(UserError, "cannot go there"):
            dossier.action_forward()
        dialog = self.env["motcua.dossier.verb"].with_user(self.handler)
        dialog = dialog.browse(dossier.action_next("forward")["res_id"])
        self.assertEqual(dialog.way_ids, to_head | to_sign)
        dossier.action_forward(to_sign.id)
        self.assertEqual(dossier.step_id, self.steps["sign"])

    def test_corrected_answer_opens_another_way(self):
        self._way("head", "sign")
        self._way("appraise", "head", condition=only_if("work"))
        dossier = self._at_appraisal(form_values={"purpose": "study"})
        dossier.form_values = {"purpose": "work"}
        dossier.action_forward()
        self.assertEqual(dossier.step_id, self.steps["head"])

    def test_way_back_has_no_condition(self):
        back = self.steps["sign"].transition_ids
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            back.condition = only_if("work")
            self.env.flush_all()

    # -- the order of approvals -------------------------------------------

    def _two_approvals(self):
        """Appraisal → head of the department → chairman."""
        self.steps["appraise"].transition_ids.unlink()
        self._way("appraise", "head")
        self._way("head", "sign")
        self.assertFalse(self.workflow._problems())
        dossier = self._at_appraisal()
        return dossier

    def test_no_approval_is_passed_over(self):
        dossier = self._two_approvals()
        # Not from the desk of who appraises, and not by who signs last.
        for user in (self.handler, self.head, self.approver, self.leader):
            for verb, arguments in (
                ("action_complete", {"number": "1"}),
                ("action_refuse", {"reason": "Not entitled"}),
            ):
                with self.assertRaises(UserError):
                    getattr(dossier.with_user(user), verb)(**arguments)
        dossier.action_forward(assignee_id=self.head.id)
        # The head has signed, the chairman has not.
        for verb, arguments in (
            ("action_complete", {"number": "1"}),
            ("action_refuse", {"reason": "Not entitled"}),
        ):
            with self._refusing(UserError, "cannot finish"):
                getattr(dossier.with_user(self.head), verb)(**arguments)
            with self.assertRaises(UserError):
                getattr(dossier.with_user(self.handler), verb)(**arguments)
        with self._refusing(UserError, "does not allow"):
            dossier.with_user(self.receiver).action_reject("Not entitled")
        dossier.with_user(self.head).action_forward(assignee_id=self.approver.id)
        with self.assertRaises(UserError):
            dossier.with_user(self.head).action_refuse("Not entitled")
        dossier.with_user(self.approver).action_refuse("Not entitled")
        self.assertEqual((dossier.status, dossier.result), ("9", "refused"))

    def test_head_ends_only_what_need_not_go_on(self):
        self._two_approvals()
        self.env["motcua.dossier"].search(
            [("workflow_id", "=", self.workflow.id)]
        ).with_user(self.receiver).action_withdraw("No longer wanted")
        self.steps["head"].can_finish = True
        self.steps["head"].transition_ids.condition = only_if("work")
        for purpose, ends in (("work", False), ("study", True)):
            dossier = self._at_appraisal(form_values={"purpose": purpose})
            dossier.action_forward(assignee_id=self.head.id)
            dossier = dossier.with_user(self.head)
            self.assertEqual("action_refuse" in dossier.available_verbs, ends)
            if ends:
                dossier.action_refuse("Not entitled")
            else:
                with self._refusing(UserError, "by what its form says"):
                    dossier.action_refuse("Not entitled")
                with self._refusing(UserError, "by what its form says"):
                    dossier.action_complete(number="1")

    # -- what a step must produce -----------------------------------------

    def _file(self, name, user):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": name, "raw": b"%PDF-1.4\n%%EOF"})
        )

    def test_step_that_must_produce_a_file(self):
        for required, words in (
            ("draft", "needs a draft document"),
            ("signature", "needs the signed document"),
            ("result", "needs the result"),
        ):
            self.steps["appraise"].requires = required
            dossier = self._at_appraisal()
            with self._refusing(UserError, words):
                dossier.action_forward()
            file = self._file("document.pdf", self.handler)
            dossier.action_forward(files=file.ids)
            self.assertEqual(dossier.step_id, self.steps["sign"])
            self.assertEqual(dossier.sudo().task_ids.attachment_ids, file)

    def test_nothing_is_asked_on_the_way_back(self):
        self.steps["sign"].requires = "signature"
        dossier = self._at_signature()
        dossier.action_forward(self.steps["sign"].transition_ids.id, note="Not so")
        self.assertEqual(dossier.step_id, self.steps["appraise"])

    def test_result_with_what_the_last_step_must_produce(self):
        for required, words in (
            ("signature", "needs the signed document"),
            ("result", "needs the result"),
        ):
            self.steps["sign"].requires = required
            dossier = self._at_signature()
            with self._refusing(UserError, words):
                dossier.action_complete(number="1")
            file = self._file("signed.pdf", self.approver)
            dossier.action_complete(file.ids, "1")
            self.assertEqual(dossier.status, "9")
        self.steps["sign"].requires = "opinion"
        dossier = self._at_signature()
        with self._refusing(UserError, "needs a written opinion"):
            dossier.action_complete(number="1")
        dossier.action_complete(number="1", note="Agreed")
        self.assertIn("Agreed", dossier.sudo().task_ids.mapped("note"))

    def test_refusal_has_its_reason_only(self):
        self.steps["sign"].requires = "result"
        dossier = self._at_signature()
        dossier.action_refuse("Not entitled")
        self.assertEqual(dossier.status, "9")

    # -- units asked ------------------------------------------------------

    def test_step_that_asks_for_opinions(self):
        self.steps["appraise"].write(
            {"consult_agency_ids": self.bureau.ids, "consult_days": 2}
        )
        dossier = self._at_appraisal()
        with self._refusing(UserError, "asks for the opinion of: Department of Just"):
            dossier.action_forward()
        self.assertEqual(dossier.sudo()._next_verb()[0], "consult")
        dialog = self.env["motcua.dossier.verb"].with_user(self.handler)
        dialog = dialog.browse(dossier.action_next("consult")["res_id"])
        self.assertEqual(dialog.agency_ids.ids, self.bureau.ids)
        self.assertEqual(str(dialog.due_date), "2026-03-04")
        dialog.text = "Any objection?"
        dialog.action_apply()
        with self._refusing(UserError, "still waits"):
            dossier.action_forward()
        dossier.with_user(self.justice).action_answer("None")
        dossier.action_forward(assignee_id=self.approver.id)
        # Sent back, it need not ask again.
        back = self.steps["sign"].transition_ids
        dossier.with_user(self.approver).action_forward(back.id, note="The date")
        dossier.action_forward()
        self.assertEqual(dossier.step_id, self.steps["sign"])
