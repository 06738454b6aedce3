from odoo import api, fields, models


class Workflow(models.Model):
    """An internal process (quy trình nội bộ), reusable by many procedures."""

    _name = "motcua.workflow"
    _description = "Workflow"
    _inherit = ["motcua.configuration"]
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

    @api.model
    def _reach(self, starts, edges):
        """Steps reachable from ``starts`` along ``edges`` (dict step -> steps)."""
        seen = starts
        todo = list(starts)
        while todo:
            for step in edges.get(todo.pop(), ()):
                if step not in seen:
                    seen |= step
                    todo.append(step)
        return seen

    def _problems(self):
        """Sentences that say why no dossier could live through this workflow."""
        self.ensure_one()
        problems = []
        for kind, sentence in (
            (
                "receive",
                self.env._("the workflow must have exactly one step of reception"),
            ),
            (
                "return",
                self.env._("the workflow must have exactly one step of handing over"),
            ),
        ):
            if len(self.step_ids.filtered(lambda s, kind=kind: s.kind == kind)) != 1:
                problems.append(sentence)
        finishing = self.step_ids.filtered("can_finish")
        if not finishing:
            problems.append(self.env._("no step may finish a dossier"))
        if problems:
            return problems
        forth, back = {}, {}
        for transition in self.transition_ids:
            forth.setdefault(transition.from_step_id, []).append(transition.to_step_id)
            back.setdefault(transition.to_step_id, []).append(transition.from_step_id)
        working = self.step_ids - self._return_step()
        for step in working - self._reach(self._first_step(), forth):
            problems.append(self.env._("step “%s” can never be reached", step.name))
        for step in working - self._reach(finishing, back):
            problems.append(self.env._("step “%s” never leads to an end", step.name))
        if sum(working.mapped("term_share")) > 100:
            problems.append(self.env._("the shares of the steps exceed the whole term"))
        return problems
