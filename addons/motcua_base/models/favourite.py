from odoo import api, fields, models


class Favourite(models.Model):
    """Procedures that stand on the buttons of a desk's intake screen, after the
    officer's own and before what is received most."""

    _name = "motcua.favourite"
    _description = "Favourite procedures of a unit"
    _rec_name = "agency_id"

    agency_id = fields.Many2one(
        "motcua.agency",
        "Desk or unit",
        required=True,
        ondelete="cascade",
        help="Also holds for the desks below it that have no list of their own.",
    )
    procedure_ids = fields.Many2many(
        "motcua.procedure", string="Procedures", required=True
    )

    _agency_uniq = models.Constraint(
        "UNIQUE (agency_id)", "This unit has a list of favourites already."
    )

    @api.model
    def _of_desk(self, desk):
        """The procedures of the nearest list: the desk's own, else of a unit above."""
        path = [int(part) for part in (desk.parent_path or "").split("/") if part]
        lists = self.sudo().search([("agency_id", "in", path)])
        nearest = lists.sorted(lambda row: path.index(row.agency_id.id))[-1:]
        return nearest.procedure_ids
