from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..api import takes
from ..tools import text
from ..tools.arguments import Flag, Id, Text
from ..tools.localtime import today_in_vietnam
from .membership import ROLE_RANK

# Procedures on buttons: those with a key of their own (Alt+1 to Alt+9).
SHORTCUTS = 9
FOUND = 8


class Desk(models.AbstractModel):
    """What the intake screen asks of the server.

    Every public method first checks that the user works, as post officer or above, at
    the desk named. This file knows desks and finds procedures; ``desk_person.py`` finds
    people, ``desk_procedure.py`` says what a procedure wants, ``desk_intake.py``
    receives.
    """

    _name = "motcua.desk"
    _description = "One-stop desk: what the intake screen asks"

    @api.model
    @takes(desk_id=Id())
    def load(self, desk_id=None):
        """What the screen shows before anybody has come.

        :param desk_id: the desk used last in this browser, if any
        """
        desks = self._my_desks()
        if not desks:
            raise AccessError(
                self.env._(
                    "You work at no one-stop desk today. Ask your administrator for a "
                    "staff assignment at the desk."
                )
            )
        desk = desks.filtered(lambda unit: unit.id == desk_id) or desks[:1]
        return {
            "desks": [{"id": unit.id, "name": unit.name} for unit in desks],
            "desk": {
                "id": desk.id,
                "name": desk.name,
                "channel": "post" if desk.in_post_office else "counter",
            },
            "shortcuts": self._shortcuts(desk),
        }

    @api.model
    @takes(desk_id=Id(), typed=Text())
    def find_procedures(self, desk_id, typed):
        """Procedures received at this desk that have every word of ``typed``, without
        regard to accents; the most used ones first. One that is received here for
        agencies elsewhere only has ``agency_id`` False: see ``find_agencies``."""
        desk = self._require_desk(desk_id)
        named = self.env["motcua.procedure"]._typed_domain(typed)
        Offering = self.env["motcua.offering"].sudo()
        offerings = Offering.search(
            self._offered_domain(desk) & Domain("procedure_id", "any", named)
        )
        usage = self._usage(desk)
        phrase = text.unaccent(" ".join((typed or "").split()))

        def rank(procedure):
            place = procedure.search_text.find(phrase)
            return (
                -usage.get(procedure.id, 0),
                # Words that stand together, in front, in a short name are meant.
                place if place >= 0 else len(procedure.search_text),
                len(procedure.search_text),
            )

        offerings = offerings.sorted(
            lambda offering: (
                *rank(offering.procedure_id),
                offering.agency_id != desk.unit_id,
            )
        )
        rows = self._procedure_rows(offerings[:FOUND], desk)
        # What the desk receives for its own comes first.
        elsewhere = self._received_anywhere(named) - offerings.procedure_id
        return rows + [
            self._procedure_row(procedure)
            for procedure in elsewhere.sorted(rank)[: FOUND - len(rows)]
        ]

    @api.model
    @takes(desk_id=Id(), procedure_id=Id(), typed=Text())
    def find_agencies(self, desk_id, procedure_id, typed):
        """Agencies for which this desk may receive a procedure that is received
        anywhere, by words of their names; the desk's own first.

        :return: list of dicts with ``id`` and ``name``
        """
        desk = self._require_desk(desk_id)
        procedure = self.env["motcua.procedure"].browse(procedure_id or []).exists()
        if procedure not in self._received_anywhere(Domain.TRUE):
            return []
        agencies = procedure.sudo().offering_ids.agency_id.filtered(
            lambda agency: not agency._ended_part(today_in_vietnam())
        )
        phrase = " ".join(text.unaccent(typed or "").split())

        def rank(agency):
            return (
                phrase not in text.unaccent(agency.name),
                agency != desk.unit_id,
                text.sort_key(agency.name),
            )

        found = agencies.filtered(
            lambda agency: all(
                word in text.unaccent(agency.name) for word in phrase.split()
            )
        ).sorted(rank)
        return [{"id": agency.id, "name": agency.name} for agency in found[:FOUND]]

    @api.model
    @takes(desk_id=Id(), procedure_id=Id("motcua.procedure"), favourite=Flag())
    def set_favourite(self, desk_id, procedure_id, favourite):
        """Put a procedure on, or take it off, the user's own buttons.

        :return: the buttons as they are now
        """
        desk = self._require_desk(desk_id)
        procedure = self.env["motcua.procedure"].browse(procedure_id).exists()
        # Users write nothing in their own account; this list is theirs alone.
        command = (4 if favourite else 3, procedure.id)
        if procedure:
            self.env.user.sudo().write({"motcua_favourite_ids": [command]})
        return self._shortcuts(desk)

    # ------------------------------------------------------------------

    @api.model
    def _my_desks(self):
        """Desks where the user may receive today, the usual one first."""
        memberships = self.env.user._motcua_memberships().filtered(
            lambda membership: ROLE_RANK[membership.role] > 0
        )
        Agency = self.env["motcua.agency"].sudo().with_context(active_test=True)
        usual = memberships and self.env.user._motcua_default_desk()
        below = Agency.search(
            [("id", "child_of", memberships.agency_id.ids), ("kind", "=", "desk")]
        )
        return Agency.concat(usual or Agency, below - (usual or Agency))

    @api.model
    def _require_desk(self, desk_id):
        desk = self.env["motcua.agency"].sudo().browse(desk_id or []).exists()
        if not desk or not self.env.user._motcua_has_role("post_officer", desk):
            raise AccessError(
                self.env._(
                    "You do not receive dossiers at this desk: %s.", desk.name or "?"
                )
            )
        return desk

    @api.model
    def _offered_domain(self, desk):
        """Offerings that come in at ``desk``: of its own public body, and of others
        that have their dossiers received there."""
        return (
            Domain("agency_id", "=", desk.unit_id.id) | Domain("desk_id", "=", desk.id)
        ) & Domain("procedure_id", "any", self._in_force_domain())

    @api.model
    def _in_force_domain(self):
        """Procedures that dossiers are received of today."""
        in_force = self.env["motcua.procedure.version"]._in_force_domain(
            today_in_vietnam()
        )
        return Domain("active", "=", True) & Domain("version_ids", "any", in_force)

    @api.model
    def _received_anywhere(self, named):
        """Procedures in the domain ``named`` that every desk receives for whatever
        agency is in charge (Decree 309/2026, article 7)."""
        return self.env["motcua.procedure"].search(
            Domain(named)
            & self._in_force_domain()
            & Domain("non_territorial", "=", True)
            & Domain("offering_ids", "!=", False)
        )

    @api.model
    def _require_offering(self, desk, procedure_id, agency_id):
        anywhere = Domain("procedure_id", "any", self._in_force_domain()) & Domain(
            "procedure_id.non_territorial", "=", True
        )
        offering = (
            self.env["motcua.offering"]
            .sudo()
            .search(
                (self._offered_domain(desk) | anywhere)
                & Domain("procedure_id", "=", procedure_id)
                & Domain("agency_id", "=", agency_id or desk.unit_id.id),
                limit=1,
            )
        )
        if not offering:
            procedure = self.env["motcua.procedure"].browse(procedure_id).exists()
            raise UserError(
                self.env._(
                    "Procedure %(procedure)s is not received at %(desk)s.",
                    procedure=procedure.display_name or "?",
                    desk=desk.name,
                )
            )
        return offering

    @api.model
    def _usage(self, desk):
        """How often each procedure (id) was received here in the last 30 days."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=30)
        groups = (
            self.env["motcua.dossier"]
            .sudo()
            ._read_group(
                [("desk_id", "=", desk.id), ("date_received", ">=", since)],
                ["procedure_id"],
                ["__count"],
            )
        )
        return {procedure.id: count for procedure, count in groups}

    @api.model
    def _shortcuts(self, desk):
        """Rows of the user's favourites, then of the desk's, filled up with what the
        desk receives most."""
        favourites = self.env.user.sudo().motcua_favourite_ids
        usual = self.env["motcua.favourite"]._of_desk(desk)
        usage = self._usage(desk)
        domain = self._offered_domain(desk) & Domain(
            "procedure_id", "in", [*favourites.ids, *usual.ids, *usage]
        )
        Offering = self.env["motcua.offering"].sudo()
        offerings = Offering.search(domain)
        if len(offerings) < SHORTCUTS:
            # A desk that has just opened: any are better than none.
            offerings |= Offering.search(self._offered_domain(desk), limit=SHORTCUTS)
        offerings = offerings.sorted(
            lambda offering: (
                offering.procedure_id not in favourites,
                offering.procedure_id not in usual,
                -usage.get(offering.procedure_id.id, 0),
                text.sort_key(offering.procedure_id.name),
            )
        )
        return self._procedure_rows(offerings[:SHORTCUTS], desk)

    @api.model
    def _procedure_rows(self, offerings, desk):
        return [
            {
                **self._procedure_row(offering.procedure_id),
                "agency_id": offering.agency_id.id,
                "agency": offering.agency_id != desk.unit_id
                and offering.agency_id.name,
            }
            for offering in offerings
        ]

    @api.model
    def _procedure_row(self, procedure):
        """What the screen shows of a procedure to choose; no agency is chosen yet."""
        return {
            "procedure_id": procedure.id,
            "agency_id": False,
            "code": procedure.code,
            "name": procedure.name,
            "agency": False,
            "favourite": procedure in self.env.user.sudo().motcua_favourite_ids,
        }
