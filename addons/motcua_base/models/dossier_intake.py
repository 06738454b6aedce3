from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..tools import code as code_tools
from ..tools import fee as fee_tools
from ..tools.localtime import to_local, today_in_vietnam
from .dossier_component import COUNTS

# Local fees and papers are known to the dossier only at intake: this file holds what
# receiving and supplementing check and compute.


class Dossier(models.Model):
    """Intake: is the dossier complete, what is its number, what does it cost?"""

    _inherit = "motcua.dossier"

    def _conditions(self, case=None):
        """Term, fees and workflow that apply, or would in ``case``; UserError when the
        channel is not served."""
        self.ensure_one()
        row = self.version_id._get_channel(
            self.channel, self.case_id if case is None else case
        )
        return self.offering_id._get_conditions(row)

    def _check_in_force(self):
        """Refuse procedures that expired, or are no longer offered, since the draft."""
        today = today_in_vietnam()
        drafts = self.filtered(lambda dossier: dossier.status == "0")
        pairs = dict.fromkeys((d.procedure_id, d.agency_id) for d in drafts)
        for procedure, agency in pairs:
            self._resolve(procedure.id, agency.id, today)

    def _check_channel_open(self):
        """Raise UserError where a dossier cannot come in this way.

        :return: dict dossier -> its conditions
        """
        conditions = {dossier: dossier._conditions() for dossier in self}
        for dossier in self:
            if dossier.channel == "post" and not dossier.offering_id.post_allowed:
                raise UserError(
                    self.env._(
                        "%(agency)s does not take procedure %(procedure)s by post.",
                        agency=dossier.agency_id.name,
                        procedure=dossier.procedure_id.display_name,
                    )
                )
        return conditions

    def _check_components(self):
        """Raise ValidationError naming every required paper that is missing."""
        problems = []
        for dossier in self:
            handed_in = {
                paper.component_id.id
                for paper in dossier.component_ids
                if paper._handed_in
            }
            for wanted in dossier.version_id._get_papers(dossier.case_id):
                if wanted.id not in handed_in and dossier._needs_paper(wanted):
                    problems.append(wanted.name)
            rule = dossier._exemption()
            if rule and rule.component_id and rule.component_id not in handed_in:
                problems.append(self.env._("the paper that proves “%s”", rule.name))
        if problems:
            raise ValidationError(
                self.env._("Required papers are missing:")
                + "\n- "
                + "\n- ".join(problems)
            )

    def _needs_paper(self, wanted):
        """Whether the dossier needs this wanted paper: the e-form replaces the paper
        form where dossiers are filed online."""
        filled = wanted.kind == "form" and self.channel == "online"
        return wanted.required and wanted.kind != "note" and not filled

    def _apply_supplement(self, values):
        """Take in ``values``, as for ``action_supplement``. Papers that have come in
        are no longer wanted. Raises UserError where what was asked for is missing and
        no reason is given."""
        self.ensure_one()
        self._check_supplement_keys(values)
        pause = self.pause_ids.filtered(lambda pause: not pause.date_to)
        ticked = set(values.get("handed_in") or [])
        came = self.component_ids.filtered(lambda paper: paper.id in ticked)
        if ticked - set(came.ids):
            raise self._foreign_paper()
        for paper_id, counts in (values.get("components") or {}).items():
            paper = self.component_ids.filtered(lambda p, i=int(paper_id): p.id == i)
            if not paper:
                raise self._foreign_paper()
            before = {name: paper[name] for name in COUNTS}
            if "attachment_ids" in counts:
                counts = {**counts, "attachment_ids": self._links(counts)}
            paper.write(counts)
            if any(paper[name] > before[name] for name in COUNTS):
                came |= paper
        if values.get("form_values"):
            self._check_form_names(values["form_values"], self.version_id)
            self._check_filled_by_citizen(values["form_values"])
            self.form_values = {**self._answers(), **values["form_values"]}
        came |= self.component_ids.filtered(
            lambda paper: any(
                file.create_date >= pause.date_from for file in paper.attachment_ids
            )
        )
        wanted = self.component_ids.filtered("supplement_wanted")
        came.write({"supplement_wanted": False})
        self._check_supplemented(wanted, came, values)

    def _check_supplement_keys(self, values):
        citizen = not self.env.user._is_internal()
        general = {"components", "form_values", "note"}
        of_papers = {"attachment_ids"}
        if not citizen:
            general |= {"handed_in", "reason"}
            of_papers |= {*COUNTS, "note"}
        papers = (values.get("components") or {}).values()
        if values.keys() - general or any(row.keys() - of_papers for row in papers):
            raise UserError(
                self.env._("A supplement cannot be taken in with these values.")
            )

    def _check_filled_by_citizen(self, answers):
        """Raise UserError where a citizen answers what officers answer."""
        if self.env.user._is_internal():
            return
        fields = {field["name"]: field for field in self.version_id._get_form_spec()}
        foreign = [
            fields[name]["label"]
            for name in answers
            if fields[name].get("filled_by", "citizen") != "citizen"
        ]
        if foreign:
            raise UserError(
                self.env._("Officers fill in this: %s.", ", ".join(foreign))
            )

    def _foreign_paper(self):
        return UserError(
            self.env._("The papers handed in do not belong to this dossier.")
        )

    def _check_supplemented(self, wanted, came, values):
        """The clock goes on for what was handed in, not for a click."""
        if str(values.get("reason") or "").strip():
            return
        missing = wanted - came
        if missing:
            raise UserError(
                self.env._(
                    "Asked for and not handed in: %s. Tick what has come in, or write "
                    "why the work goes on without it.",
                    ", ".join(missing.mapped("name")),
                )
            )
        note = str(values.get("note") or "").strip()
        if not (came or values.get("form_values") or note):
            raise UserError(
                self.env._(
                    "Nothing was handed in. Note what the applicant has answered, or "
                    "write why the work goes on without it."
                )
            )

    @api.model
    def _links(self, counts):
        """Commands that add the files of ``counts``, given by id or by commands. Verbs
        write with more rights than their callers have: no other command may pass."""
        links = []
        for file in counts["attachment_ids"]:
            if isinstance(file, int):
                links.append(Command.link(file))
            elif file[0] == Command.LINK:
                links.append(Command.link(file[1]))
            elif file[0] == Command.SET:
                links += [Command.link(id_) for id_ in file[2]]
            else:
                raise UserError(
                    self.env._("Upload files first, then name them by their ids.")
                )
        return links

    # ... numbers

    def _take_codes(self, now):
        """Codes and register numbers for these dossiers.

        The code counts by agency and day in Vietnam, the register by agency and year.

        :return: dict dossier -> dict with ``code`` and ``register_code``
        """
        day = to_local(now).date()
        series = {}
        for dossier in self:
            identifier = dossier.agency_id._get_identifier()
            if not identifier:
                raise UserError(
                    self.env._(
                        "%s has no identifier yet, and dossier codes begin with it.",
                        dossier.agency_id.display_name,
                    )
                )
            pattern = dossier.ruleset_id._get_code_pattern()
            series.setdefault((identifier, pattern), []).append(dossier)
        codes = {}
        for (identifier, pattern), dossiers in series.items():
            daily, yearly = f"{identifier}/{day:%y%m%d}", f"{identifier}/{day:%Y}"
            count = len(dossiers)
            taken = self.env["motcua.number"]._allocate(
                {
                    daily: (
                        count,
                        lambda n, i=identifier, p=pattern: code_tools.format_code(
                            p, i, day, n
                        ),
                    ),
                    yearly: (count, lambda n, s=yearly: f"{s}/{n:04d}"),
                }
            )
            for dossier, (_n, code), (_m, register) in zip(
                dossiers, taken[daily], taken[yearly], strict=True
            ):
                codes[dossier] = {"code": code, "register_code": register}
        return codes

    # ... fees

    def _received_values(self, conditions, now):
        """What reception makes of a dossier, apart from its numbers."""
        self.ensure_one()
        now = self._not_before_last(now)
        handover = self._handover_due(now)
        due = self._due_from(handover or now, conditions)
        return {
            "status": "2",
            "workflow_id": conditions.workflow_id,
            "step_id": conditions.first_step_id,
            "date_submitted": self.date_submitted or now,
            "date_received": now,
            "date_handover_due": handover,
            "date_due": due,
            "date_due_original": due,
            "term_quantity": conditions.term_quantity,
            "term_unit": conditions.term_unit,
        }

    def _fee_values(self, conditions):
        """Fee rows that the channel (or the agency itself) levies on this dossier."""
        self.ensure_one()
        rows = []
        for fee in conditions.fees:
            full = fee_tools.amount(fee, self.pages, self.copies)
            if full:
                rows.append(
                    {
                        "dossier_id": self.id,
                        "kind": fee["kind"],
                        "name": fee["name"],
                        **self._reduce(fee, full),
                    }
                )
        return rows
