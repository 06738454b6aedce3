from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import fee as fee_tools


class Dossier(models.Model):
    """Why the applicant pays less: chosen at intake, and part of what was received."""

    _inherit = "motcua.dossier"

    exemption_id = fields.Many2one(
        "motcua.procedure.exemption",
        "Exemption or reduction",
        domain="[('version_id', '=', version_id)]",
        ondelete="restrict",
        copy=False,
    )
    has_exemptions = fields.Boolean(compute="_compute_has_exemptions")

    @api.depends("version_id")
    def _compute_has_exemptions(self):
        for dossier in self:
            version = dossier.version_id._origin
            dossier.has_exemptions = bool(version._get_exemptions())

    @api.constrains("exemption_id")
    def _check_exemption(self):
        today = self._form_today()
        for dossier in self.filtered("exemption_id"):
            rule = dossier._exemption()
            if not rule:
                raise ValidationError(
                    self.env._(
                        "The exemption belongs to another version of the procedure."
                    )
                )
            if not rule.holds_on(today):
                raise ValidationError(
                    self.env._("The exemption “%s” is not in force today.", rule.name)
                )

    def _exemption(self):
        """The rule that applies to this dossier, as plain values, if any."""
        self.ensure_one()
        rule_id = self.exemption_id.id
        rules = self.version_id._get_exemptions() if rule_id else ()
        return next((rule for rule in rules if rule.id == rule_id), None)

    def _reduce(self, fee, full):
        """Values of a fee line that costs ``full`` đồng before the exemption."""
        rule = self._exemption()
        if not rule or not rule.applies_to(fee):
            return {"amount": full, "amount_full": full}
        return {
            "amount": fee_tools.reduced(
                full, rule.reduction, rule.percent, rule.amount
            ),
            "amount_full": full,
            "reason": rule.name,
        }
