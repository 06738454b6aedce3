from odoo import models
from odoo.exceptions import UserError

from ..api import takes
from ..tools.arguments import NOTE, Id, Text


class Dossier(models.Model):
    """Papers once a dossier is filed: files are added, or marked wrong with a reason
    and perhaps replaced; what was handed in stays beside it."""

    _inherit = "motcua.dossier"

    @takes(file_id=Id(), reason=Text(NOTE), replacement_id=Id())
    def action_mark_wrong(self, file_id, reason, replacement_id=None):
        """Mark a file of a paper as wrong; it stays on record and counts no longer.

        :param file_id: id of the attachment
        :param reason: what is wrong with it
        :param replacement_id: id of an own upload that takes its place
        """
        reason = self._require_text(reason, self.env._("the reason"))
        self.ensure_one()
        dossier = self._begin("action_mark_wrong")
        paper = dossier.component_ids.filtered(
            lambda row: file_id in row.attachment_ids.ids
        )
        file = paper.attachment_ids.filtered(lambda row: row.id == file_id)
        if not file:
            raise UserError(self.env._("This file belongs to no paper of the dossier."))
        if file.motcua_wrong_reason:
            raise UserError(self.env._("File “%s” is marked wrong already.", file.name))
        replacement = self.env["ir.attachment"].browse(replacement_id or []).exists()
        if replacement_id and not replacement - paper.attachment_ids:
            raise UserError(self.env._("Upload the file that takes its place."))
        payload = {"paper": paper.name, "file": file.name, "reason": reason}
        if replacement:
            replacement._motcua_adopt(paper)
            paper.attachment_ids |= replacement.sudo()
            payload["replacement"] = replacement.sudo().name
        file.write(
            {
                "motcua_wrong_reason": reason,
                "motcua_replaced_by_id": replacement.id,
            }
        )
        dossier._log("mark_wrong", None, {dossier: payload})
        return True
