from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import workflow as workflow_tools
from .dossier import OPEN
from .membership import ROLE_RANK


class Workflow(models.Model):
    """An internal process (quy trình nội bộ), reusable by many procedures."""

    _name = "motcua.workflow"
    _description = "Workflow"
    _inherit = ["motcua.configuration", "motcua.vietnamese.order"]
    _order = "name"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    description = fields.Text()
    step_ids = fields.One2many(
        "motcua.workflow.step", "workflow_id", "Steps", copy=False
    )
    transition_ids = fields.One2many(
        "motcua.workflow.transition", "workflow_id", "Transitions", copy=False
    )

    def copy(self, default=None):
        """Copy with steps, and transitions between the copied steps."""
        copies = super().copy(default)
        for old, new in zip(self, copies, strict=True):
            steps = {step: step.copy({"workflow_id": new.id}) for step in old.step_ids}
            for transition in old.transition_ids:
                transition.copy(
                    {
                        "workflow_id": new.id,
                        "from_step_id": steps[transition.from_step_id].id,
                        "to_step_id": steps[transition.to_step_id].id,
                    }
                )
        return copies

    def copy_data(self, default=None):
        return [
            dict(vals, name=self.env._("%s (copy)", workflow.name))
            for workflow, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def _first_step(self):
        return self.step_ids.filtered(lambda step: step.kind == "receive")[:1]

    def _return_step(self):
        return self.step_ids.filtered(lambda step: step.kind == "return")[:1]

    def _problems(self):
        """Sentences that say why no dossier could live through this workflow."""
        self.ensure_one()
        names = {step.id: step.name for step in self.step_ids}
        return [self._problem_sentence(wrong, names) for wrong in self._check()]

    def _check(self):
        """The problems of ``tools.workflow``, their steps by id."""
        return workflow_tools.check(
            [step._to_dict() for step in self.step_ids],
            [way._to_dict() for way in self.transition_ids],
        )

    @api.model
    def _problem_sentence(self, problem, names):
        """One sentence for a problem of ``tools.workflow``.

        :param names: names of the steps by key
        """
        step = names.get(problem.field)
        sentences = {
            "receive": self.env._(
                "the workflow must have exactly one step of reception"
            ),
            "return": self.env._(
                "the workflow must have exactly one step of handing over"
            ),
            "finish": self.env._(
                "no step may finish a dossier: tick “A dossier may end here” at the "
                "one that gives the result"
            ),
            "unreachable": self.env._("step “%s” can never be reached", step),
            "dead": self.env._("step “%s” never leads to an end", step),
            "circle": self.env._(
                "from step “%s” dossiers could go round in a circle: make one of the "
                "ways a way back",
                step,
            ),
            "stuck": self.env._(
                "every way on from step “%s” has a condition: add one for when none "
                "of them holds",
                step,
            ),
            "condition": self.env._(
                "the condition of “%(way)s” after step “%(step)s” cannot be read",
                way=problem.params.get("way"),
                step=step,
            ),
            "share": self.env._("the shares of the steps exceed the whole term"),
        }
        return sentences[problem.code]

    def _unapproved_ends(self):
        """The steps below an approver's where a dossier may end though no approver has
        passed it on."""
        self.ensure_one()
        approving = self.step_ids.filtered(
            lambda step: ROLE_RANK[step.role] >= ROLE_RANK["approver"]
        )
        keys = workflow_tools.unapproved_ends(
            [step._to_dict() for step in self.step_ids],
            [way._to_dict() for way in self.transition_ids],
            set(approving.ids),
        )
        return self.step_ids.browse(sorted(keys))

    # ------------------------------------------------------------------
    # Dossiers on their way
    # ------------------------------------------------------------------

    def _count_open_dossiers(self):
        """Number of dossiers that are still to pass steps of these workflows."""
        return (
            self.env["motcua.dossier"]
            .sudo()
            .search_count(
                [("workflow_id", "in", self.ids), ("status", "in", (*OPEN, "9"))]
            )
        )

    def _check_unlocked(self):
        """Raise UserError where open dossiers rely on the steps and ways."""
        for workflow in self:
            count = workflow._count_open_dossiers()
            if count:
                raise UserError(
                    self.env._(
                        "%(count)s open dossier(s) are on their way through "
                        "“%(workflow)s”: its steps and ways, and where a dossier may "
                        "end, stay as they are until these are done. Change a copy "
                        "of it instead.",
                        count=count,
                        workflow=workflow.name,
                    )
                )
