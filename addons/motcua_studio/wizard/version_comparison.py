from odoo import api, fields, models
from odoo.tools import groupby

from odoo.addons.motcua_base.api import takes

from ..tools import version_diff

# Sections whose entries are known by their wording and nothing else.
REWORDED = ("case", "component", "step", "motcua.document.template")


class VersionComparison(models.TransientModel):
    """What changed between two versions of a procedure, in words, beside each other."""

    _name = "motcua.version.comparison"
    _description = "Comparison of two versions"

    procedure_id = fields.Many2one(related="version_id.procedure_id")
    before_id = fields.Many2one(
        "motcua.procedure.version", "Older version", required=True, ondelete="cascade"
    )
    version_id = fields.Many2one(
        "motcua.procedure.version", "Newer version", required=True, ondelete="cascade"
    )
    table = fields.Html("Differences", compute="_compute_table", sanitize=False)

    @api.depends("version_id", "before_id")
    def _compute_display_name(self):
        for comparison in self:
            comparison.display_name = self.env._(
                "%(code)s: version %(before)s → %(after)s",
                code=comparison.procedure_id.code or "",
                before=comparison.before_id.number,
                after=comparison.version_id.number,
            )

    @api.depends("version_id", "before_id")
    def _compute_table(self):
        for comparison in self:
            comparison.table = self.env["ir.qweb"]._render(
                "motcua_studio.version_comparison_table",
                {"comparison": comparison, "sections": comparison._sections()},
            )

    def _sections(self):
        """The changes to show: list of ``(title, changes)``."""
        self.ensure_one()
        before, after = self.before_id, self.version_id
        changes = version_diff.diff(before._to_words(), after._to_words(), REWORDED)
        titles = before._section_titles() | after._section_titles()
        return [
            (titles[section], group)
            for section, group in groupby(changes, lambda change: change.section)
        ]

    @takes()
    def action_print(self):
        """The differences as PDF."""
        self.ensure_one()
        report = self.env.ref("motcua_studio.action_report_version_comparison")
        return report.report_action(self)
