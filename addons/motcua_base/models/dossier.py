from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.tools import clean_context

from ..tools import identity
from ..tools.localtime import today_in_vietnam
from .field_files import Files
from .form_values import FormValues
from .procedure import CHANNELS
from .procedure_channel import TERM_UNITS
from .res_partner import PERSON_TYPES

# What a dossier copies from the contact of its applicant.
APPLICANT_COLUMNS = [
    "name",
    "phone",
    "email",
    "motcua_type",
    "motcua_id_number",
    "motcua_address",
]

# Codes and names of the national exchange (dichvucong.gov.vn), plus 0 for drafts.
STATUSES = [
    ("0", "Draft"),
    ("1", "Newly filed"),
    ("2", "Received"),
    ("3", "Not received"),
    ("4", "In progress"),
    ("5", "Waiting for supplement"),
    ("6", "Waiting for payment"),
    ("7", "Withdrawn"),
    ("8", "Stopped"),
    ("9", "Result ready"),
    ("10", "Result returned"),
]
WORKING = ("2", "4")
PAUSED = ("5", "6", "8")
OPEN = WORKING + PAUSED
CLOSED = ("3", "7", "9", "10")


class Dossier(models.Model):
    """A dossier (hồ sơ): one application for one procedure, from filing to return.

    This file holds what a dossier *is*. How it moves stands in ``dossier_flow.py``
    (the verbs), its term in ``dossier_clock.py``, who may do what in
    ``dossier_access.py``, its log in ``dossier_event.py``.
    """

    _name = "motcua.dossier"
    _description = "Dossier"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin", "motcua.draft"]
    _order = "date_due, id desc"
    _rec_name = "code"
    _rec_names_search = ["code", "external_code", "applicant_name"]

    # What is applied for, and where
    code = fields.Char(readonly=True, copy=False)
    register_code = fields.Char("Number in the register", readonly=True, copy=False)
    external_code = fields.Char(
        "Code in another system", copy=False, index="btree_not_null"
    )
    procedure_id = fields.Many2one(
        "motcua.procedure", required=True, index=True, ondelete="restrict"
    )
    version_id = fields.Many2one(
        "motcua.procedure.version",
        required=True,
        index=True,
        ondelete="restrict",
        copy=False,
    )
    case_id = fields.Many2one(
        "motcua.procedure.case",
        ondelete="restrict",
        copy=False,
        domain="[('version_id', '=', version_id)]",
    )
    ruleset_id = fields.Many2one(
        "motcua.ruleset", required=True, ondelete="restrict", copy=False
    )
    offering_id = fields.Many2one(
        "motcua.offering", required=True, ondelete="restrict", copy=False
    )
    agency_id = fields.Many2one(
        "motcua.agency",
        "Agency in charge",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('kind', '=', 'agency')]",
    )
    desk_id = fields.Many2one(
        "motcua.agency",
        "Received at",
        required=True,
        ondelete="restrict",
        help="The one-stop desk where the dossier came in and the result goes out.",
    )
    channel = fields.Selection(CHANNELS, required=True, default="counter")
    subject = fields.Char(
        compute="_compute_subject", store=True, readonly=False, precompute=True
    )
    sets = fields.Integer("Sets of papers", default=1)
    pages = fields.Integer("Pages a copy", default=1)
    copies = fields.Integer("Copies wanted", default=1)

    # Who applies: the owner of the dossier, and who brought it
    applicant_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict"
    )
    applicant_type = fields.Selection(
        PERSON_TYPES,
        compute="_compute_applicant",
        store=True,
        readonly=False,
        precompute=True,
    )
    applicant_name = fields.Char(
        compute="_compute_applicant",
        store=True,
        readonly=False,
        precompute=True,
    )
    applicant_id_number = fields.Char(
        "Applicant's ID number",
        compute="_compute_applicant",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
    )
    applicant_id_masked = fields.Char(
        "ID number", compute="_compute_applicant_id_masked"
    )
    applicant_phone = fields.Char(
        compute="_compute_applicant",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
    )
    applicant_email = fields.Char(
        compute="_compute_applicant", store=True, readonly=False, precompute=True
    )
    applicant_address = fields.Char(
        compute="_compute_applicant", store=True, readonly=False, precompute=True
    )
    submitter_id = fields.Many2one(
        "res.partner",
        "Authorised person",
        index="btree_not_null",
        ondelete="restrict",
        help="Who files for the applicant; empty when the applicant files in person.",
    )
    submitter_name = fields.Char("Filed by")
    submitter_id_number = fields.Char("ID number of who files", index="btree_not_null")
    submitter_phone = fields.Char("Phone of who files", index="btree_not_null")

    # Where it stands
    status = fields.Selection(
        STATUSES, required=True, default="0", readonly=True, copy=False
    )
    workflow_id = fields.Many2one(
        "motcua.workflow", readonly=True, copy=False, ondelete="restrict"
    )
    step_id = fields.Many2one(
        "motcua.workflow.step", readonly=True, copy=False, ondelete="restrict"
    )
    stage_id = fields.Many2one(
        "motcua.stage",
        compute="_compute_stage_id",
        store=True,
        precompute=True,
        readonly=False,  # dragging a card writes it, and that calls a verb
        group_expand="_group_expand_stages",
        copy=False,
    )
    user_id = fields.Many2one(
        "res.users", "Officer in charge", readonly=True, copy=False
    )
    task_agency_id = fields.Many2one(
        "motcua.agency", "Now at", readonly=True, copy=False, index="btree_not_null"
    )
    task_ids = fields.One2many("motcua.dossier.task", "dossier_id", "Hand-overs")
    involved_agency_ids = fields.Many2many(
        "motcua.agency",
        "motcua_dossier_involved_rel",
        "dossier_id",
        "agency_id",
        "Other agencies involved",
        readonly=True,
        copy=False,
        help="Public bodies outside the one in charge that had a task on the dossier, "
        "and may therefore see it.",
    )
    task_id = fields.Many2one(
        "motcua.dossier.task", "Current task", readonly=True, copy=False
    )

    # When
    date_submitted = fields.Datetime("Filed on", readonly=True, copy=False)
    date_received = fields.Datetime("Received on", readonly=True, copy=False)
    date_due = fields.Datetime("Due on", readonly=True, copy=False)
    date_due_original = fields.Datetime("First due on", readonly=True, copy=False)
    date_done = fields.Datetime("Done on", readonly=True, copy=False)
    date_returned = fields.Datetime("Returned on", readonly=True, copy=False)
    date_intake_due = fields.Datetime("Answer to filing due", readonly=True, copy=False)
    term_quantity = fields.Float("Term", readonly=True, copy=False, digits=(6, 2))
    term_unit = fields.Selection(TERM_UNITS, readonly=True, copy=False)
    pause_ids = fields.One2many("motcua.dossier.pause", "dossier_id", "Pauses")
    outgoing_ids = fields.One2many("motcua.outgoing", "dossier_id", "Outgoing forms")
    extension_ids = fields.One2many(
        "motcua.dossier.extension", "dossier_id", "Extensions"
    )

    # What it contains, and what comes out
    component_ids = fields.One2many("motcua.dossier.component", "dossier_id", "Papers")
    form_values = FormValues("Form", definition="version_id.form_definition", copy=True)
    row_ids = fields.One2many(
        "motcua.dossier.row", "dossier_id", "Rows of repeating sections"
    )
    fee_ids = fields.One2many("motcua.dossier.fee", "dossier_id", "Fees")
    fee_total = fields.Integer("Fees in all (đ)", compute="_compute_fee_total")
    result = fields.Selection(
        [
            ("granted", "Granted"),
            ("refused", "Refused"),
            ("closed", "Closed without a decision"),
        ],
        readonly=True,
        copy=False,
    )
    result_number = fields.Char(readonly=True, copy=False)
    result_date = fields.Date(readonly=True, copy=False)
    result_attachment_ids = Files("Result files", readonly=True, copy=False)
    refusal_reason = fields.Text(readonly=True, copy=False)
    return_channel = fields.Selection(
        CHANNELS, "Result wanted", default="counter", copy=False
    )
    receiver_name = fields.Char("Result received by", readonly=True, copy=False)

    # The log
    event_ids = fields.One2many("motcua.dossier.event", "dossier_id", "Log")
    event_count = fields.Integer(readonly=True, copy=False, default=0)
    event_hash = fields.Char(readonly=True, copy=False)
    event_date = fields.Datetime("Last event", readonly=True, copy=False)

    _code_uniq = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL", "This dossier code is in use already."
    )
    _register_uniq = models.UniqueIndex(
        "(register_code) WHERE register_code IS NOT NULL",
        "This register number is in use already.",
    )
    _counts_check = models.Constraint(
        "CHECK (sets > 0 AND pages > 0 AND copies > 0)",
        "Sets, pages and copies are at least one.",
    )
    # The first page of any list, in the order of all lists.
    _order_idx = models.Index("(date_due, id DESC)")
    # History must cost the board and the lists nothing: what officers look at is open,
    # and closed dossiers were due first. Status, stage and officer have no other index,
    # since each step of a dossier would have to renew it.
    _open_order_idx = models.Index(
        "(date_due, id DESC) WHERE status IN ('0', '1', '2', '4', '5', '6', '8', '9')"
    )
    _open_stage_idx = models.Index(
        "(stage_id, date_due) WHERE status IN ('0', '1', '2', '4', '5', '6', '8', '9')"
    )
    _open_user_idx = models.Index(
        "(user_id, date_due) WHERE status IN ('0', '1', '2', '4', '5', '6', '8', '9')"
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("applicant_id")
    def _compute_applicant(self):
        # Of the many columns of a contact only these.
        self.applicant_id.sudo().fetch(APPLICANT_COLUMNS)
        for dossier in self:
            dossier.update(self._applicant_columns(dossier.applicant_id))

    @api.depends("applicant_id_number")
    def _compute_applicant_id_masked(self):
        for dossier in self:
            number = dossier.applicant_id_number
            dossier.applicant_id_masked = identity.mask(number) if number else False

    @api.depends("procedure_id")
    def _compute_subject(self):
        for dossier in self:
            _code, dossier.subject = dossier.procedure_id._get_code_and_name()

    @api.depends("status", "step_id")
    def _compute_stage_id(self):
        stages = self.env["motcua.stage"]._ids_by_kind()
        for dossier in self:
            if dossier.status in ("0", "1"):
                dossier.stage_id = stages.get("new")
            elif dossier.status == "9":
                dossier.stage_id = stages.get("ready")
            elif dossier.status in CLOSED:
                dossier.stage_id = stages.get("closed")
            else:
                step = dossier.step_id
                dossier.stage_id = step and step._get_outline().stage_id

    @api.depends("fee_ids.amount")
    def _compute_fee_total(self):
        for dossier in self:
            dossier.fee_total = sum(dossier.fee_ids.mapped("amount"))

    @api.depends("code", "procedure_id.name", "applicant_name")
    def _compute_display_name(self):
        """The code; before there is one, whose it is and what for, so that it can be
        named in a sentence as well."""
        for dossier in self:
            dossier.display_name = dossier.code or self.env._(
                "“%(procedure)s” of %(applicant)s",
                # Citizens read no catalogue over RPC, and their own dossiers.
                procedure=dossier.sudo().procedure_id.name or "…",
                applicant=dossier.applicant_name or "…",
            )

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for dossier in self:
            dossier.access_url = f"/my/ho-so/{dossier.id}"
        return result

    @api.model
    def _group_expand_stages(self, stages, domain):
        return stages.search([])  # pylint: disable=no-search-all

    # ------------------------------------------------------------------
    # Creation and deletion
    # ------------------------------------------------------------------

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        wanted = {"desk_id", "agency_id"}.intersection(fields_list)
        desk = wanted and self.env.user._motcua_default_desk()
        if desk:
            if "desk_id" in wanted:
                values.setdefault("desk_id", desk.id)
            if "agency_id" in wanted:
                values.setdefault("agency_id", desk.unit_id.id)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """Procedure, agency, applicant and channel are enough: version, offering, rule
        set and the list of papers follow by themselves.

        Raises UserError when the procedure is not in force or not offered there.
        """
        self.check_access("create")
        self._check_writable(vals_list)
        self._check_people(vals_list)
        vals_list = self._complete_values(vals_list)
        # Defaults from the caller's context must not fill protected columns, and the
        # log of a dossier is its events.
        context = dict(clean_context(self.env.context), tracking_disable=True)
        dossiers = (
            super(
                Dossier,
                self.with_context(context),  # pylint: disable=context-overridden
            )
            .create(vals_list)
            .with_env(self.env)
        )
        dossiers._create_components()
        return dossiers

    @api.model
    def _complete_values(self, vals_list):
        """Fill in what follows from procedure, agency and channel."""
        today = today_in_vietnam()
        vals_list = [self._normal_people(vals) for vals in vals_list]
        desk = self.env.user._motcua_default_desk()
        ruleset = self.env["motcua.ruleset"]._get_at(today)
        completed = []
        for vals in vals_list:
            vals = dict(vals)
            if not vals.get("agency_id"):
                vals["agency_id"] = desk.unit_id.id
            vals.pop("stage_id", None)  # follows from the status
            offering, version = self._resolve(
                vals.get("procedure_id"), vals["agency_id"], today
            )
            # An import may name the version of its time; officers work by today's law.
            if not (self.env.su and vals.get("version_id")):
                vals["version_id"] = version.id
            self._check_form_names(vals.get("form_values"), version)
            vals = self._with_normal_answers(vals, version)
            vals = self._with_parts(vals, version)
            vals["offering_id"] = offering.id
            vals.setdefault("ruleset_id", ruleset.id)
            vals.setdefault("desk_id", (desk or offering._default_desk()).id)
            vals.setdefault("sets", version._get_outline().sets)
            completed.append(vals)
        self._complete_applicants(completed)
        self._complete_computed(completed)
        return completed

    @api.model
    def _complete_computed(self, vals_list):
        """Fill in what Odoo would else compute before each INSERT, on a record that it
        builds for nothing but that."""
        stage_id = self.env["motcua.stage"]._ids_by_kind().get("new")
        for vals in vals_list:
            procedure = self.env["motcua.procedure"].browse(vals["procedure_id"])
            vals.setdefault("subject", procedure._get_code_and_name()[1])
            if vals.get("status", "0") == "0":
                vals["stage_id"] = stage_id

    @api.model
    def _resolve(self, procedure_id, agency_id, day):
        """The offering and the version for dossiers of this procedure at this agency;
        UserError when there are none on ``day``."""
        offering_id, version_id = self._resolve_ids(procedure_id, agency_id, day)
        return (
            self.env["motcua.offering"].sudo().browse(offering_id),
            self.env["motcua.procedure.version"].sudo().browse(version_id),
        )

    @api.model
    @tools.ormcache("procedure_id", "agency_id", "day")
    def _resolve_ids(self, procedure_id, agency_id, day):
        procedure = self.env["motcua.procedure"].sudo().browse(procedure_id or [])
        agency = self.env["motcua.agency"].sudo().browse(agency_id or [])
        if not procedure.exists():
            raise UserError(self.env._("Choose the procedure first."))
        if not agency.exists():
            raise UserError(self.env._("Choose the agency in charge first."))
        if not procedure.active:
            raise UserError(
                self.env._(
                    "Procedure %(name)s is no longer in force.",
                    name=procedure.display_name,
                )
            )
        agency._check_valid(day)
        offering = self.env["motcua.offering"]._require(agency, procedure)
        return offering.id, procedure._require_version(day).id

    def _create_components(self):
        """The list of papers of new dossiers that came without one."""
        rows = [
            {"dossier_id": dossier.id, **values}
            for dossier in self.sudo()
            if all(paper.field_name for paper in dossier.component_ids)
            for values in dossier._component_values()
        ]
        self.env["motcua.dossier.component"].sudo().create(rows)

    def _component_values(self):
        """Values of one row a wanted paper. Where paper comes over the counter, what
        must be there is ticked already; what only some cases need is not."""
        self.ensure_one()
        on_paper = self.channel != "online"
        rows = []
        for paper in self.version_id._get_papers(self.case_id):
            if paper.kind == "note":
                continue
            ticked = on_paper and paper.required
            rows.append(
                {
                    "component_id": paper.id,
                    "sequence": paper.sequence,
                    "name": paper.name,
                    "originals": paper.originals * ticked,
                    "certified": paper.certified * ticked,
                    "copies": paper.copies * ticked,
                }
            )
        return rows

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(dossier.status != "0" for dossier in self):
            raise UserError(
                self.env._(
                    "Only drafts can be deleted: what was filed stays on record."
                )
            )
        if not self.env.su:
            self._check_editable()

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    @api.constrains("applicant_id_number", "applicant_type", "submitter_id_number")
    def _check_id_numbers(self):
        for dossier in self:
            numbers = [(dossier.submitter_id_number, "1")]
            numbers.append((dossier.applicant_id_number, dossier.applicant_type))
            for number, person_type in numbers:
                if number:
                    self._check_id_number(number, person_type)

    @api.model
    def _check_id_number(self, number, person_type):
        Partner = self.env["res.partner"]
        Partner._motcua_convert(Partner._motcua_number_kind(person_type), number)

    @api.constrains("case_id", "version_id")
    def _check_case(self):
        for dossier in self:
            if dossier.case_id and dossier.case_id.version_id != dossier.version_id:
                raise ValidationError(
                    self.env._("This case belongs to another version of the procedure.")
                )

    @api.constrains("version_id", "procedure_id")
    def _check_version(self):
        for dossier in self:
            version = dossier.version_id._get_outline()
            if version.procedure_id != dossier.procedure_id.id or version.is_draft:
                raise ValidationError(
                    self.env._("This version does not belong to the procedure chosen.")
                )
