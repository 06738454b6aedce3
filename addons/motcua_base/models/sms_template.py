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

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for template in self:
            template.display_name = labels.get(template.kind, "")

    def _compute_sample_id(self):
        sample = self.env["motcua.dossier"].search(
            [("date_due", "!=", False)], order="id desc", limit=1
        )
        self.sample_id = sample

    @api.depends("text", "sample_id")
    def _compute_preview(self):
        for template in self:
            values = (
                template.sample_id.sudo()._sms_values() if template.sample_id else {}
            )
            known = {name: values.get(name) or "" for name in sms.PLACEHOLDERS}
            try:
                sms.check_template(template.text or "")
            except ValueError:
                known = {}
            template.preview = known and sms.write(template.text or "", known)
            template.letters = len(template.preview or "")
            template.is_cut = known and sms.is_cut(template.text or "", known)

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
