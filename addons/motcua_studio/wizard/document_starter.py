from odoo import api, fields, models

from odoo.addons.motcua_base.api import takes

from ..tools.starters import STARTERS


class DocumentStarter(models.TransientModel):
    """What a new document begins as."""

    _name = "motcua.document.starter"
    _description = "New document"

    version_id = fields.Many2one(
        "motcua.procedure.version", required=True, readonly=True, ondelete="cascade"
    )
    starter = fields.Selection(
        [
            ("decision", "A decision"),
            ("certificate", "A certificate"),
            ("notice", "A notice to the applicant"),
            ("refusal", "A refusal"),
            ("blank", "An empty page"),
        ],
        "Begin with",
        required=True,
        default="decision",
    )
    name = fields.Char(
        "Name of the document",
        compute="_compute_name",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )

    @api.depends("starter")
    def _compute_name(self):
        for wizard in self:
            wizard.name = STARTERS.get(wizard.starter, {}).get("name", "Văn bản")

    @takes()
    def action_create(self):
        """Add the document to the version, and open its editor."""
        self.ensure_one()
        template = self.env["motcua.document.template"].create(
            {
                **STARTERS.get(self.starter, {}),
                "version_id": self.version_id.id,
                "name": self.name,
                "sequence": 10 + len(self.version_id.template_ids),
            }
        )
        return template.action_open_editor()
