from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..api import takes
from ..models.dossier import PAUSED
from ..models.dossier_fee import PAYMENT_METHODS
from ..models.dossier_task import DECISIONS
from ..models.field_files import Files
from ..models.membership import APPROVING
from ..models.procedure import CHANNELS
from ..models.procedure_fee import FEE_KINDS
from ..tools import text
from ..tools.arguments import Ids
from ..tools.localtime import today_in_vietnam

VERBS = [
    ("receive", "Receive"),
    ("forward", "Pass on"),
    ("send_back", "Send back"),
    ("assign", "Assign"),
    ("consult", "Ask for an opinion"),
    ("answer", "Give an opinion"),
    ("request_supplement", "Ask for a supplement"),
    ("supplement", "Take in the supplement"),
    ("mark_wrong", "Mark a file wrong"),
    ("request_payment", "Ask for payment"),
    ("change_fees", "Change the fees"),
    ("confirm_payment", "Confirm payment"),
    ("cancel_receipt", "Cancel a fee receipt"),
    ("extend", "Extend the term"),
    ("change_case", "Correct the case"),
    ("stop", "Stop handling"),
    ("withdraw", "Withdraw"),
    ("reject", "Refuse to receive"),
    ("request_completion", "Tell what is missing"),
    ("refuse", "Refuse the request"),
    ("close", "Close the dossier"),
    ("complete", "Enter the result"),
    ("draft_document", "Draft a document"),
    ("issue_document", "Sign a document"),
    ("revoke_document", "Revoke a document"),
    ("return", "Hand over the result"),
]
# These ask about the papers or the fees of one dossier.
ONE_AT_A_TIME = {
    "supplement",
    "request_completion",
    "mark_wrong",
    "request_supplement",
    "change_case",
    "complete",
    "draft_document",
    "issue_document",
    "revoke_document",
    "change_fees",
    "cancel_receipt",
}
# What the applicant is given in writing about it (ids of this module).
FORMS = {
    "request_completion": "action_report_supplement",
    "request_supplement": "action_report_supplement",
    "extend": "action_report_apology",
    "change_case": "action_report_receipt",
    "stop": "action_report_stop",
    "reject": "action_report_rejection",
    "refuse": "action_report_rejection",
    "close": "action_report_stop",
}
# With a document of its own a result is signed, numbered and handed in at once.
RESULTS = {"complete": "granted", "refuse": "refused"}


class DossierVerb(models.TransientModel):
    """Asks for what a verb needs, then calls it: the verb itself checks everything."""

    _name = "motcua.dossier.verb"
    _description = "Step of a dossier"

    verb = fields.Selection(VERBS, required=True, readonly=True)
    dossier_ids = fields.Many2many("motcua.dossier", string="Dossiers", readonly=True)
    dossier_id = fields.Many2one("motcua.dossier", compute="_compute_dossier_id")
    dossier_count = fields.Integer(compute="_compute_dossier_id")
    task_ids = fields.Many2many(
        "motcua.dossier.task",
        string="Hand-overs seen",
        readonly=True,
        help="Where the dossiers were when the dialog opened: what has moved on "
        "meanwhile is left alone.",
    )
    done_ids = fields.Many2many(
        "motcua.dossier",
        "motcua_dossier_verb_done_rel",
        string="Dossiers done",
        readonly=True,
        help="So that a request sent twice, after a broken line, does nothing twice.",
    )
    step_id = fields.Many2one(
        "motcua.workflow.step",
        "From step",
        compute="_compute_dossier_id",
        help="Empty when the dossiers lie at different steps.",
    )
    step_requires = fields.Selection(related="step_id.requires")
    step_role = fields.Selection(related="step_id.role")
    decision = fields.Selection(DECISIONS, default="granted")
    text = fields.Text()
    reason = fields.Char("Why it goes on without what is missing")

    # Where to, and to whom
    way_ids = fields.Many2many("motcua.workflow.transition", compute="_compute_way_ids")
    transition_id = fields.Many2one(
        "motcua.workflow.transition",
        "Where to",
        compute="_compute_transition_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', way_ids)]",
    )
    officer_ids = fields.Many2many(
        "res.users", string="Officers who may", compute="_compute_officer_ids"
    )
    assignee_id = fields.Many2one(
        "res.users",
        "Officer",
        compute="_compute_assignee_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', officer_ids)]",
    )
    agency_ids = fields.Many2many(
        "motcua.agency",
        string="Units asked",
        compute="_compute_asked",
        store=True,
        readonly=False,
    )
    due_date = fields.Date(
        "Until", compute="_compute_asked", store=True, readonly=False
    )

    far_day = fields.Date("Far away", compute="_compute_far_day")
    far_confirmed = fields.Boolean("This day is meant")

    # Papers
    component_ids = fields.Many2many(
        "motcua.dossier.component",
        string="Papers asked for",
        domain="[('dossier_id', '=', dossier_id)]",
    )
    guidance = fields.Text("What to do")
    asks_database = fields.Boolean(
        "Asks for data held", compute="_compute_asks_database"
    )
    database_reason = fields.Text(
        "Why papers held in a database",
        help="Their data stands in a connected database: look it up there, or say why "
        "they are asked for all the same.",
    )
    days = fields.Integer(
        "Days given", compute="_compute_days", store=True, readonly=False
    )
    paper_ids = fields.One2many(
        "motcua.dossier.verb.paper",
        "wizard_id",
        "Papers",
        compute="_compute_paper_ids",
        compute_sudo=False,  # of dossiers that the user may read
        store=True,
        readonly=False,
    )

    # Case
    case_ids = fields.Many2many("motcua.procedure.case", compute="_compute_case_ids")
    may_be_ordinary = fields.Boolean(compute="_compute_case_ids")
    case_id = fields.Many2one(
        "motcua.procedure.case",
        "Right case",
        domain="[('id', 'in', case_ids)]",
    )
    case_term = fields.Char("Then", compute="_compute_case_term")

    file_ids = fields.Many2many("ir.attachment", compute="_compute_file_ids")
    file_id = fields.Many2one(
        "ir.attachment", "Wrong file", domain="[('id', 'in', file_ids)]"
    )

    # Fees
    fee_ids = fields.One2many("motcua.dossier.verb.fee", "wizard_id", "To be paid")
    fee_due = fields.Integer("Left to be paid (đ)", compute="_compute_fee_due")
    open_fee_ids = fields.Many2many(
        "motcua.dossier.fee", compute="_compute_fee_due", string="Open fees"
    )
    paid_fee_ids = fields.Many2many(
        "motcua.dossier.fee",
        string="What was paid",
        compute="_compute_paid_fee_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', open_fee_ids)]",
    )
    receipt_id = fields.Many2one("motcua.fee.receipt", "Fee receipt", readonly=True)
    method = fields.Selection(PAYMENT_METHODS, "Paid", default="cash")
    reference = fields.Char(
        help="Number of the transfer; for what others collect, of the paper that "
        "proves the payment."
    )

    # Documents
    template_ids = fields.Many2many(
        "motcua.document.template", compute="_compute_template_ids"
    )
    template_id = fields.Many2one(
        "motcua.document.template",
        "Document to sign",
        compute="_compute_template_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', template_ids)]",
        help="It takes its number and its date by itself.",
    )
    template_result = fields.Selection(related="template_id.result")
    document_id = fields.Many2one("motcua.document", readonly=True)

    # Result
    number = fields.Char("Number of the result")
    result_date = fields.Date("Date of the result", default=fields.Date.context_today)
    attachment_ids = Files()
    channel = fields.Selection(
        CHANNELS,
        "Handed over",
        compute="_compute_receiver",
        compute_sudo=False,  # of dossiers that the user may read
        store=True,
        readonly=False,
        help="Empty: as each applicant wished.",
    )
    receiver = fields.Char(
        "Received by",
        compute="_compute_receiver",
        compute_sudo=False,  # of dossiers that the user may read
        store=True,
        readonly=False,
        help="Empty: who filed each dossier.",
    )

    @api.depends("dossier_ids")
    def _compute_dossier_id(self):
        for wizard in self:
            dossiers = wizard.dossier_ids
            steps = dossiers.step_id
            wizard.dossier_id = dossiers if len(dossiers) == 1 else False
            wizard.dossier_count = len(dossiers)
            wizard.step_id = steps if len(steps) == 1 else False

    @api.depends("dossier_id", "verb")
    def _compute_case_ids(self):
        for wizard in self:
            dossier = wizard.verb == "change_case" and wizard.dossier_id._origin.sudo()
            ways = dossier._other_way_ids() if dossier else []
            wizard.case_ids = [way for way in ways if way]
            wizard.may_be_ordinary = False in ways

    @api.depends("case_id", "case_ids", "may_be_ordinary")
    def _compute_case_term(self):
        for wizard in self:
            case, dossier = wizard.case_id, wizard.dossier_id._origin.sudo()
            possible = case in wizard.case_ids if case else wizard.may_be_ordinary
            if not dossier or not possible:
                wizard.case_term = False
                continue
            conditions = dossier._conditions(case._origin)
            due = dossier._first_due(dossier.date_received, conditions)
            wizard.case_term = self.env._(
                "%(term)s from the reception on: %(due)s",
                term=text.term_words(conditions.term_quantity, conditions.term_unit),
                due=dossier._moment_words(due),
            )

    @api.depends("step_id", "verb")
    def _compute_way_ids(self):
        for wizard in self:
            kind = "return" if wizard.verb == "send_back" else "forward"
            ways = self.env["motcua.workflow.transition"]
            for dossier in wizard.step_id and wizard.dossier_ids._origin.sudo():
                ways |= dossier._open_ways()
            wizard.way_ids = ways.filtered(lambda way, kind=kind: way.kind == kind)

    @api.depends("way_ids")
    def _compute_transition_id(self):
        for wizard in self:
            wizard.transition_id = wizard.way_ids if len(wizard.way_ids) == 1 else False

    @api.depends("verb", "dossier_ids", "transition_id")
    def _compute_officer_ids(self):
        for wizard in self:
            wizard.officer_ids = wizard._find_officers()

    @api.depends("verb", "officer_ids")
    def _compute_assignee_id(self):
        for wizard in self:
            wizard.assignee_id = (
                wizard.verb == "assign"
                and self.env.user in wizard.officer_ids
                and self.env.user
            )

    @api.depends("dossier_id", "verb")
    def _compute_asked(self):
        """The units that the step asks for their opinion, and the days it gives; for a
        stop, the longest that the rule set allows."""
        for wizard in self:
            dossier = wizard.dossier_id._origin.sudo()
            left = wizard.verb == "consult" and dossier and dossier._left_to_ask()
            wizard.agency_ids = left or False
            wizard.due_date = left and dossier._consult_due()
            rules = dossier.ruleset_id
            if wizard.verb == "stop" and rules.stop_must_end:
                wizard.due_date = fields.Date.add(
                    today_in_vietnam(), days=rules.stop_days
                )

    @api.depends("verb", "due_date", "days")
    def _compute_far_day(self):
        """The promised day, where it lies so far away that it is asked for twice."""
        Dossier = self.env["motcua.dossier"]
        for wizard in self:
            day = wizard.due_date
            if wizard.verb == "request_supplement" and wizard.days > 0:
                day = Dossier._days_ahead(wizard.days)
            wizard.far_day = Dossier._is_far(day) and day

    @api.depends("dossier_id")
    def _compute_days(self):
        for wizard in self:
            wizard.days = wizard.dossier_id.ruleset_id.supplement_days

    @api.depends("component_ids")
    def _compute_asks_database(self):
        for wizard in self:
            wanted = wizard.component_ids.component_id
            wizard.asks_database = bool(wanted.filtered("database"))

    @api.depends("dossier_id", "verb")
    def _compute_paper_ids(self):
        for wizard in self:
            papers = wizard.dossier_id.component_ids
            wizard.paper_ids = [Command.clear()] + [
                Command.create(
                    {
                        "component_id": paper.id,
                        "originals": paper.originals,
                        "certified": paper.certified,
                        "copies": paper.copies,
                    }
                )
                for paper in papers
                if wizard.verb == "supplement"
            ]

    @api.depends("dossier_id", "verb")
    def _compute_file_ids(self):
        for wizard in self:
            papers = wizard.dossier_id._origin.component_ids
            wizard.file_ids = wizard.verb == "mark_wrong" and (
                papers.attachment_ids.filtered(
                    lambda file: not file.motcua_wrong_reason
                )
            )

    @api.depends("dossier_id", "verb")
    def _compute_template_ids(self):
        Template = self.env["motcua.document.template"]
        for wizard in self:
            dossier = wizard.dossier_id._origin
            if dossier.status in PAUSED:
                templates = Template
            elif wizard.verb == "draft_document":
                templates = dossier.sudo().version_id.template_ids
            elif dossier and wizard.verb in ("issue_document", *RESULTS):
                templates = dossier._signable_templates(RESULTS.get(wizard.verb))
            else:
                templates = Template
            wizard.template_ids = templates.sudo(False)

    @api.depends("template_ids")
    def _compute_template_id(self):
        for wizard in self:
            templates = wizard.template_ids
            # One's own result need not be chosen; among notices nothing is obvious.
            obvious = wizard.verb in RESULTS or len(templates) == 1
            wizard.template_id = obvious and templates[:1]

    @api.depends("dossier_ids")
    def _compute_fee_due(self):
        for wizard in self:
            wizard.open_fee_ids = wizard.dossier_ids.fee_ids._open()
            wizard.fee_due = sum(wizard.open_fee_ids.mapped("amount"))

    @api.depends("dossier_id", "verb")
    def _compute_paid_fee_ids(self):
        """All that the agency collects; what others do where nothing else is open."""
        for wizard in self:
            fees = (
                wizard.verb == "confirm_payment"
                and wizard.dossier_id
                and (wizard.open_fee_ids._collected_here() or wizard.open_fee_ids)
            )
            wizard.paid_fee_ids = fees or False

    @api.depends("dossier_id")
    def _compute_receiver(self):
        for wizard in self:
            dossier = wizard.dossier_id
            wizard.channel = dossier.return_channel
            wizard.receiver = dossier.submitter_name or dossier.applicant_name

    def _find_officers(self):
        """Who may do the step that follows (or, to assign, the present one)."""
        self.ensure_one()
        dossiers = self.dossier_ids._origin.sudo()
        if self.verb == "assign":
            places = {(task.role, task.agency_id) for task in dossiers.task_id}
        else:
            step = self.transition_id.to_step_id
            places = {
                (step.role, dossier._step_agency(step)) for dossier in dossiers if step
            }
        officers = self.env["res.users"]
        for role, agency in places:
            staff = (
                self.env["motcua.membership"]
                .sudo()
                .search([("agency_id.unit_id", "=", agency.unit_id.id)])
            )
            officers |= staff.user_id.filtered(
                lambda user, role=role, agency=agency: user._motcua_has_role(
                    role, agency
                )
            )
        return officers

    # ------------------------------------------------------------------

    @api.model
    def _open(self, verb, dossiers, way=None, document_id=None, receipt_id=None):
        """The action that asks for what ``verb`` needs.

        :param way: the transition chosen already, if any
        :param document_id: the document that it is about, if any
        :param receipt_id: the fee receipt that it is about, if any
        """
        if verb in ONE_AT_A_TIME and len(dossiers) > 1:
            raise UserError(self.env._("Do this with one dossier at a time."))
        if len(dossiers) == 1:
            self._check_in_time(verb, dossiers)
        seen = self.env.context.get("tasks_seen") or dossiers.sudo().task_id.ids
        values = {
            "verb": verb,
            "dossier_ids": [Command.set(dossiers.ids)],
            "task_ids": [Command.set(seen)],
        }
        if way:
            values["transition_id"] = way.id
        if document_id:
            values["document_id"] = document_id
        if receipt_id:
            values["receipt_id"] = receipt_id
        if verb == "change_fees":
            unpaid = dossiers.fee_ids.filtered(lambda fee: not fee.paid_on)
            values["fee_ids"] = [
                Command.create(
                    {
                        "fee_id": fee.id,
                        "name": fee.name,
                        "kind": fee.kind,
                        "amount": fee.amount,
                    }
                )
                for fee in unpaid
            ]
        wizard = self.create(values)
        labels = dict(self._fields["verb"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": labels[verb],
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _check_in_time(self, verb, dossier):
        """Refuse what the rule set no longer allows before anybody types a reason."""
        if verb == "request_completion":
            dossier._check_may_notify()
        elif verb == "request_supplement":
            dossier._check_may_ask_again()
        elif verb == "stop":
            dossier._check_may_stop()
        elif verb in ("close", "refuse") and dossier.status in PAUSED:
            dossier._check_end_pause(f"action_{verb}")
        elif verb == "extend" and dossier.date_due:
            dossier._check_may_extend(fields.Datetime.now())

    @takes()
    def action_apply(self):
        self.ensure_one()
        method, arguments = self._get_call()
        answer = getattr(self._dossiers_seen(), method)(*arguments)
        # Some open what they have made; all others answer True or an id.
        if isinstance(answer, dict):
            return answer
        return {"type": "ir.actions.act_window_close"}

    @takes()
    def action_apply_and_print(self):
        """Do it, then print what the applicant is given in writing about it."""
        form = FORMS.get(self.verb)
        if not form:
            raise UserError(self.env._("There is no form to print for this step."))
        self.action_apply()
        action = self.env.ref(f"motcua_base.{form}").report_action(self.dossier_ids)
        return {**action, "close_on_report_download": True}

    @takes()
    def action_attach_draft(self):
        """Keep the draft as what the present step has produced."""
        self.ensure_one()
        self.dossier_id.action_attach_draft(self.template_id.id)
        return {"type": "ir.actions.act_window_close"}

    @takes()
    def action_preview(self):
        """Open the document as it would be signed, marked as a draft."""
        self.ensure_one()
        return self.dossier_id.action_draft_document(self.template_id.id)

    # ------------------------------------------------------------------
    # Many dossiers: what can be done is done
    # ------------------------------------------------------------------

    @takes()
    def action_apply_each(self):
        """Show how far the work is, while the browser sends the dossiers in lots."""
        self.ensure_one()
        labels = dict(self._fields["verb"]._description_selection(self.env))
        return {
            "type": "ir.actions.client",
            "tag": "motcua_batch",
            "params": {
                "wizard": self.id,
                "title": labels[self.verb],
                "dossiers": self.dossier_ids.ids,
            },
        }

    @takes(dossier_ids=Ids())
    def apply_to(self, dossier_ids):
        """Do it for some of the dossiers of this dialog, each done or refused alone.

        :return: ``{"done": ids, "failed": [{"id", "name", "reason"}]}``
        """
        self.ensure_one()
        self.lock_for_update()
        wanted = set(dossier_ids or [])
        dossiers = self._dossiers_seen().filtered(lambda d: d.id in wanted)
        method, arguments = self._get_call()
        done, failed = (dossiers - self.done_ids)._apply_by_halves(
            lambda some: getattr(some, method)(*arguments)
        )
        self.done_ids |= done
        return {
            "done": (dossiers & self.done_ids).ids,
            "failed": failed,
        }

    def _dossiers_seen(self):
        return self.dossier_ids.with_context(tasks_seen=self.sudo().task_ids.ids)

    def _get_call(self):
        """Name and arguments of the dossier's method that does what was asked for."""
        text = self.text
        # With all rights: a file of somebody else is refused by the verb, not left out.
        files = self.sudo().attachment_ids.ids
        document = (self.template_id.id, files, text)
        if self.verb in RESULTS and self.template_id:
            return "action_issue_document", document
        decides = self.verb == "forward" and self.step_role in APPROVING
        decision = self.decision if decides else None
        forward = (self.transition_id.id, self.assignee_id.id, text, files, decision)
        return {
            "receive": ("action_receive", ()),
            "forward": ("action_forward", forward),
            "send_back": ("action_forward", forward),
            "assign": ("action_assign", (self.assignee_id.id,)),
            "consult": (
                "action_consult",
                (self.agency_ids.ids, self.due_date, text, self.far_confirmed),
            ),
            "answer": ("action_answer", (text,)),
            "request_supplement": (
                "action_request_supplement",
                (
                    self.component_ids.ids,
                    text,
                    self.days,
                    self.database_reason,
                    self.far_confirmed,
                ),
            ),
            "supplement": ("action_supplement", (self._supplement_values(),)),
            "mark_wrong": (
                "action_mark_wrong",
                (self.file_id.id, text, (files or [None])[0]),
            ),
            "request_payment": (
                "action_request_payment",
                ([fee._to_line() for fee in self.fee_ids],),
            ),
            "confirm_payment": (
                "action_confirm_payment",
                (
                    self.method,
                    self.reference,
                    self.paid_fee_ids.ids if self.dossier_id else None,
                ),
            ),
            "change_fees": (
                "action_change_fees",
                ([fee._to_change() for fee in self.fee_ids], text),
            ),
            "cancel_receipt": ("action_cancel_receipt", (self.receipt_id.id, text)),
            "extend": ("action_extend", (self.due_date, text, self.far_confirmed)),
            "change_case": ("action_change_case", (self.case_id.id, text)),
            "stop": ("action_stop", (text, self.due_date, self.far_confirmed)),
            "withdraw": ("action_withdraw", (text,)),
            "reject": ("action_reject", (text,)),
            "request_completion": (
                "action_request_completion",
                (self.component_ids.ids, text, self.guidance, self.database_reason),
            ),
            "refuse": ("action_refuse", (text,)),
            "close": ("action_close", (text,)),
            "complete": (
                "action_complete",
                (files, self.number, self.result_date, text),
            ),
            "draft_document": ("action_draft_document", (self.template_id.id,)),
            "issue_document": ("action_issue_document", document),
            "revoke_document": (
                "action_revoke_document",
                (self.document_id.id, text),
            ),
            "return": (
                "action_return",
                (self.channel, self.receiver, None, None, text),
            ),
        }[self.verb]

    def _supplement_values(self):
        components = {
            paper.component_id.id: paper._to_counts() for paper in self.paper_ids
        }
        handed_in = self.paper_ids.filtered("handed_in").component_id
        return {
            "components": components,
            "handed_in": handed_in.ids,
            "note": self.text or None,
            "reason": self.reason or None,
        }


class DossierVerbPaper(models.TransientModel):
    """A paper as it lies there after the supplement."""

    _name = "motcua.dossier.verb.paper"
    _description = "Paper supplemented"

    wizard_id = fields.Many2one(
        "motcua.dossier.verb", required=True, ondelete="cascade"
    )
    component_id = fields.Many2one(
        "motcua.dossier.component", "Paper", required=True, ondelete="cascade"
    )
    supplement_wanted = fields.Boolean(
        "To be supplemented", related="component_id.supplement_wanted"
    )
    handed_in = fields.Boolean(
        "Has come in", help="Of a paper asked for: it has come in."
    )
    originals = fields.Integer()
    certified = fields.Integer("Certified copies")
    copies = fields.Integer("Plain copies")
    attachment_ids = Files("New files")

    def _to_counts(self):
        self.ensure_one()
        counts = {
            "originals": self.originals,
            "certified": self.certified,
            "copies": self.copies,
        }
        if self.attachment_ids:
            counts["attachment_ids"] = [
                Command.link(attachment.id) for attachment in self.attachment_ids
            ]
        return counts


class DossierVerbFee(models.TransientModel):
    """A fee that the applicant is asked to pay, or as it is to be."""

    _name = "motcua.dossier.verb.fee"
    _description = "Fee asked for"

    wizard_id = fields.Many2one(
        "motcua.dossier.verb", required=True, ondelete="cascade"
    )
    fee_id = fields.Many2one(
        "motcua.dossier.fee", "Fee changed", readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(FEE_KINDS, required=True, default="charge")
    name = fields.Char(required=True)
    amount = fields.Integer("Amount (đ)", required=True)

    def _to_change(self):
        self.ensure_one()
        if self.fee_id:
            return {"id": self.fee_id.id, "amount": self.amount}
        return self._to_line()

    def _to_line(self):
        self.ensure_one()
        return {"kind": self.kind, "name": self.name, "amount": self.amount}
