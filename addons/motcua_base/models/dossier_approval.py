from odoo import models
from odoo.exceptions import AccessError

from .membership import APPROVING


class Dossier(models.Model):
    """Who has approved a dossier, and what may not change under that approval: what an
    approver decided stands until somebody of that rank decides otherwise, whether the
    request is granted or refused."""

    _inherit = "motcua.dossier"

    def _approval(self):
        """The hand-over with which an approver passed the dossier on, empty where none
        did, or where one has sent it back since."""
        self.ensure_one()
        decided = self.task_ids.filtered(
            lambda task: (
                task.kind == "main" and task.role in APPROVING and task.date_done
            )
        )
        return decided[-1:].filtered(lambda task: task.outcome == "forwarded")

    def _may_decide(self, result):
        """Whether the user may let the dossier end with ``result``, granted or refused,
        as far as an approval stands against it."""
        approval = self._approval()
        return (
            not approval
            or approval._decided() == result
            or self.env.user._motcua_has_role(approval.role, approval.agency_id)
        )

    def _check_may_decide(self, result):
        self.ensure_one()
        if self._may_decide(result):
            return
        approval = self._approval()
        labels = dict(approval._fields["decision"]._description_selection(self.env))
        raise AccessError(
            self.env._(
                "%(approver)s has approved dossier %(dossier)s with the decision "
                "“%(decision)s”: only who approves at %(agency)s may change that. Send "
                "it back there.",
                approver=approval.user_id.name,
                dossier=self.display_name,
                decision=labels[approval._decided()],
                agency=approval.agency_id.name,
            )
        )

    def _agency_signer(self):
        """Who signs for the agency in charge: the user, who may; else who approved the
        dossier last; else the head, who is still to sign."""
        self.ensure_one()
        user = self.env.user
        if user._motcua_has_role("approver", self.agency_id):
            return user
        return (
            self._approval().user_id
            or self.env["motcua.membership"]._head_of(self.agency_id).user_id
        )

    def _is_approved(self):
        """Whether an approver has passed the dossier on as it is now, or it has its
        result. Sent back since, by whomever, it is to be done anew; the decision stands
        all the same (``_approval``)."""
        self.ensure_one()
        for task in reversed(self.task_ids.filtered(lambda task: task.kind == "main")):
            if task.outcome == "returned":
                return False
            if task.outcome == "forwarded" and task.role in APPROVING:
                return True
        return self.status in ("9", "10")
