from odoo import models
from odoo.exceptions import AccessError

# The system alone opens these and closes them, when what they warn of is over.
WARNINGS = (
    "motcua_base.mail_activity_type_due",
    "motcua_base.mail_activity_type_overdue",
    "motcua_base.mail_activity_type_year",
)


class MailActivity(models.Model):
    """Warnings are the system's: whom they warn (and anybody else) can neither cancel,
    close nor move them; they end with their cause."""

    _inherit = "mail.activity"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or operation == "read":
            return result
        forbidden = result[0] if result else self.browse()
        warnings = (self - forbidden)._motcua_warnings()
        if not warnings:
            return result
        message = self.env._(
            "This is a warning of the system. It ends by itself as soon as what it "
            "warns of is over, and cannot be closed, changed or made by hand."
        )
        return forbidden | warnings, lambda: AccessError(message)

    def _motcua_warnings(self):
        kinds = {self.env.ref(name).id for name in WARNINGS}
        return self.filtered(lambda row: row.sudo().activity_type_id.id in kinds)
