from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import LockError, UserError, ValidationError
from odoo.fields import Domain

from ..api import takes
from ..tools import form as form_tools

STATES = [
    ("draft", "Draft"),
    ("published", "Published"),
    ("superseded", "Superseded"),
]


class Outline(NamedTuple):
    """What every new dossier asks of its version: plain values, kept in memory."""

    procedure_id: int
    is_draft: bool
    sets: int


class Paper(NamedTuple):
    """A paper wanted, as plain values kept in memory; named as in the component."""

    id: int
    sequence: int
    kind: str
    name: str
    required: bool
    originals: int
    certified: int
    copies: int


class FormShape(NamedTuple):
    """What handling a dossier asks of its form, as plain values kept in memory."""

    labels: dict
    sections: frozenset
    files: frozenset
    parts: frozenset
    # Whether anything is computed, and which answers outside repeating sections are.
    computes: bool
    computed: frozenset
    # Stages (ids) that wait for what officers fill in, and whether anything does.
    gates: frozenset
    asks_officers: bool


class ProcedureVersion(models.Model):
    """Everything of a procedure that changes with the law: steps, papers, channels
    with terms and fees, e-form, workflow. Immutable once published; a dossier points
    at its version for life."""

    _name = "motcua.procedure.version"
    _description = "Procedure version"
    _inherit = ["motcua.configuration", "motcua.draft"]
    _order = "procedure_id, number desc"
    _rec_names_search = ["procedure_id.code", "procedure_id.name"]

    procedure_id = fields.Many2one(
        "motcua.procedure", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(required=True, default=1, copy=False)
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False, index=True
    )
    date_from = fields.Date(
        "In force from", required=True, default=fields.Date.context_today, copy=False
    )
    date_to = fields.Date("In force to", copy=False)
    decision = fields.Char("Published by decision")
    legal_basis = fields.Text()
    instructions = fields.Text("How to proceed")
    requirements = fields.Text("Requirements and conditions")
    sets = fields.Integer("Sets of papers", default=1)
    workflow_id = fields.Many2one("motcua.workflow", ondelete="restrict")
    case_ids = fields.One2many(
        "motcua.procedure.case", "version_id", "Cases", copy=False
    )
    channel_ids = fields.One2many(
        "motcua.procedure.channel", "version_id", "Channels, terms and fees", copy=False
    )
    component_ids = fields.One2many(
        "motcua.procedure.component", "version_id", "Papers", copy=False
    )
    field_ids = fields.One2many(
        "motcua.form.field", "version_id", "E-form fields", copy=True
    )
    template_ids = fields.One2many(
        "motcua.document.template", "version_id", "Documents", copy=True
    )
    form_definition = fields.PropertiesDefinition(copy=False)
    form_spec = fields.Json(
        prefetch=False,
        readonly=True,
        copy=False,
        help="The form as validated: the fields compiled at publication.",
    )
    dossier_count = fields.Integer(compute="_compute_dossier_count")

    _number_uniq = models.Constraint(
        "UNIQUE (procedure_id, number)", "A procedure has each version number once."
    )
    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A version cannot end before it begins.",
    )
    _published_uniq = models.UniqueIndex(
        "(procedure_id) WHERE state = 'published'",
        "Another version of this procedure was published at the same moment. Open the "
        "draft again and look at the dates.",
    )
    _sets_check = models.Constraint(
        "CHECK (sets > 0)", "At least one set of papers is handed in."
    )

    @api.depends("procedure_id.code", "number", "date_from")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(code)s, version %(number)s",
                code=version.procedure_id.code or "",
                number=version.number,
            )

    def _compute_dossier_count(self):
        counts = dict(
            self.env["motcua.dossier"]._read_group(
                [("version_id", "in", self.ids)], ["version_id"], ["__count"]
            )
        )
        for version in self:
            version.dossier_count = counts.get(version, 0)

    def write(self, vals):
        if not self.env.su and vals.keys() & {"state", "form_definition", "form_spec"}:
            raise UserError(
                self.env._(
                    "A version is published with its own button, not by writing."
                )
            )
        if not self.env.su and "date_to" in vals:
            self._check_not_superseded()
        # Only the end of validity may change afterwards, by publication of the next.
        if vals.keys() - {"state", "date_to"}:
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self._check_draft()

    @api.model
    def _in_force_domain(self, day):
        return (
            Domain("state", "!=", "draft")
            & Domain("date_from", "<=", day)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        )

    def _check_draft(self):
        """Raise UserError unless all versions are drafts."""
        for version in self:
            if version.state != "draft":
                raise UserError(
                    self.env._(
                        "%(version)s is published and can no longer be changed. Create "
                        "a new version instead.",
                        version=version.display_name,
                    )
                )

    def _check_not_superseded(self):
        """Raise UserError for versions that ended because of the one after them."""
        for version in self:
            if version.state == "superseded":
                raise UserError(
                    self.env._(
                        "%(version)s ended when the next version was published: that "
                        "day cannot be changed.",
                        version=version.display_name,
                    )
                )

    def _touch_draft(self):
        """A part has changed, and thereby the version: writing its row as well makes
        the database refuse to publish it as it was before."""
        self._check_draft()
        self.sudo().write({})

    # ------------------------------------------------------------------
    # Publication
    # ------------------------------------------------------------------

    @takes()
    def action_publish(self):
        """Check the drafts, compile their forms, put them in force and end the
        versions before them. Raises ValidationError with every problem found."""
        self.check_access("write")
        self._lock_drafts()
        for version in self:
            problems = [
                finding.sentence for finding in version._findings() if finding.blocks
            ]
            if problems:
                raise ValidationError(
                    self.env._("This version cannot be published yet:")
                    + "\n- "
                    + "\n- ".join(problems)
                )
            version._end_earlier()
            spec = version.field_ids._to_spec()
            # The checks above have passed; these columns belong to this verb.
            version.sudo().write(
                {
                    "form_spec": spec,
                    "form_definition": form_tools.compile_properties(spec),
                }
            )
            version.sudo().write({"state": "published"})
        return True

    def _lock_drafts(self):
        """Keep everybody else from publishing or editing these drafts meanwhile.

        :raises UserError: somebody is doing so, or has published one of them
        """
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            raise UserError(
                self.env._(
                    "Somebody else is saving or publishing this version at this very "
                    "moment. Nothing was changed; try again in a few seconds."
                )
            ) from None
        self._check_draft()

    def _end_earlier(self):
        """The version published before ends the day before this one begins, unless it
        ends earlier anyway."""
        earlier = (self.procedure_id.version_ids - self).filtered(
            lambda other: other.state == "published"
        )
        day_before = fields.Date.subtract(self.date_from, days=1)
        for other in earlier.sudo():
            end = min(other.date_to or day_before, day_before)
            other.write({"state": "superseded", "date_to": end})
        # Only one may be published: the database is to see this one end first.
        earlier.flush_recordset()

    @takes()
    def action_new_version(self):
        """Copy this version into the next draft and open it."""
        self.ensure_one()
        self.env["motcua.procedure.version"].check_access("create")
        draft = self._copy_to_draft()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "view_mode": "form",
        }

    def _copy_to_draft(self):
        self.ensure_one()
        number = max(self.procedure_id.version_ids.mapped("number")) + 1
        draft = self.copy({"number": number})
        # Papers and channels name cases of the same version: copy the cases first.
        cases = {case: case.copy({"version_id": draft.id}) for case in self.case_ids}
        copies = {}
        for part in [*self.channel_ids, *self.component_ids]:
            case = cases.get(part.case_id)
            copies[part] = part.copy(
                {"version_id": draft.id, "case_id": case.id if case else False}
            )
        for rule in self.exemption_ids:
            paper = copies.get(rule.component_id)
            rule.copy(
                {"version_id": draft.id, "component_id": paper.id if paper else False}
            )
        return draft

    # ------------------------------------------------------------------
    # Questions that dossiers ask
    # ------------------------------------------------------------------

    def _get_channel(self, channel, case):
        """The row with term and fees for ``channel`` and ``case``; the row without a
        case serves all cases. Raises UserError when the channel is not served."""
        self.ensure_one()
        row_id = self._channel_id(channel, case.id)
        if not row_id and not case and self._way_ids(channel):
            raise UserError(
                self.env._(
                    "Procedure %s has a term for certain cases only: choose the case.",
                    self.procedure_id.display_name,
                )
            )
        if not row_id:
            labels = dict(
                self.env["motcua.dossier"]
                ._fields["channel"]
                ._description_selection(self.env)
            )
            raise UserError(
                self.env._(
                    "Procedure %(name)s is not served through this channel: "
                    "%(channel)s.",
                    name=self.procedure_id.display_name,
                    channel=labels[channel],
                )
            )
        return self.env["motcua.procedure.channel"].browse(row_id)

    @tools.ormcache("self.id")
    def _get_outline(self):
        version = self.sudo()
        return Outline(version.procedure_id.id, version.state == "draft", version.sets)

    @tools.ormcache("self.id")
    def _get_form_spec(self):
        """The published form, to be read only: each look at the JSON field itself would
        copy it whole."""
        return self.sudo().form_spec or []

    @tools.ormcache("self.id")
    def _get_form_shape(self):
        spec = self._get_form_spec()
        fields = [*spec, *(c for field in spec for c in field.get("columns") or ())]
        sections, files, computed = (
            frozenset(field["name"] for field in spec if field["type"] == kind)
            for kind in ("repeat", "file", "computed")
        )
        return FormShape(
            labels={field["name"]: field["label"] for field in spec},
            sections=sections,
            files=files,
            parts=sections | files,
            computes=any(field["type"] == "computed" for field in fields),
            computed=computed,
            gates=frozenset(filter(None, (f.get("before_stage") for f in spec))),
            asks_officers=any(
                field.get("filled_by") == "officer"
                and any(map(field.get, ("before_stage", "required", "required_if")))
                for field in spec
            ),
        )

    @tools.ormcache("self.id", "channel", "case_id")
    def _channel_id(self, channel, case_id):
        rows = self.sudo().channel_ids.filtered(lambda row: row.channel == channel)
        return (
            rows.filtered(lambda row: row.case_id.id == case_id)[:1].id
            or rows.filtered(lambda row: not row.case_id)[:1].id
        )

    @tools.ormcache("self.id", "channel")
    def _way_ids(self, channel):
        """The ways of filing through ``channel``: ids of cases, in order. False stands
        first, for the ordinary case, where a row without a case gives its term; that
        row then serves all cases that have none of their own."""
        version = self.sudo()
        rows = version.channel_ids.filtered(lambda row: row.channel == channel)
        if all(row.case_id for row in rows):
            return tuple((version.case_ids & rows.case_id).ids)
        return (False, *version.case_ids.ids)

    def _get_papers(self, case):
        """The papers wanted for ``case``: those of the case and those of all cases."""
        self.ensure_one()
        return self._papers(case.id)

    @tools.ormcache("self.id", "case_id")
    def _papers(self, case_id):
        wanted = self.sudo().component_ids.filtered(
            lambda component: component.case_id.id in (False, case_id)
        )
        return tuple(
            Paper(*(component[name] for name in Paper._fields)) for component in wanted
        )


class VersionPart(models.AbstractModel):
    """Rows that belong to a version and freeze with it."""

    _name = "motcua.version.part"
    _description = "Part of a procedure version"
    _inherit = ["motcua.configuration"]

    version_id = fields.Many2one(
        "motcua.procedure.version", required=True, index=True, ondelete="cascade"
    )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.version_id._touch_draft()
        return parts

    def write(self, vals):
        self.version_id._check_draft()
        res = super().write(vals)
        self.version_id._touch_draft()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self.version_id._touch_draft()

    def _findings(self):
        """What is wrong or doubtful with these parts of one version (maybe none), as a
        list of ``Finding``."""
        return []
