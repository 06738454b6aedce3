from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..api import takes
from .dossier import CLOSED


class Dossier(models.Model):
    """What the screens ask of a dossier: what to show, whose work it is, and what to
    fill in while an officer types a new one."""

    _inherit = "motcua.dossier"

    may_edit = fields.Boolean(
        compute="_compute_may_edit",
        help="Whether the current user may correct the dossier now.",
    )
    can_pass_on = fields.Boolean(compute="_compute_ways")
    can_send_back = fields.Boolean(compute="_compute_ways")
    case_ids = fields.One2many(related="version_id.case_ids", string="Cases")
    fee_due = fields.Integer("Left to be paid (đ)", compute="_compute_fee_due")
    is_mine = fields.Boolean(
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="In charge: the current user, or somebody whom the user stands in for.",
    )
    at_my_unit = fields.Boolean(
        compute="_compute_at_my_unit",
        search="_search_at_my_unit",
        help="Lies at a unit where the current user works, or above or below it in the "
        "same public body.",
    )

    @api.depends("status", "task_id", "desk_id")
    @api.depends_context("uid")
    def _compute_may_edit(self):
        for dossier in self:
            dossier.may_edit = not dossier._origin or (
                dossier.status not in CLOSED
                and dossier._is_any_actor(("desk", "holder"))
            )

    @api.depends("step_id", "form_values")
    def _compute_ways(self):
        for dossier in self:
            kinds = dossier._open_ways().mapped("kind")
            dossier.can_pass_on = "forward" in kinds
            dossier.can_send_back = "return" in kinds

    @api.depends("fee_ids.amount", "fee_ids.paid_on")
    def _compute_fee_due(self):
        for dossier in self:
            dossier.fee_due = sum(dossier.fee_ids._open().mapped("amount"))

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        users = self._users_acted_for()
        for dossier in self:
            dossier.is_mine = dossier.user_id in users

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("user_id", "in", self._users_acted_for().ids)]

    def _users_acted_for(self):
        return self.env.user | self.env.user._motcua_memberships().user_id

    @api.depends("task_agency_id")
    @api.depends_context("uid")
    def _compute_at_my_unit(self):
        units = self.env.user._motcua_memberships().agency_id
        for dossier in self:
            place = dossier.task_agency_id.sudo()
            dossier.at_my_unit = place and any(
                unit._is_related(place) for unit in units
            )

    def _search_at_my_unit(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            Domain("task_agency_id.unit_id", "=", unit.unit_id.id)
            & (
                Domain("task_agency_id", "child_of", unit.id)
                | Domain("task_agency_id", "parent_of", unit.id)
            )
            for unit in self.env.user._motcua_memberships().agency_id
        )

    # ------------------------------------------------------------------
    # A new dossier, while it is typed
    # ------------------------------------------------------------------

    @api.onchange("procedure_id", "agency_id")
    def _onchange_procedure_id(self):
        """Show the form of the version that ``create`` is going to choose."""
        if not self.procedure_id or not self.agency_id:
            self.version_id = False
            return
        today = fields.Date.context_today(self)
        _offering, version = self._resolve(
            self.procedure_id.id, self.agency_id.id, today
        )
        if self.version_id == version:
            return
        self.version_id = version
        self.sets = version.sets
        # Answers of another form make no sense here. The empty ones are spelt out,
        # because Odoo sends a form to the browser only when its values have changed.
        self.form_values = {
            field["name"]: False for field in version.form_definition or []
        }
        if self.case_id.version_id != version:
            self.case_id = False

    @api.onchange("version_id", "case_id", "channel")
    def _onchange_papers(self):
        """List the papers wanted; what was entered for papers still wanted stays."""
        wanted = self._component_values() if self.version_id else []
        wanted_ids = [values["component_id"] for values in wanted]
        rows = self.component_ids.filtered(
            lambda row: not row.component_id or row.component_id.id in wanted_ids
        )
        listed_ids = rows.component_id.ids
        for values in wanted:
            if values["component_id"] not in listed_ids:
                rows += rows.new(values)
        self.component_ids = rows

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    @takes()
    def action_take(self):
        """Take the current task from the queue oneself."""
        return self.action_assign(self.env.uid)

    @takes()
    def action_open_verb(self):
        """Ask for what a verb needs, then call it: the verb is named by the context."""
        Dialog = self.env["motcua.dossier.verb"]
        verb = self.env.context.get("verb")
        if verb not in Dialog._fields["verb"].get_values(self.env):
            raise UserError(self.env._("There is no such step: %s.", verb))
        return Dialog._open(verb, self)
