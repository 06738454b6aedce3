from odoo import api, fields, models, tools
from odoo.fields import Domain

from ..tools import signature
from ..tools.localtime import today_in_vietnam

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
# Whose passing on is a decision of the agency.
APPROVING = ("approver", "unit_leader")


class Membership(models.Model):
    """Who works where, as what, from when to when."""

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
    capacity = fields.Selection(
        [
            (signature.HEAD, "As the head"),
            (signature.DEPUTY, "In the head's stead (KT.)"),
            (signature.BY_ORDER, "By order of the head (TL.)"),
            (signature.BY_AUTHORITY, "By authority of the head (TUQ.)"),
        ],
        "Signs for the agency",
        compute="_compute_capacity",
        store=True,
        readonly=False,
        precompute=True,
        help="What stands above the signature on papers of the agency. Empty: the own "
        "position only.",
    )
    date_from = fields.Date("From", required=True, default=fields.Date.context_today)
    date_to = fields.Date("To")
    areas = fields.Char(
        help="Hamlets or communes this officer looks after, separated by commas, as "
        "addresses name them: “Thôn 1, Thôn 2”. Steps assigned by area go by them.",
    )
    stand_in_id = fields.Many2one(
        "res.users",
        "Stand-in today",
        compute="_compute_stand_in_id",
        help="Does the work while the officer is away.",
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

    @api.depends("role", "title", "agency_id.kind")
    def _compute_capacity(self):
        """As role and position let one expect; a decision of the agency may say
        otherwise."""
        for membership in self:
            if membership.role not in APPROVING:
                membership.capacity = False
            elif membership.agency_id.kind == "agency":
                leads = membership.role == "unit_leader"
                membership.capacity = signature.capacity(membership.title, leads)
            else:
                membership.capacity = signature.BY_ORDER

    @api.depends("user_id")
    def _compute_stand_in_id(self):
        for membership in self:
            acting = membership.user_id._motcua_acting()
            membership.stand_in_id = acting != membership.user_id and acting

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
    def _in_force(self, day):
        """Domain of the assignments that hold on ``day``."""
        return Domain("date_from", "<=", day) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", day)
        )

    @api.model
    def _staff(self, role, agency):
        """Today's assignments as just ``role`` at ``agency``, or above or below it in
        the same public body."""
        today = today_in_vietnam()
        return self.sudo().browse(self._staff_ids(role, agency.id, today))

    @api.model
    @tools.ormcache("role", "agency_id", "today")
    def _staff_ids(self, role, agency_id, today):
        agency = self.env["motcua.agency"].sudo().browse(agency_id)
        staff = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                self._in_force(today)
                & Domain("role", "=", role)
                & Domain("agency_id.unit_id", "=", agency.unit_id.id)
                & Domain("user_id.active", "=", True)
            )
        )
        return tuple(staff.filtered(lambda m: m.agency_id._is_related(agency)).ids)

    @api.model
    def _head_of(self, agency):
        """Today's assignment of who heads ``agency``, if one is on the staff list."""
        heads = self._staff("unit_leader", agency).filtered(
            lambda one: one.agency_id == agency and one.capacity == signature.HEAD
        )
        return heads[:1]

    @api.model
    def _signing(self, user, agency):
        """The assignment with which ``user`` signs papers of ``agency``: the highest
        held there. Who stands in signs with the own position, not with that of the
        absent one."""
        memberships = (
            user.sudo()
            ._motcua_memberships()
            .filtered(
                lambda one: one.user_id == user and one.agency_id._is_related(agency)
            )
        )
        return memberships.sorted(lambda one: (bool(one.title), ROLE_RANK[one.role]))[
            -1:
        ]

    @api.model
    def _signature(self, user, agency, head=None, collective=""):
        """The lines above the signature of ``user`` (maybe nobody yet) on a paper of
        ``agency``.

        :param head: title of its head; default as the staff list has it
        :param collective: line of the collective body that speaks, if any
        """
        chief = head or self._head_of(agency).title
        if not user:
            return signature.block(signature.HEAD, chief, collective=collective)
        member = self._signing(user, agency)
        title = member.title
        if head and member.capacity not in signature.STEADS:
            title = head
        return signature.block(member.capacity, title, chief, collective)

    @api.model
    def _staff_by_unit(self, units, day):
        """Assignments of people in service that hold on ``day``, by public body: dict
        unit -> memberships, empty ones included."""
        staff = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                self._in_force(day)
                & Domain("agency_id.unit_id", "in", units.ids)
                & Domain("user_id.active", "=", True)
            )
        )
        by_unit = staff.grouped(lambda membership: membership.agency_id.unit_id)
        return {unit: by_unit.get(unit, self.browse()) for unit in units}

    def _can_do(self, role, agency):
        """Whether any of these assignments lets somebody do the work of ``role`` at
        ``agency``; see ``res.users._motcua_has_role``."""
        return any(
            ROLE_RANK[membership.role] >= ROLE_RANK[role]
            and membership.agency_id._is_related(agency)
            for membership in self
        )

    @api.model
    def _cron_refresh_scopes(self):
        """At midnight assignments and absences begin and end: forget cached scopes."""
        self.env.registry.clear_cache()
