from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_document import DocumentCase


@tagged("post_install", "-at_install")
class TestApproval(DocumentCase):
    """What an approver decided stands: below, nobody ends the dossier otherwise. A step
    “issue” of the handler follows the approver's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        issue = cls.env["motcua.workflow.step"].create(
            {
                "workflow_id": cls.workflow.id,
                "sequence": 2,
                "name": "issue",
                "role": "handler",
                "place": "department",
                "stage_id": cls.env.ref("motcua_base.stage_issue").id,
                "can_finish": True,
            }
        )
        ways = cls.env["motcua.workflow.transition"].create(
            [
                {
                    "workflow_id": cls.workflow.id,
                    "name": name,
                    "from_step_id": start.id,
                    "to_step_id": end.id,
                    "kind": kind,
                }
                for name, start, end, kind in (
                    ("to issue", cls.steps["sign"], issue, "forward"),
                    ("back to signature", issue, cls.steps["sign"], "return"),
                )
            ]
        )
        cls.to_issue, cls.back = ways

    def _approved(self, decision=None, note=None):
        """A dossier that the approver has passed on to be issued, as the handler."""
        dossier = self._at_signature()
        dossier.action_forward(
            self.to_issue.id, self.handler.id, note, decision=decision
        )
        return self._as(dossier, self.handler)

    def _verbs(self, dossier):
        ends = ("action_complete", "action_refuse")
        return [verb for verb in ends if verb in dossier.available_verbs.split()]

    def test_what_is_granted_is_not_refused_below(self):
        dossier = self._approved()
        self.assertEqual(self._verbs(dossier), ["action_complete"])
        message = self.assertRefused(AccessError, dossier.action_refuse, "Không")
        self.assertIn(self.approver.name, message)
        self.assertEqual(dossier.status, "4")
        self.assertFalse(dossier.sudo().outgoing_ids)
        dossier.action_complete(number="12/QĐ")
        self.assertEqual(dossier.result, "granted")

    def test_what_is_refused_is_not_granted_below(self):
        dossier = self._approved("refused", "Không đủ điều kiện")
        self.assertEqual(self._verbs(dossier), ["action_refuse"])
        self.assertRefused(AccessError, dossier.action_complete, number="12/QĐ")
        dossier.action_refuse("Không đủ điều kiện")
        self.assertEqual(dossier.result, "refused")
        paper = dossier.sudo().outgoing_ids
        self.assertEqual(paper.signer_name, self.approver.name)

    def test_documents_follow_the_same_order(self):
        dossier = self._approved()
        numbers = self.env["motcua.number"].search_count([])
        self.assertRefused(
            AccessError, dossier.action_issue_document, self.refusal.id, [], "Không"
        )
        # Refused before a number was taken in vain.
        self.assertEqual(self.env["motcua.number"].search_count([]), numbers)
        dossier.action_issue_document(self.decision.id)
        self.assertEqual(dossier.result, "granted")
        dossier = self._approved("refused", "Không đủ điều kiện")
        self.assertRefused(AccessError, dossier.action_issue_document, self.decision.id)
        dossier.action_issue_document(self.refusal.id, [], "Không đủ điều kiện")
        self.assertEqual(dossier.result, "refused")

    def test_the_level_that_approved_and_above_may_change_it(self):
        for user in (self.approver, self.leader):
            with self.subTest(user.login):
                dossier = self._approved()
                # The head of the unit holds what lies with its officers.
                leader = self._as(dossier, self.leader)
                leader.action_forward(self.back.id, note="Xem lại")
                again = self._as(dossier, user)
                again.action_refuse("Không đủ điều kiện")
                self.assertEqual(again.result, "refused")

    def test_a_leader_refuses_what_an_approver_granted(self):
        dossier = self._as(self._approved(), self.leader)
        dossier.action_refuse("Không đủ điều kiện")
        self.assertEqual(dossier.result, "refused")

    def test_an_approver_changes_not_what_the_leader_decided(self):
        sign = self.steps["sign"]
        sign.role = "unit_leader"
        dossier = self._at_appraisal()
        dossier.action_forward()
        dossier = self._as(dossier, self.leader)
        dossier.action_forward(self.to_issue.id, self.approver.id)
        self.assertRefused(
            AccessError, self._as(dossier, self.approver).action_refuse, "Không"
        )

    def test_sent_back_for_a_new_appraisal_nothing_is_decided(self):
        dossier = self._approved()
        dossier.action_forward(self.back.id, note="Sai tên")
        approver = self._as(dossier, self.approver)
        back = self.workflow.transition_ids.filtered(
            lambda way: way.name == "back to appraisal"
        )
        approver.action_forward(back.id, note="Thẩm định lại")
        self.assertFalse(dossier.sudo()._approval())

    def test_the_last_decision_counts(self):
        dossier = self._approved()
        dossier.action_forward(self.back.id, note="Có đơn khiếu nại")
        approver = self._as(dossier, self.approver)
        approver.action_forward(
            self.to_issue.id, self.handler.id, "Không đủ điều kiện", decision="refused"
        )
        self.assertEqual(
            self._verbs(self._as(dossier, self.handler)), ["action_refuse"]
        )

    def test_bad_input(self):
        dossier = self._at_signature()
        for decision, note in (("maybe", "x"), ("refused", None), ("refused", "  ")):
            self.assertRefused(
                UserError,
                dossier.action_forward,
                self.to_issue.id,
                None,
                note,
                decision=decision,
            )
        appraisal = self._at_appraisal()
        self.assertRefused(
            UserError, appraisal.action_forward, None, None, "x", decision="refused"
        )

    def test_the_dialog_asks_who_approves(self):
        dossier = self._at_signature()
        wizard = self.env["motcua.dossier.verb"].with_user(self.approver)
        wizard = wizard.create(
            {
                "verb": "forward",
                "dossier_ids": dossier.ids,
                "transition_id": self.to_issue.id,
                "decision": "refused",
                "text": "Không đủ điều kiện",
            }
        )
        wizard.action_apply()
        self.assertEqual(dossier.sudo()._approval().decision, "refused")
