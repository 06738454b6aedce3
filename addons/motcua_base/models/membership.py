from odoo import api, fields, models
from odoo.exceptions import ValidationError

# From the least to the most entitled: who holds a role may do what the roles before
# it may, inside the same unit. The inspector stands apart: reads, never acts.
ROLES = [
    ("post_officer", "Post officer"),
    ("receiving_officer", "Receiving officer"),
    ("handler", "Handler"),
    ("approver", "Approver"),
    ("unit_leader", "Unit leader"),
    ("inspector", "Inspector"),
]
ROLE_RANK = {
    "post_officer": 1,
    "receiving_officer": 2,
    "handler": 3,
    "approver": 4,
    "unit_leader": 5,
    "inspector": 0,
}


class Membership(models.Model):
    """Who works where, as what, from when to when, and who stands in meanwhile."""

    _name = "motcua.membership"
    _description = "Staff assignment"
    _inherit = ["motcua.configuration"]
    _order = "agency_id, role, user_id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        "Officer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False)]",
    )
    agency_id = fields.Many2one(
        "motcua.agency", "Unit", required=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(ROLES, required=True)
    title = fields.Char("Position")
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To")
    absent_from = fields.Date()
    absent_to = fields.Date()
    stand_in_id = fields.Many2one(
        "res.users",
        "Stand-in",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('share', '=', False)]",
        help="Acts for the officer during the absence.",
    )
    active = fields.Boolean(default=True)
    scope_agency_id = fields.Many2one(
        "motcua.agency",
        "Sees the dossiers of",
        compute="_compute_scope_agency_id",
        store=True,
        help="The public body with all below it; for post officers only their desk.",
    )

    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "An assignment cannot end before it begins.",
    )
    _absence_check = models.Constraint(
        "CHECK (absent_to IS NULL OR absent_from IS NULL OR absent_to >= absent_from)",
        "An absence cannot end before it begins.",
    )
    _member_uniq = models.UniqueIndex(
        "(user_id, agency_id, role, date_from)",
        "The officer has this role in this unit from this day already.",
    )

    @api.depends("role", "agency_id.unit_id")
    def _compute_scope_agency_id(self):
        for membership in self:
            membership.scope_agency_id = (
                membership.agency_id
                if membership.role == "post_officer"
                else membership.agency_id.unit_id
            )

    @api.constrains("user_id", "stand_in_id")
    def _check_stand_in(self):
        for membership in self:
            if membership.stand_in_id == membership.user_id:
                raise ValidationError(
                    self.env._("An officer cannot stand in for himself or herself.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        memberships = super().create(vals_list)
        memberships._grant_groups()
        return memberships

    def write(self, vals):
        res = super().write(vals)
        if vals.keys() & {"role", "user_id", "active"}:
            self._grant_groups()
        return res

    def _grant_groups(self):
        """Give the officers the group of their role: what they may do follows it.

        Groups are never taken away here: without a membership in force an officer
        sees no dossier, whatever the groups say.
        """
        for membership in self.filtered("active"):
            group = self.env.ref(f"motcua_base.group_{membership.role}")
            if group not in membership.user_id.sudo().all_group_ids:
                membership.user_id.sudo().write({"group_ids": [(4, group.id)]})

    @api.model
    def _cron_refresh_scopes(self):
        """At midnight assignments and absences begin and end: forget cached scopes."""
        self.env.registry.clear_cache()
