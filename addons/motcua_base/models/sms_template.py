from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import sms
from .dossier_notice import NOTICES


class SmsTemplate(models.Model):
    """What a text message of one occasion says; archived: none is sent."""

    _name = "motcua.sms.template"
    _description = "SMS template"
    _order = "id"
    _rec_name = "kind"

    kind = fields.Selection(NOTICES, required=True)
    text = fields.Char(
        required=True,
        size=sms.MAX_LENGTH,
        translate=False,
        help="May name " + ", ".join(f"${name}" for name in sms.PLACEHOLDERS) + ". "
        "Accents are taken off; what is too long takes from the name of the agency.",
    )
    active = fields.Boolean(default=True)

    _kind_uniq = models.Constraint("UNIQUE (kind)", "Each occasion has one text.")

    @api.constrains("text")
    def _check_text(self):
        for template in self:
            try:
                sms.check_template(template.text)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The text names something unknown: %(what)s. It may name "
                        "%(placeholders)s.",
                        what=error,
                        placeholders=", ".join(f"${n}" for n in sms.PLACEHOLDERS),
                    )
                ) from None
