from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import frozendict

from ..tools import stand_in
from ..tools.localtime import today_in_vietnam
from .membership import ROLE_RANK


class ResUsers(models.Model):
    """Who is away, who does the work meanwhile, and who may say so."""

    _inherit = "res.users"

    motcua_absence_ids = fields.One2many("motcua.absence", "user_id", "Absences")

    @api.model
    @tools.ormcache("today")
    def _motcua_stand_ins(self, today):
        """Ids of everybody away ``today`` -> id of who stands in."""
        absences = self.env["motcua.absence"]._in_force(today)
        return frozendict({a.user_id.id: a.stand_in_id.id for a in absences})

    def _motcua_is_away(self):
        self.ensure_one()
        return self.id in self._motcua_stand_ins(today_in_vietnam())

    def _motcua_acting(self):
        """Who does the work of this user today: the user, or who stands in. Nobody
        where the stand-ins are away as well."""
        if not self:
            return self
        stand_ins = self._motcua_stand_ins(today_in_vietnam())
        return self.browse(stand_in.present(self.id, stand_ins))

    def _motcua_stood_in_for(self):
        """Everybody away whose work falls to this user today."""
        self.ensure_one()
        stand_ins = self._motcua_stand_ins(today_in_vietnam())
        return self.browse(stand_in.acted_for(self.id, stand_ins))

    def _motcua_colleagues(self):
        """Officers of the public bodies where this user works, without the user."""
        Membership = self.env["motcua.membership"].sudo()
        in_force = Membership._in_force(today_in_vietnam())
        own = Membership.search(in_force & Domain("user_id", "in", self.ids))
        around = Membership.search(
            in_force
            & Domain("role", "!=", "inspector")
            & Domain("agency_id.unit_id", "in", own.agency_id.unit_id.ids)
        )
        return around.user_id - self

    def _motcua_headed_ids(self):
        """Ids of those whose absence this user may enter: the user, and officers all of
        whose work the user heads as approver or leader.

        Not whom the user stands in for: nobody prolongs the rights lent to him.
        """
        self.ensure_one()
        Membership = self.env["motcua.membership"].sudo()
        bodies = self._motcua_memberships().agency_id.unit_id
        in_force = Membership._in_force(today_in_vietnam())
        officers = Membership.search(
            in_force & Domain("agency_id.unit_id", "in", bodies.ids)
        ).user_id
        lent = self._motcua_memberships().user_id
        headed = (officers - lent).filtered(
            lambda officer: all(
                self._motcua_has_role(
                    max(membership.role, "approver", key=ROLE_RANK.get),
                    membership.agency_id,
                )
                for membership in officer.motcua_membership_ids.filtered_domain(
                    in_force
                )
            )
        )
        return (self | headed).ids
