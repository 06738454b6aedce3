from contextlib import contextmanager

from odoo import fields, models, tools
from odoo.exceptions import AccessDenied
from odoo.fields import Domain
from odoo.http import request

from ..tools import stand_in
from ..tools.localtime import today_in_vietnam
from .membership import ROLE_RANK


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["res.users", "motcua.vietnamese.order"]

    motcua_membership_ids = fields.One2many(
        "motcua.membership", "user_id", "Staff assignments"
    )
    motcua_favourite_ids = fields.Many2many(
        "motcua.procedure",
        "motcua_favourite_procedure_rel",
        "user_id",
        "procedure_id",
        "Favourite procedures",
        help="On buttons in the intake screen.",
    )

    @contextmanager
    def _assert_can_auth(self, user=None):
        """In place of Odoo's, which stops everybody behind an address where one of them
        mistyped, and counts in each process for itself."""
        login = self.sudo().browse(user).login if isinstance(user, int) else user
        if not isinstance(login, str):  # over RPC, anything may come
            raise AccessDenied()
        # XML-RPC is answered without its request: only the account is known there.
        address = request.httprequest.remote_addr if request else "-"
        known = not request or self._motcua_worked_from(login, address)
        failures = self.env["motcua.login.failure"].sudo()
        with failures._counted(login, address, known):
            yield

    def _motcua_worked_from(self, login, address):
        """Whether somebody with this login has worked from this address in the last
        months: Odoo keeps the devices of its users."""
        devices = self.env["res.device.log"].sudo()
        mine = Domain("user_id.login", "=", login) & Domain("ip_address", "=", address)
        return bool(devices.search_count(mine, limit=1))

    def _motcua_memberships(self):
        """Memberships this user may act under today: own, and those stood in for."""
        self.ensure_one()
        Membership = self.env["motcua.membership"].sudo()
        return Membership.browse(self._motcua_membership_ids(today_in_vietnam()))

    @tools.ormcache("self.id", "today")
    def _motcua_membership_ids(self, today):
        # The answer is cached: the context of who asks first must not decide it.
        Membership = self.env["motcua.membership"].with_context(active_test=True).sudo()
        in_force = Membership._in_force(today)
        own = Membership.search(in_force & Domain("user_id", "=", self.id))
        absent_ids = stand_in.acted_for(self.id, self._motcua_stand_ins(today))
        if not absent_ids:
            return tuple(own.ids)
        # Standing in opens no public body where one does not work oneself.
        stood_in_for = Membership.search(
            in_force
            & Domain("user_id", "in", absent_ids)
            & Domain("agency_id.unit_id", "in", own.agency_id.unit_id.ids)
        )
        return tuple((own | stood_in_for).ids)

    def _motcua_scope_ids(self):
        """Ids of the agencies whose dossiers this user may see (record rules)."""
        self.ensure_one()
        return list(self._motcua_scope(today_in_vietnam()))

    @tools.ormcache("self.id", "today")
    def _motcua_scope(self, today):
        roots = self._motcua_memberships().scope_agency_id
        if not roots:
            return ()
        Agency = self.env["motcua.agency"].sudo().with_context(active_test=False)
        scope = Agency.search([("id", "child_of", roots.ids)])
        # What was begun by who came before is brought to its end here.
        former = scope._get_predecessors(today)
        return (scope | former.search([("id", "child_of", former.ids)]))._ids

    def _motcua_scope_domain(self):
        """Domain of the dossiers that this user may see as an officer: of the own
        public body, received at its desks, or with a task for it."""
        scope = self._motcua_scope_ids()
        return (
            Domain("agency_id", "in", scope)
            | Domain("desk_id", "in", scope)
            | Domain("involved_agency_ids", "in", scope)
        )

    def _motcua_stands_in_for(self, user):
        """Whether ``self`` acts for ``user`` today."""
        self.ensure_one()
        return user in self._motcua_memberships().user_id

    def _motcua_has_role(self, role, agency):
        """Whether this user may do the work of ``role`` at ``agency`` today.

        The agency may also stand above or below the user's own unit inside the same
        public body: a chairman covers departments, a department its commune's work.
        What an agency did that has ended, its successor does.
        """
        self.ensure_one()
        today = today_in_vietnam()
        return self._motcua_acts_as(role, agency.id, today)

    @tools.ormcache("self.id", "role", "agency_id", "today")
    def _motcua_acts_as(self, role, agency_id, today):
        agency = self.env["motcua.agency"].sudo().browse(agency_id)
        return self._motcua_memberships()._can_do(role, agency._get_current(today))

    def _motcua_default_desk(self):
        """The desk (or unit) where this user receives dossiers, if any."""
        self.ensure_one()
        desk_id = self._motcua_default_desk_id(today_in_vietnam())
        return self.env["motcua.agency"].sudo().browse(desk_id)

    @tools.ormcache("self.id", "today")
    def _motcua_default_desk_id(self, today):
        memberships = self._motcua_memberships().filtered(
            lambda m: ROLE_RANK[m.role] >= ROLE_RANK["post_officer"]
        )
        desks = memberships.agency_id.filtered(lambda agency: agency.kind == "desk")
        return (desks[:1] or memberships.agency_id[:1]).id
