from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import document_number, merge
from .finding import problem, warning

KINDS = [
    ("decision", "Decision"),
    ("certificate", "Certificate"),
    ("notice", "Notice"),
]


class DocumentTemplate(models.Model):
    """A document that a procedure produces: official text with merge fields, as part of
    a version, so that an open dossier keeps the wording of its time."""

    _name = "motcua.document.template"
    _description = "Document template"
    _inherit = ["motcua.version.part", "motcua.merge.body"]
    _order = "version_id, sequence, id"

    sequence = fields.Integer(default=10)
    version_state = fields.Selection(related="version_id.state")
    name = fields.Char(
        required=True, help="As officers choose it, and as it stands in the register."
    )
    kind = fields.Selection(KINDS, required=True, default="decision")
    number_pattern = fields.Char(
        "Number and symbol",
        required=True,
        default="{number}/QĐ-UBND",
        help="{number} is the running number of the year in the register of this "
        "symbol; {year} may be used as well.",
    )
    result = fields.Selection(
        [("granted", "Grants what was asked for"), ("refused", "Refuses it")],
        "As a result",
        help="A result completes the dossier as soon as it is signed. Empty: a "
        "document on the way, such as a notice.",
    )
    stage_ids = fields.Many2many(
        "motcua.stage",
        string="Signed at",
        help="Empty: wherever a dossier may be completed. A result is signed nowhere "
        "else in any case.",
    )
    paper = fields.Selection(
        [("A4", "A4"), ("A5", "A5")], "Paper size", required=True, default="A4"
    )
    authority = fields.Char(
        "Signed on behalf of",
        help="The line above the title of who signs, for example “TM. ỦY BAN NHÂN "
        "DÂN”.",
    )
    signer_title = fields.Char(
        "Title of who signs",
        help="Empty: the position of who signs, as it stands in the staff list.",
    )
    recipients = fields.Text(
        help="One recipient a line, as listed under “Nơi nhận”.",
        default="- Như trên;\n- Lưu: VT.",
    )

    @api.constrains("number_pattern")
    def _check_number_pattern(self):
        for template in self:
            try:
                document_number.check_pattern(template.number_pattern)
            except document_number.PatternError:
                raise ValidationError(
                    self.env._(
                        "“%(pattern)s” is no number and symbol: write {number} once "
                        "and the symbol of the register beside it, for example "
                        "{number}/QĐ-UBND.",
                        pattern=template.number_pattern,
                    )
                ) from None

    # ------------------------------------------------------------------
    # Publication
    # ------------------------------------------------------------------

    def _findings(self):
        return [
            problem(template._problem_sentence(wrong), template, "body")
            for template in self
            for wrong in template._problems()
        ] + [
            finding
            for template in self
            for workflow in template.version_id._get_workflows()
            for finding in template._signing_findings(workflow)
        ]

    def _signing_findings(self, workflow):
        """Whether this document can be signed on the way through ``workflow``, and,
        where it decides, by whom."""
        steps = self._signing_steps(workflow)
        words = {"name": self.name, "workflow": workflow.name}
        if not steps:
            return [
                problem(
                    self.env._(
                        "document “%(name)s” can be signed nowhere in workflow "
                        "“%(workflow)s”: no step that it may be signed at may finish a "
                        "dossier",
                        **words,
                    )
                    if self.result or not self.stage_ids
                    else self.env._(
                        "document “%(name)s” can be signed nowhere in workflow "
                        "“%(workflow)s”: none of its steps stands at %(stages)s",
                        stages=", ".join(self.stage_ids.mapped("name")),
                        **words,
                    ),
                    self,
                    "stage_ids",
                )
            ]
        if not self.result:
            return []
        return [
            warning(
                self.env._(
                    "result “%(name)s” is signed at step “%(step)s” of workflow "
                    "“%(workflow)s” without an approver having passed the dossier on",
                    step=step.name,
                    **words,
                ),
                step,
                "role",
            )
            for step in steps & workflow._unapproved_ends()
        ]

    def _signing_steps(self, workflow):
        """The steps of ``workflow`` at which this document may be signed."""
        return workflow.step_ids.filtered(self._is_signed_at)

    def _is_signed_at(self, step):
        """Whether this document may be signed at ``step``: a result, and whatever names
        no column, where a dossier may end; else at the columns named."""
        ending = self.result or not self.stage_ids
        return (step.can_finish or not ending) and (
            not self.stage_ids or step.stage_id in self.stage_ids
        )

    def _problems(self):
        """What keeps this template from being used, as ``merge.problems`` says it."""
        spec = self._form_spec()
        names = set(self.env["motcua.dossier"]._merge_labels(spec))
        return merge.problems(self.body, names, spec)

    def _problem_sentence(self, wrong):
        sentences = {
            "empty": self.env._("document “%(name)s” has no text", name=self.name),
            "merge_field": self.env._(
                "document “%(name)s” asks for the unknown field “%(field)s”",
                name=self.name,
                field=wrong.field,
            ),
            "merge_rows": self.env._(
                "document “%(name)s” repeats the unknown section “%(field)s”",
                name=self.name,
                field=wrong.field,
            ),
            "merge_nested": self.env._(
                "document “%(name)s” repeats “%(field)s” inside rows that repeat "
                "already: take it out of them",
                name=self.name,
                field=wrong.field,
            ),
            "condition_field": self.env._(
                "document “%(name)s” has a paragraph that depends on the unknown field "
                "“%(field)s”",
                name=self.name,
                field=wrong.field,
            ),
        }
        return sentences.get(wrong.code) or self.env._(
            "document “%(name)s” has a paragraph whose condition can never be decided",
            name=self.name,
        )

    # ------------------------------------------------------------------
    # Printing
    # ------------------------------------------------------------------

    def _form_spec(self):
        """The form whose answers the template prints."""
        version = self.version_id
        if version.state == "draft":
            return version.field_ids._to_spec()
        return version._get_form_spec()

    def _render_body(self, texts, rows, answers):
        """The text with its markers replaced: safe HTML."""
        self.ensure_one()
        return Markup(merge.render(self.body, texts, rows, self._form_spec(), answers))
