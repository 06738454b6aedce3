from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class Dossier(models.Model):
    """Who reads what is written beside a dossier: internal notes stay among officers,
    messages go to the applicant and to whom the writer names, not to every officer who
    happens to follow."""

    _inherit = "motcua.dossier"

    access_token = fields.Char(groups=fields.NO_ACCESS)

    @api.model
    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["applicant_id", "submitter_id"]

    def _message_get_suggested_recipients_batch(self, *args, **kwargs):
        suggested = super()._message_get_suggested_recipients_batch(*args, **kwargs)
        ids = {row["partner_id"] for rows in suggested.values() for row in rows}
        partners = self.env["res.partner"].sudo().browse(ids - {False})
        officers = partners.filtered(lambda partner: self._is_officer(partner)).ids
        return {
            dossier_id: [row for row in rows if row["partner_id"] not in officers]
            for dossier_id, rows in suggested.items()
        }

    @api.model
    def _is_officer(self, partner):
        return any(user._is_internal() for user in partner.user_ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        message = message.sudo()
        to_applicant = message.message_type == "comment" and not message.is_internal
        if not to_applicant or not self._is_officer(message.author_id):
            return recipients
        named = message.partner_ids.ids
        return [
            recipient
            for recipient in recipients
            if recipient["share"] or recipient["id"] in named
        ]

    # No link opens a dossier to whoever has it: Odoo's would let its holder read, write
    # as the applicant and upload. The applicant logs in.

    def _portal_ensure_token(self):
        return ""

    def _sign_token(self, pid):
        return ""

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        return super()._get_thread_with_access(thread_id, mode=mode)

    def _message_update_content(self, message, /, **kwargs):
        raise message._motcua_kept_error()

    def _process_attachments_for_post(self, attachments, attachment_ids, values):
        # Mail that arrives is kept, without the files that dossiers do not take.
        kept, refused = [], []
        for name, content, *info in attachments or []:
            content = content if isinstance(content, bytes) else str(content).encode()
            try:
                self.env["motcua.file.rule"]._check(name, content)
                kept.append((name, content, *info))
            except UserError as error:
                refused.append(str(error))
        for sentence in refused:
            values["body"] = (values.get("body") or "") + Markup("<p>%s</p>") % sentence
        posted = super()._process_attachments_for_post(kept, attachment_ids, values)
        files = self.env["ir.attachment"].browse(
            command[1] for command in posted.get("attachment_ids") or []
        )
        # Named by its id only, a file would belong nowhere, and no rule look at it.
        loose = files.filtered(lambda file: not file.sudo().res_model)
        if loose:
            loose._motcua_adopt(self or self.browse(values["res_id"]))
        return posted
