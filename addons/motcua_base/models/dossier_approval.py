from odoo import models

from .membership import ROLE_RANK


class Dossier(models.Model):
    """Who has approved a dossier, and what may not change under that approval."""

    _inherit = "motcua.dossier"

    def _approving_tasks(self):
        """The hand-overs by which approvers passed the dossier on, in order; those
        before it was last sent back count no more: what is sent back is to be done, and
        approved, anew."""
        self.ensure_one()
        approving = self.env["motcua.dossier.task"]
        for task in self.task_ids:
            if task.kind != "main":
                continue
            if task.outcome == "returned":
                approving = approving.browse()
            elif (
                task.outcome == "forwarded"
                and ROLE_RANK[task.role] >= ROLE_RANK["approver"]
            ):
                approving |= task
        return approving

    def _is_approved(self):
        """Whether an approver has passed the dossier on as it is, or it has its
        result."""
        return self.status in ("9", "10") or bool(self._approving_tasks())
