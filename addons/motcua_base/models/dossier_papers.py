from odoo import api, fields, models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    motcua_wrong_reason = fields.Char("Marked wrong because", readonly=True, copy=False)
    motcua_replaced_by_id = fields.Many2one(
        "ir.attachment",
        "Replaced by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )


class Dossier(models.Model):
    """Papers once a dossier is filed: files are added, or marked wrong with a reason
    and perhaps replaced; what was handed in stays beside it."""

    _inherit = "motcua.dossier"

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


class DossierComponent(models.Model):
    _inherit = "motcua.dossier.component"

    wrong_text = fields.Char("Marked wrong", compute="_compute_wrong_text")

    @api.depends(
        "attachment_ids.motcua_wrong_reason", "attachment_ids.motcua_replaced_by_id"
    )
    def _compute_wrong_text(self):
        for row in self:
            row.wrong_text = "; ".join(
                self.env._(
                    "%(file)s: %(reason)s (replaced by %(new)s)",
                    file=file.name,
                    reason=file.motcua_wrong_reason,
                    new=file.motcua_replaced_by_id.name,
                )
                if file.motcua_replaced_by_id
                else f"{file.name}: {file.motcua_wrong_reason}"
                for file in row.sudo().attachment_ids
                if file.motcua_wrong_reason
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_of_drafts(self):
        """Verbs may take off the list what it wanted and nobody handed in."""
        for row in self.sudo():
            if row.dossier_id.status != "0" and (row._handed_in or not self.env.su):
                raise self._stays_on_record()

    @api.model
    def _stays_on_record(self):
        return UserError(
            self.env._(
                "What was handed in stays on record: mark the file wrong, or add "
                "another one. Numbers of papers may be corrected."
            )
        )
