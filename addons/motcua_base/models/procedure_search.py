from odoo import api, fields, models

from ..tools import text


class Procedure(models.Model):
    """Finding procedures as officers type: without accents, words in any order."""

    _inherit = "motcua.procedure"

    search_text = fields.Char(
        compute="_compute_search_text",
        store=True,
        index="trigram",
        help="Code and name in small letters without accents.",
    )

    @api.depends("code", "name")
    def _compute_search_text(self):
        for procedure in self:
            procedure.search_text = text.unaccent(
                f"{procedure.code or ''} {procedure.name or ''}"
            )

    @api.model
    def _typed_domain(self, typed):
        """Domain of the procedures that have every word of ``typed``."""
        words = text.unaccent(typed or "").split()
        return [("search_text", "like", word) for word in words]
