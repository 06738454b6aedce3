from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import merge_line, sms


class SmsTemplate(models.Model):
    """The text message of one occasion."""

    _name = "motcua.sms.template"
    _description = "SMS template"
    _inherit = ["motcua.notice.template"]

    text = fields.Char(
        required=True,
        # Names of fields are longer than what they stand for.
        size=3 * sms.MAX_LENGTH,
        help="Fields stand in braces, for example {dossier.code}. Accents are taken "
        "off; what is too long takes from the name of the agency.",
    )
    sample_id = fields.Many2one(
        "motcua.dossier",
        "Sample dossier",
        compute="_compute_sample_id",
        readonly=False,
        domain=[("code", "!=", False)],
        help="Shows how the text reads; nothing is sent.",
    )
    preview = fields.Char("Reads", compute="_compute_preview")
    letters = fields.Integer(compute="_compute_preview")
    is_cut = fields.Boolean(compute="_compute_preview")

    _kind_uniq = models.Constraint("UNIQUE (kind)", "Each occasion has one text.")

    def _compute_sample_id(self):
        sample = self.env["motcua.dossier"].search(
            [("date_due", "!=", False)], order="id desc", limit=1
        )
        self.sample_id = sample

    @api.depends("text", "sample_id")
    def _compute_preview(self):
        for template in self:
            text = template.text or ""
            # A form may name any dossier: only what the user may read is shown.
            sample = template.sample_id._filtered_access("read")
            texts = {}
            if sample and not template._unknown():
                texts = sample._notice_values()[0]
                self.env["motcua.access.log"]._note(sample, "read")
            template.preview = texts and sms.write(text, texts)
            template.letters = len(template.preview or "")
            template.is_cut = texts and sms.is_cut(text, texts)

    def _unknown(self):
        """What the text asks for in vain."""
        names = self.env["motcua.dossier"]._notice_names()
        return merge_line.unknown(self.text or "", names)

    @api.constrains("text")
    def _check_text(self):
        for template in self:
            if unknown := template._unknown():
                raise ValidationError(
                    self.env._(
                        "The text names something unknown: %s. Fields stand in braces, "
                        "for example {dossier.code}.",
                        ", ".join(unknown),
                    )
                )
