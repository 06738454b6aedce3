from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..tools import code as code_tools

CHANNELS = [
    ("counter", "At the counter"),
    ("online", "Online"),
    ("post", "By post"),
]
SERVICE_LEVELS = [
    ("information", "Information only"),
    ("partial", "Partly online"),
    ("full", "Wholly online"),
]


class Procedure(models.Model):
    """An administrative procedure: what stays the same over all its versions."""

    _name = "motcua.procedure"
    _description = "Administrative procedure"
    _inherit = ["mail.thread", "motcua.configuration", "motcua.vietnamese.order"]
    _order = "code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(
        "National code", required=True, index="trigram", help="For example 1.001193."
    )
    full_code = fields.Char(
        "Local code", help="With the province, for example 1.003725.000.00.00.H50."
    )
    name = fields.Char(required=True, index="trigram")
    active = fields.Boolean(default=True)
    sector_id = fields.Many2one("motcua.sector", index=True, ondelete="restrict")
    at_province = fields.Boolean("Provincial tier")
    at_commune = fields.Boolean("Commune tier")
    non_territorial = fields.Boolean(
        "Received at every desk",
        help="Every one-stop desk receives it for the agency in charge, wherever that "
        "is: the procedure stands in the published list (Decree 309/2026, article 7).",
    )
    for_citizens = fields.Boolean("For citizens", default=True)
    for_businesses = fields.Boolean("For businesses and organisations")
    service_level = fields.Selection(SERVICE_LEVELS, required=True, default="partial")
    result_name = fields.Char("Result")
    result_code = fields.Char()
    term_note = fields.Char("Term as published")
    fee_note = fields.Char("Fee as published")
    source = fields.Char(help="Where the catalogue entry comes from.")
    version_ids = fields.One2many(
        "motcua.procedure.version", "procedure_id", "Versions"
    )
    version_id = fields.Many2one(
        "motcua.procedure.version",
        "Version in force",
        compute="_compute_version_id",
        search="_search_version_id",
        help="The published version that applies to dossiers received today.",
    )
    offering_ids = fields.One2many("motcua.offering", "procedure_id", "Offered by")

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "Another procedure has this national code already."
    )

    @api.depends("version_ids.state", "version_ids.date_from", "version_ids.date_to")
    def _compute_version_id(self):
        today = fields.Date.context_today(self)
        for procedure in self:
            procedure.version_id = procedure._get_version_at(today)

    def _search_version_id(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        today = fields.Date.context_today(self)
        in_force = self.env["motcua.procedure.version"]._in_force_domain(today)
        domain = [("version_ids", "any", in_force)]
        # Searching for "none" (False among the values) is the usual question here.
        if set(value) == {False}:
            return ["!", *domain] if operator == "in" else domain
        return NotImplemented

    @api.depends("code", "name")
    def _compute_display_name(self):
        for procedure in self:
            procedure.display_name = f"{procedure.code} - {procedure.name}"

    @api.constrains("code")
    def _check_code(self):
        for procedure in self:
            try:
                valid = code_tools.national_code(procedure.code) == procedure.code
            except ValueError:
                valid = False
            if not valid:
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is not a national procedure code, which looks "
                        "like 1.001193.",
                        code=procedure.code,
                    )
                )

    @tools.ormcache("self.id")
    def _get_code_and_name(self):
        procedure = self.sudo()
        return procedure.code, procedure.name

    def _get_version_at(self, day):
        """The version in force on ``day`` (maybe empty)."""
        self.ensure_one()
        versions = self.version_ids.filtered(
            lambda version: (
                version.state != "draft"
                and version.date_from <= day
                and (not version.date_to or version.date_to >= day)
            )
        )
        return versions.sorted("date_from", reverse=True)[:1]

    def _require_version(self, day):
        """Like ``_get_version_at``, but raises UserError when nothing is in force."""
        version = self._get_version_at(day)
        if not version:
            raise UserError(
                self.env._(
                    "Procedure %(name)s has no version in force on %(day)s: it is not "
                    "published yet, or has expired.",
                    name=self.display_name,
                    day=fields.Date.to_date(day).strftime("%d/%m/%Y"),
                )
            )
        return version
