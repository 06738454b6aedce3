from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..tools import code as code_tools

KINDS = [
    ("agency", "Agency"),
    ("department", "Department"),
    ("desk", "One-stop desk"),
]
TIERS = [
    ("ministry", "Ministry"),
    ("province", "Province"),
    ("district", "District (until 30/06/2025)"),
    ("commune", "Commune"),
]


class Agency(models.Model):
    """A public body, one of its departments, or a one-stop desk.

    The tree mixes all three; ``unit_id`` is the public body that a department or
    desk belongs to. Units come and go by law, hence validity dates and successors.
    """

    _name = "motcua.agency"
    _description = "Agency"
    _inherit = ["motcua.configuration", "motcua.vietnamese.order"]
    _parent_store = True
    _order = "sequence, name, id"
    _rec_names_search = ["name", "identifier"]

    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True, default="agency", index=True)
    tier = fields.Selection(TIERS, required=True, default="commune")
    identifier = fields.Char(
        index="btree_not_null",
        help="Identifier under Decision 20/2020/QĐ-TTg, for example H47.17.29. "
        "It starts the dossier codes of this agency.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        "motcua.agency", "Belongs to", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("motcua.agency", "parent_id", "Units below")
    full_name = fields.Char(
        compute="_compute_full_name",
        recursive=True,
        help="The name with those of the units above.",
    )
    unit_id = fields.Many2one(
        "motcua.agency",
        "Public body",
        compute="_compute_unit_id",
        recursive=True,
        store=True,
        index=True,
        help="The agency itself, or the agency that the department or desk is part of.",
    )
    date_from = fields.Date("Valid from")
    date_to = fields.Date("Valid to")
    successor_id = fields.Many2one("motcua.agency", ondelete="restrict")
    predecessor_ids = fields.One2many("motcua.agency", "successor_id", "Predecessors")
    resource_calendar_id = fields.Many2one(
        "resource.calendar",
        "Working calendar",
        help="Empty: the calendar of the unit above applies.",
    )
    place_name = fields.Char(
        "Place name in documents",
        translate=False,
        help="Stands before the date of documents, for example “Khe Sanh”.",
    )
    province_code = fields.Char()
    commune_code = fields.Char()
    address = fields.Char()
    hotline = fields.Char()
    email = fields.Char()
    website = fields.Char()
    opening_hours = fields.Char()
    in_post_office = fields.Boolean("Stands in a post office")
    membership_ids = fields.One2many("motcua.membership", "agency_id", "Staff")
    offering_ids = fields.One2many("motcua.offering", "agency_id", "Procedures offered")

    _identifier_uniq = models.UniqueIndex(
        "(identifier) WHERE identifier IS NOT NULL AND active",
        "Another agency has this identifier already.",
    )
    _validity_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "An agency cannot end before it begins.",
    )

    @api.depends("name", "parent_id.full_name")
    def _compute_full_name(self):
        for agency in self:
            names = (agency.parent_id.full_name, agency.name)
            agency.full_name = " / ".join(filter(None, names))

    @api.depends("kind", "parent_id.unit_id")
    def _compute_unit_id(self):
        for agency in self:
            if agency.kind == "agency" or not agency.parent_id:
                agency.unit_id = agency
            else:
                agency.unit_id = agency.parent_id.unit_id

    @api.constrains("identifier")
    def _check_identifier(self):
        for agency in self.filtered("identifier"):
            try:
                code_tools.check_identifier(agency.identifier)
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "“%(identifier)s” is not an agency identifier. It has groups "
                        "of capital letters and digits separated by dots, for example "
                        "H47.17.29.",
                        identifier=agency.identifier,
                    )
                ) from None

    @api.constrains("parent_id", "successor_id")
    def _check_tree(self):
        if self._has_cycle():
            raise ValidationError(self.env._("An agency cannot belong to itself."))
        if self._has_cycle("successor_id"):
            raise ValidationError(self.env._("An agency cannot succeed itself."))

    @api.model_create_multi
    def create(self, vals_list):
        agencies = super().create(vals_list)
        agencies.filtered("successor_id")._hand_over_offerings()
        return agencies

    def write(self, vals):
        res = super().write(vals)
        if vals.get("successor_id"):
            self._hand_over_offerings()
        return res

    def _hand_over_offerings(self):
        """The successor serves what its predecessors served, unless it does already.
        Departments and desks come along where they have successors there."""
        for agency in self:
            successor = agency.successor_id
            served = successor.with_context(active_test=False).offering_ids
            for offering in agency.offering_ids:
                if offering.procedure_id not in served.procedure_id:
                    served |= offering._copy_to(successor)

    def _get_calendar(self):
        """The working calendar that applies here: own, else of the unit above, else of
        the main company."""
        return self.env["resource.calendar"].browse(self._calendar_id())

    @tools.ormcache("self.id")
    def _calendar_id(self):
        self.ensure_one()
        agency = self.sudo()
        while agency and not agency.resource_calendar_id:
            agency = agency.parent_id
        owner = agency or self.env.ref("base.main_company").sudo()
        return owner.resource_calendar_id.id

    def _ended_part(self, day):
        """The unit itself, or the public body that it is part of, where that does not
        exist any more on ``day``; empty while both exist."""
        parts = self | self.unit_id
        return parts.filtered(lambda part: part.date_to and part.date_to < day)[:1]

    def _get_current(self, day):
        """Who does the work of these units on ``day``: they themselves, or, once they
        have ended, their successors. Without a successor a unit stays, and the check of
        a version says so."""
        return self.browse(dict.fromkeys(unit._current_id(day) for unit in self))

    @tools.ormcache("self.id", "day")
    def _current_id(self, day):
        unit = self.sudo()
        while ended := unit._ended_part(day):
            successor = unit.successor_id or ended.successor_id
            if not successor:
                break
            unit = successor
        return unit.id

    def _get_predecessors(self, day):
        """Units that have ended by ``day`` and whose work is done here."""
        found = level = self.sudo()
        while level := level.predecessor_ids.filtered(lambda a: a._ended_part(day)):
            found |= level
        return found - self.sudo()

    def _check_valid(self, day):
        """Raise UserError, naming the successor, when the agency does not exist on
        ``day``."""
        self.ensure_one()
        if self.date_from and day < self.date_from:
            raise UserError(
                self.env._(
                    "%(agency)s begins to work only on %(day)s.",
                    agency=self.name,
                    day=self.date_from.strftime("%d/%m/%Y"),
                )
            )
        if self.date_to and day > self.date_to:
            raise UserError(
                self.env._(
                    "%(agency)s ended on %(day)s. Its successor is: %(successor)s.",
                    agency=self.name,
                    day=self.date_to.strftime("%d/%m/%Y"),
                    successor=self.successor_id.name or self.env._("none"),
                )
            )

    @tools.ormcache("self.id")
    def _get_unit_id(self):
        """Id of the public body."""
        return self.sudo().unit_id.id

    def _get_superior(self):
        """The public body above this one, empty for the topmost."""
        return self.browse(self._superior_id())

    @tools.ormcache("self.id")
    def _superior_id(self):
        return self.sudo().unit_id.parent_id.unit_id.id

    @tools.ormcache("self.id")
    def _get_identifier(self):
        """The identifier that starts dossier codes: own, else of the public body."""
        self.ensure_one()
        return self.sudo().identifier or self.sudo().unit_id.identifier

    @api.model
    def _sample_identifier(self):
        """Some public body's identifier, for examples of codes."""
        sample = self.sudo().search(
            [("identifier", "!=", False), ("tier", "=", "commune")], limit=1
        )
        return sample.identifier or "H47.17"

    def _is_related(self, other):
        """Whether one of the two stands above the other inside one public body."""
        self.ensure_one()
        return self.unit_id == other.unit_id and (
            self.parent_path.startswith(other.parent_path)
            or other.parent_path.startswith(self.parent_path)
        )

    def _nearest(self, name):
        """Field ``name`` of this unit, else of the nearest one above that has it."""
        agency = self
        while agency and not agency[name]:
            agency = agency.parent_id
        return agency[name] if agency else False
