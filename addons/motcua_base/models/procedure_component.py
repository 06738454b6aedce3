from base64 import b64decode
from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.http import DEFAULT_MAX_CONTENT_LENGTH

from ..tools import upload
from .finding import problem, warning


class ProcedureComponent(models.Model):
    """A paper wanted by a procedure (thành phần hồ sơ)."""

    _name = "motcua.procedure.component"
    _description = "Wanted paper"
    _inherit = ["motcua.version.part"]
    _order = "version_id, sequence, id"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("paper", "Paper"),
            ("form", "Declaration form"),
            ("identity", "Identity paper"),
            ("note", "Note only"),
        ],
        required=True,
        default="paper",
        help="Notes are the explanatory lines that national records mix in; nothing is "
        "handed in for them. Identity papers open only to those handling the dossier.",
    )
    code = fields.Char(help="National code, for example 000.00.00.G15-KQ003208.")
    name = fields.Char(required=True)
    case_id = fields.Many2one(
        "motcua.procedure.case",
        ondelete="restrict",
        domain="[('version_id', '=', version_id)]",
        help="Empty: wanted in all cases.",
    )
    required = fields.Boolean(default=True)
    originals = fields.Integer()
    certified = fields.Integer("Certified copies")
    copies = fields.Integer("Plain copies")
    accepted_formats = fields.Char(
        default=lambda self: ",".join(self.env["motcua.file.rule"]._general()[0]),
        help="File kinds taken, separated by commas. Empty: those of the settings.",
    )
    max_megabytes = fields.Integer(
        "Largest file (MB)",
        default=lambda self: self.env["motcua.file.rule"]._general()[1],
    )
    template = fields.Binary("Form to download", attachment=True)
    template_name = fields.Char()
    note = fields.Char()
    database = fields.Char(
        "Connected database",
        help="Where its data stands already, for example “CSDL quốc gia về dân cư”. "
        "Such a paper is asked for only with a reason (Decree 309/2026, article 2).",
    )

    _counts_check = models.Constraint(
        "CHECK (originals >= 0 AND certified >= 0 AND copies >= 0)",
        "Numbers of papers cannot be negative.",
    )
    _size_check = models.Constraint(
        "CHECK (max_megabytes > 0)", "The largest file must have a size."
    )

    @api.constrains("accepted_formats")
    def _check_accepted_formats(self):
        for component in self:
            unknown = set(component._file_rule()[0]) - set(upload.KINDS)
            if unknown:
                raise ValidationError(
                    self.env._(
                        "“%(kinds)s” can never be taken. Possible are: %(possible)s.",
                        kinds=", ".join(sorted(unknown)),
                        possible=", ".join(upload.KINDS),
                    )
                )

    @api.constrains("template")
    def _check_template(self):
        """What citizens download is a document as well."""
        for component in self.with_context(bin_size=False).filtered("template"):
            self.env["motcua.file.rule"]._check(
                component.template_name or component.name,
                b64decode(component.template),
            )

    def _file_rule(self):
        """(endings of file names taken, largest size in MB) for this paper, else those
        of the settings."""
        kinds, megabytes = self.env["motcua.file.rule"]._general()
        own = (self.accepted_formats or "").lower().split(",")
        own = tuple(kind for ending in own if (kind := ending.strip()))
        return own or kinds, self.max_megabytes or megabytes

    @api.depends("name")
    def _compute_display_name(self):
        for component in self:
            component.display_name = shorten(component.name or "", 80, placeholder="…")

    def _findings(self):
        return [
            finding
            for component in self
            for check in (self._case_findings, self._size_findings, self._sum_findings)
            for finding in check(component)
        ]

    @api.model
    def _case_findings(self, component):
        case = component.case_id
        if case and case.version_id != component.version_id:
            yield problem(
                self.env._(
                    "the case of paper “%s” belongs to another version",
                    component.display_name,
                ),
                component,
                "case_id",
            )

    @api.model
    def _size_findings(self, component):
        parameters = self.env["ir.config_parameter"].sudo()
        limit = int(
            parameters.get_param("web.max_file_upload_size", DEFAULT_MAX_CONTENT_LENGTH)
        )
        limit //= 1024 * 1024
        if component.max_megabytes > limit:
            yield problem(
                self.env._(
                    "paper “%(paper)s” takes files of %(size)s MB, but the server "
                    "takes at most %(limit)s MB",
                    paper=component.display_name,
                    size=component.max_megabytes,
                    limit=limit,
                ),
                component,
                "max_megabytes",
            )

    @api.model
    def _sum_findings(self, component):
        counted = component.originals or component.certified or component.copies
        if component.required and component.kind != "note" and not counted:
            yield warning(
                self.env._(
                    "paper “%s” is required, but no number of originals or copies is "
                    "given",
                    component.display_name,
                ),
                component,
                "originals",
            )
