from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools.naming import is_ours


class MailMessage(models.Model):
    """What was written beside a dossier stays as it was written, in the name of who
    wrote it and of that moment. A correction is another message."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        if not self.env.su:
            messages._motcua_sign()
        return messages

    def write(self, vals):
        self._motcua_check_kept()
        res = super().write(vals)
        # Nor does a message from elsewhere become one of a dossier.
        self._motcua_check_kept()
        return res

    def unlink(self):
        self._motcua_check_kept()
        return super().unlink()

    def _motcua_of_ours(self):
        """The messages that stand beside a record of ours."""
        return self.sudo().filtered(lambda message: is_ours(message.model))

    def _motcua_check_kept(self):
        """Raise AccessError for what somebody (not the system) wants to change."""
        if not self.env.su and self._motcua_of_ours():
            raise self._motcua_kept_error()

    def _motcua_kept_error(self):
        return AccessError(
            self.env._(
                "What was written stays as it was. To correct it, write another "
                "message."
            )
        )

    def _motcua_sign(self):
        """Note the moment; raise AccessError for a message in another's name."""
        ours, user = self._motcua_of_ours(), self.env.user
        for message in ours:
            if message.author_id != user.partner_id or message.author_guest_id:
                raise AccessError(self.env._("Messages are written in one's own name."))
        ours.write({"date": fields.Datetime.now(), "email_from": user.email_formatted})
