from odoo import api, models


class Dossier(models.Model):
    """Who reads what is written beside a dossier: internal notes stay among officers,
    messages go to the applicant and to whom the writer names, not to every officer who
    happens to follow."""

    _inherit = "motcua.dossier"

    @api.model
    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["applicant_id", "submitter_id"]

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        message = message.sudo()
        by_officer = any(user._is_internal() for user in message.author_id.user_ids)
        if message.message_type != "comment" or message.is_internal or not by_officer:
            return recipients
        named = message.partner_ids.ids
        return [
            recipient
            for recipient in recipients
            if recipient["share"] or recipient["id"] in named
        ]
