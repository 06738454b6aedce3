from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import clock
from ..tools import workflow as workflow_tools
from ..tools.localtime import to_local, today_in_vietnam


class Dossier(models.Model):
    """Where the workflow lets a dossier go from its step, and what it must bring along.

    Most workflows set no conditions and ask nobody by themselves: plain values kept in
    memory say so, and nothing is read.
    """

    _inherit = "motcua.dossier"

    # ------------------------------------------------------------------
    # Ways
    # ------------------------------------------------------------------

    def _open_ways(self):
        """Transitions that the dossier may take now. Where the condition of a way on
        holds, those without a condition are closed."""
        self.ensure_one()
        ways = self.step_id._get_ways()
        conditions = self.step_id._get_conditions()
        if not conditions:
            return ways
        holding = self._holding_way_ids()
        return ways.filtered(
            lambda way: (
                way.kind == "return"
                or (way.id in holding if holding else way.id not in conditions)
            )
        )

    def _holding_way_ids(self):
        """Ids of the ways on from here whose condition holds for the answers."""
        conditions = self.step_id._get_conditions()
        if not conditions:
            return set()
        dossier = self.sudo()
        form = dossier._settled(dossier.version_id._get_form_spec())
        return workflow_tools.holding(form, dossier._form_values(), conditions)

    def _may_end_here(self):
        """Whether the step and the answers let the dossier end where it lies."""
        return self.step_id.can_finish and not self._holding_way_ids()

    def _check_end_open(self):
        """Raise UserError where the dossier may not end at its step, with whatever
        result: who signs is not passed over by who refuses."""
        self.ensure_one()
        step = self.step_id._get_outline()
        if not step.can_finish:
            raise UserError(
                self.env._(
                    "Step “%(step)s” cannot finish dossier %(dossier)s: it has to "
                    "go to who may sign.",
                    step=step.name,
                    dossier=self.display_name,
                )
            )
        holding = self._holding_way_ids()
        if holding:
            ways = self.env["motcua.workflow.transition"].browse(sorted(holding))
            raise UserError(
                self.env._(
                    "Dossier %(dossier)s cannot end at step “%(step)s”: by what its "
                    "form says it has to go on. Possible: %(ways)s.",
                    dossier=self.display_name,
                    step=step.name,
                    ways=", ".join(ways.mapped("name")),
                )
            )

    def _superior(self):
        """The agency above the one in charge."""
        self.ensure_one()
        superior = self.agency_id._get_superior()
        if not superior:
            raise UserError(
                self.env._(
                    "There is no agency above %s: the workflow needs one for the next "
                    "step.",
                    self.agency_id.name,
                )
            )
        return superior

    # ------------------------------------------------------------------
    # Units that the step asks for their opinion
    # ------------------------------------------------------------------

    def _left_to_ask(self):
        """Units whose opinion the step asks for, and that nobody has asked yet since
        the dossier came here first."""
        self.ensure_one()
        wanted = self.env["motcua.agency"].browse(self.step_id._consulted_ids())
        if not wanted:
            return wanted
        today = today_in_vietnam()
        asked = self.task_ids.filtered(
            lambda task: task.kind == "consult" and task.step_id == self.step_id
        )
        return wanted._get_current(today) - asked.agency_id._get_current(today)

    def _check_asked(self):
        left = self._left_to_ask()
        if left:
            raise UserError(
                self.env._(
                    "Step “%(step)s” asks for the opinion of: %(agencies)s. Ask them "
                    "first.",
                    step=self.step_id.name,
                    agencies=", ".join(left.mapped("name")),
                )
            )

    def _consult_due(self):
        """The day proposed for answers to this step's questions."""
        self.ensure_one()
        term = clock.Term(self.step_id.consult_days, "working_day")
        now = to_local(fields.Datetime.now())
        return clock.due(now, term, self._work_calendar()).date()
