from odoo import models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    """Files of dossiers: scans of identity papers open only to those who have (or had)
    a task on the dossier, to the desk that took them in, and to the applicant."""

    _inherit = "ir.attachment"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su:
            return result
        closed = self._motcua_identity_scans().filtered(
            lambda scan: not scan._motcua_may_open()
        )
        if not closed:
            return result
        forbidden = closed | (result[0] if result else self.browse())
        message = self.env._(
            "Scans of identity papers open only to those who handle the dossier."
        )
        return forbidden, lambda: AccessError(message)

    def _motcua_identity_scans(self):
        candidates = self.sudo().filtered(
            lambda file: file.res_model == "motcua.dossier.component" and file.res_id
        )
        rows = (
            self.env["motcua.dossier.component"]
            .sudo()
            .browse(candidates.mapped("res_id"))
        )
        identity = set(rows.exists().filtered(lambda row: row.kind == "identity").ids)
        return candidates.filtered(lambda file: file.res_id in identity).sudo(False)

    def _motcua_may_open(self):
        self.ensure_one()
        row = self.env["motcua.dossier.component"].sudo().browse(self.sudo().res_id)
        dossier, user = row.dossier_id, self.env.user
        return (
            user in dossier.task_ids.user_id
            or dossier._is_desk(user)
            or dossier._is_holder(user)
            or dossier._is_consulted(user)
            or dossier._is_citizen(user)
        )
