from dataclasses import dataclass, field

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..api import takes
from ..tools import form as form_tools
from ..tools import merge_text, text, version_move
from ..tools.arguments import Id
from ..tools.form_values import NUMBERS, answer_type
from ..tools.localtime import to_local, today_in_vietnam

ADMINISTRATORS = "motcua_base.group_procedure_admin"


@dataclass
class VersionMove:
    """What becomes of one dossier in another version, before anything is changed.

    The sentences name fields, papers and steps, never what an applicant answered:
    administrators read them without having a right to the dossier.
    """

    dossier: models.BaseModel
    # Columns of the dossier.
    values: dict = field(default_factory=dict)
    # Answers that are files, by the name of their field.
    files: dict = field(default_factory=dict)
    # Rows of repeating sections -> their values.
    rows: dict = field(default_factory=dict)
    # Papers of the dossier -> wanted paper of the new version.
    papers: dict = field(default_factory=dict)
    # Papers no longer wanted, of which nothing was handed in.
    dropped: list = field(default_factory=list)
    # Wanted papers that are new.
    added: list = field(default_factory=list)
    # Open tasks -> step of the new workflow.
    steps: dict = field(default_factory=dict)
    # Why the dossier cannot move: something would be lost.
    refusals: list = field(default_factory=list)
    # What would be missing afterwards.
    gaps: list = field(default_factory=list)
    # What else changes, or does not.
    notes: list = field(default_factory=list)


class Dossier(models.Model):
    """Open dossiers keep the version they were received by, unless an administrator
    moves them to another one.

    What was promised stays: the due date, the term it follows from and the fees do not
    change, also where the new version has a shorter or a longer term. The citizen has
    the appointment in writing (NĐ 61/2018, article 17), a change of the rules in
    between is no reason to come later, and none for the officer to be late at once.
    What was answered and handed in stays as well: a move that would lose any of it is
    refused. What was computed from the answers is computed anew, unless an approver has
    passed the dossier on with it.

    What the new version asks for beside that does not keep a dossier from moving, but
    from being granted.
    """

    _inherit = "motcua.dossier"

    @takes(version_id=Id())
    def action_change_version(self, version_id):
        """1/2/4/5/6/8 → the same: go on by another version of the same procedure.

        For administrators of procedures, who have no right to read dossiers: all that
        they learn is what stands in the way.

        :param version_id: id of a version that was published
        :raises UserError: answers, papers or steps of a dossier would be lost
        """
        self._check_may_change_version()
        version = self.env["motcua.procedure.version"].browse(version_id).exists()
        self._check_version_move(version)
        dossiers = self.sudo()._begin("action_change_version")
        moves = dossiers._plan_version(version)
        refused = [
            f"{move.dossier._version_move_name()}: {'; '.join(move.refusals)}"
            for move in moves
            if move.refusals
        ]
        if refused:
            raise UserError(
                self.env._("Nothing was moved, because something would be lost:")
                + "\n- "
                + "\n- ".join(refused)
            )
        before = dossiers._places()
        payloads = {
            dossier: {
                "version_before": dossier.version_id.number,
                "version_after": version.number,
            }
            for dossier in dossiers
        }
        dossiers._apply_version_moves(moves)
        dossiers._log("move_version", before, payloads)
        return True

    def _check_may_change_version(self):
        """Raise AccessError for all but administrators of procedures."""
        if not self.env.su and not self.env.user.has_group(ADMINISTRATORS):
            raise AccessError(
                self.env._(
                    "Only administrators of procedures move dossiers to another "
                    "version."
                )
            )

    def _check_version_move(self, version):
        """Raise UserError unless these dossiers may go to ``version``."""
        if not version or version.state == "draft":
            raise UserError(
                self.env._("Choose a version that was published: dossiers follow it.")
            )
        if not version.filtered_domain(version._in_force_domain(today_in_vietnam())):
            raise UserError(
                self.env._(
                    "%(version)s is not in force today (from %(begin)s to %(end)s): no "
                    "dossier can follow it.",
                    version=version.display_name,
                    begin=version.date_from.strftime("%d/%m/%Y"),
                    end=version.date_to.strftime("%d/%m/%Y")
                    if version.date_to
                    else "…",
                )
            )
        for dossier in self.sudo():
            if dossier.procedure_id != version.procedure_id:
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s applies for another procedure than "
                        "%(version)s.",
                        dossier=dossier._version_move_name(),
                        version=version.display_name,
                    )
                )
            if dossier.version_id == version:
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s follows %(version)s already.",
                        dossier=dossier._version_move_name(),
                        version=version.display_name,
                    )
                )

    def _is_procedure_admin(self, user):
        return user.has_group(ADMINISTRATORS)

    def _version_move_name(self):
        """The dossier as administrators may see it: without whose it is."""
        return self.code or self.env._(
            "filed on %(day)s (%(id)s)",
            day=to_local(self.date_submitted or self.create_date).strftime("%d/%m/%Y"),
            id=self.id,
        )

    # ------------------------------------------------------------------
    # Looking ahead
    # ------------------------------------------------------------------

    def _plan_version(self, version):
        """What would become of these dossiers in ``version``.

        :return: list of ``VersionMove``, in order
        """
        return [dossier._plan_version_of_one(version) for dossier in self]

    def _plan_version_of_one(self, version):
        move = VersionMove(self, {"version_id": version.id})
        case = self._plan_case(version, move)
        self._plan_answers(version, move)
        self._plan_papers(version, case, move)
        move.gaps += self._version_gaps(
            version, case, move.papers, self._moved_values(move)
        )
        self._plan_steps(version, case, move)
        return move

    def _plan_case(self, version, move):
        """The same case of the new version: that with the same code, else the same
        name."""
        case = self.case_id
        found = version.case_ids.filtered(lambda other: case.code == other.code)
        if not case.code or not found:
            name = version_move.same(case.name)
            found = version.case_ids.filtered(
                lambda other: version_move.same(other.name) == name
            )
        found = found[:1] if case else version.case_ids.browse()
        if case and not found:
            move.refusals.append(
                self.env._("case “%s” does not exist in the new version", case.name)
            )
        move.values["case_id"] = found.id
        return found

    def _plan_answers(self, version, move):
        old, new = self.version_id._get_form_spec(), version._get_form_spec()
        stored, answers = self._answers(), self._form_values()
        for row in self.row_ids:
            answers.pop(row.section, None)
        approved = self._is_approved()
        moved, lost = version_move.move_answers(old, new, answers, approved)
        # Files are papers of the dossier, and stay where they are.
        move.files.update(
            {name: moved.pop(name) for name in answers.keys() - stored if name in moved}
        )
        Field = self.env["motcua.form.field"]
        labels = Field._labels(old)
        for row in self.row_ids:
            values, missing = version_move.move_answers(
                old, new, {row.section: [row.row_values or {}]}, approved
            )
            lost += [problem for problem in missing if problem not in lost]
            move.rows[row] = next(iter(values.get(row.section) or ()), {})
        move.values["form_values"] = moved
        sentences = {
            "no_field": self.env._("the new form has no place for the answer to “%s”"),
            "no_fit": self.env._("the answer to “%s” does not fit the new form"),
        }
        move.refusals += [
            sentences[problem.code] % Field._place_label(problem.field, labels)
            for problem in lost
        ]
        self._plan_conversions(old, new, stored, move)
        if not approved:
            self._plan_computed(new, stored, move)

    def _plan_conversions(self, old, new, stored, move):
        """Answers that are kept in another form, named without what they say."""
        kept = {field["name"]: field for field in new}
        for source in old:
            name = source["name"]
            target = kept.get(name, source)
            if name in stored and answer_type(source) != answer_type(target):
                move.notes.append(
                    self.env._("the answer to “%s” changes its kind", target["label"])
                )

    def _plan_computed(self, new, stored, move):
        """What is computed from the same answers may come to something else. Amounts
        are told: they decide whether one should move at all."""
        found = form_tools.computed(new, self._moved_values(move), **self._form_given())
        for asked in new:
            before, after = stored.get(asked["name"]), found.get(asked["name"])
            if asked["type"] != "computed" or not before or before == after:
                continue
            label = asked["label"]
            if after is None or answer_type(asked) not in NUMBERS:
                sentence = self.env._("the computed answer “%s” changes", label)
            else:
                sentence = self.env._(
                    "the computed answer “%(field)s” changes from %(before)s to "
                    "%(after)s",
                    field=label,
                    before=merge_text.answer_text(asked, before),
                    after=merge_text.answer_text(asked, after),
                )
            move.notes.append(sentence)

    @staticmethod
    def _moved_values(move):
        """All answers as they will be, by the name of their field."""
        values = {**move.values["form_values"], **move.files}
        for row, row_values in move.rows.items():
            values[row.section] = [*values.get(row.section, ()), row_values]
        return values

    def _plan_papers(self, version, case, move):
        """Papers keep what was handed in, also those no longer wanted."""
        wanted = version.component_ids.filtered(
            lambda row: row.kind != "note" and row.case_id.id in (False, case.id)
        )
        pairs = version_move.match_papers(
            _papers(self.component_ids.component_id), _papers(wanted)
        )
        # Not filtered first: read together with the papers of the other dossiers.
        for paper in self.component_ids:
            if not paper.component_id:
                continue
            counterpart = pairs.get(paper.component_id.id)
            if counterpart:
                move.papers[paper] = wanted.browse(counterpart)
            elif paper._handed_in:
                move.notes.append(
                    self.env._(
                        "“%s” was handed in and is no longer wanted: it stays in the "
                        "dossier",
                        paper.name,
                    )
                )
            else:
                move.dropped.append(paper)
                move.notes.append(
                    self.env._("“%s” is no longer wanted: it is taken off", paper.name)
                )
        move.added.extend(wanted - wanted.browse(pairs.values()))
        move.notes += [
            self.env._("“%s” is wanted as well: it is put on the list", paper.name)
            for paper in move.added
        ]

    def _version_gaps(self, version, case, papers, values):
        """What ``version`` requires that is not there, as sentences.

        :param papers: dict paper of the dossier -> wanted paper of that version
        :param values: all answers, by the name of their field
        """
        there = {wanted.id for paper, wanted in papers.items() if paper._handed_in}
        wanted = version._get_papers(case)
        gaps = [
            self.env._("paper “%s” is required and was not handed in", paper.name)
            for paper in wanted
            if self._needs_paper(paper) and paper.id not in there
        ]
        on_paper = self.channel != "online" and any(
            paper.kind == "form" and paper.id in there for paper in wanted
        )
        spec = version._get_form_spec()
        found = self._form_problems(spec, values, on_paper) if spec else []
        return [*gaps, *(sentence for _name, sentence in found)]

    def _plan_steps(self, version, case, move):
        row = self.env["motcua.procedure.channel"].browse(
            version._channel_id(self.channel, case.id)
        )
        if not row:
            channel = dict(self._fields["channel"]._description_selection(self.env))
            move.refusals.append(
                self.env._(
                    "the new version is not served through this channel: %s",
                    channel[self.channel],
                )
            )
            return
        conditions = self.offering_id._get_conditions(row)
        if self.term_unit and (self.term_quantity, self.term_unit) != (
            conditions.term_quantity,
            conditions.term_unit,
        ):
            move.notes.append(
                self.env._(
                    "the term of the new version is %s: the due date promised stays",
                    text.term_words(conditions.term_quantity, conditions.term_unit),
                )
            )
        self._plan_fees(conditions, move)
        if not self.step_id or conditions.workflow_id == self.workflow_id.id:
            return
        workflow = self.env["motcua.workflow"].browse(conditions.workflow_id)
        move.values["workflow_id"] = workflow.id
        move.values["step_id"] = self._plan_step(self.step_id, workflow, move).id
        for task in self.task_ids.filtered(lambda task: not task.date_done):
            step = self._plan_step(task.step_id, workflow, move)
            if task.kind == "main" and step:
                self._check_same_hands(task, step, move)
            move.steps[task] = step

    def _plan_fees(self, conditions, move):
        fees = sum(row["amount"] for row in self._fee_values(conditions))
        if self.date_received and fees != self.fee_total:
            move.notes.append(
                self.env._(
                    "the fees of the new version come to %(new)s đ: those of %(old)s đ "
                    "stay",
                    new=merge_text.money(fees),
                    old=merge_text.money(self.fee_total),
                )
            )

    def _plan_step(self, step, workflow, move):
        """The step of ``workflow`` with the same name and kind."""
        found = workflow.step_ids.filtered(
            lambda other: (
                other.kind == step.kind
                and version_move.same(other.name) == version_move.same(step.name)
            )
        )
        if len(found) != 1:
            refusal = self.env._(
                "workflow “%(workflow)s” has no step “%(step)s”, where the dossier is",
                workflow=workflow.name,
                step=step.name,
            )
            if refusal not in move.refusals:
                move.refusals.append(refusal)
            return workflow.step_ids.browse()
        return found

    def _check_same_hands(self, task, step, move):
        """A move changes the rules, not who has the dossier."""
        hands = task.agency_id._get_current(today_in_vietnam())
        if step.role == task.role and self._step_agency(step) == hands:
            return
        move.refusals.append(
            self.env._(
                "step “%s” is done by others in the new version: move the dossier once "
                "it has left this step",
                step.name,
            )
        )

    # ------------------------------------------------------------------
    # Granting what was moved
    # ------------------------------------------------------------------

    def _check_moved_complete(self):
        """Raise UserError where a dossier that was moved to its version lacks what that
        version requires: nothing is granted by rules that it does not meet."""
        moved = (
            self.env["motcua.dossier.event"]
            .sudo()
            .search([("dossier_id", "in", self.ids), ("kind", "=", "move_version")])
        ).dossier_id
        for dossier in moved:
            papers = {
                paper: paper.component_id
                for paper in dossier.component_ids
                if paper.component_id
            }
            gaps = dossier._version_gaps(
                dossier.version_id, dossier.case_id, papers, dossier._form_values()
            )
            if gaps:
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s was moved to %(version)s, which requires "
                        "more:",
                        dossier=dossier.display_name,
                        version=dossier.version_id.display_name,
                    )
                    + "\n- "
                    + "\n- ".join(gaps)
                )

    # ------------------------------------------------------------------
    # Moving
    # ------------------------------------------------------------------

    def _apply_version_moves(self, moves):
        Paper = self.env["motcua.dossier.component"]
        Paper.union(*(paper for move in moves for paper in move.dropped)).unlink()
        Paper.create(
            [
                {"dossier_id": move.dossier.id, "component_id": wanted.id}
                for move in moves
                for wanted in move.added
            ]
        )
        for move in moves:
            for paper, wanted in move.papers.items():
                paper.component_id = wanted
            for row, values in move.rows.items():
                if row.row_values != values:
                    row.row_values = values
            for task, step in move.steps.items():
                task.step_id = step
            # Together, or the answers would be looked for in the form of one version
            # and stored in that of the other.
            move.dossier.write(move.values)


def _papers(components):
    return [
        {name: paper[name] for name in ("id", "code", "name", "kind")}
        for paper in components
    ]
