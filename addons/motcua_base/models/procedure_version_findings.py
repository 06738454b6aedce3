from odoo import models

from ..tools import text
from ..tools.localtime import today_in_vietnam
from .finding import problem, warning


class ProcedureVersion(models.Model):
    """What stands against publishing a draft.

    Every part of a version answers for itself (``_findings()`` of its model); here
    stands what concerns the version as a whole.
    """

    _inherit = "motcua.procedure.version"

    def _findings(self):
        """All that is wrong or doubtful with this version, problems first.

        :return: list of ``Finding``
        """
        self.ensure_one()
        found = self._date_findings() + self._workflow_findings()
        found += self._channel_findings()
        for parts in self._parts():
            found += parts._findings()
        found += self._local_term_findings() + self._staff_findings()
        found += self._ended_findings()
        return sorted(found, key=lambda finding: not finding.blocks)

    def _parts(self):
        """The recordsets that make up this version: whatever freezes with it."""
        part = self.env.registry["motcua.version.part"]
        return [
            self[name]
            for name, field in self._fields.items()
            if field.type == "one2many"
            and issubclass(self.env.registry[field.comodel_name], part)
        ]

    def _date_findings(self):
        found = []
        others = (self.procedure_id.version_ids - self).filtered(
            lambda other: other.state != "draft"
        )
        for other in others:
            if other.date_from >= self.date_from:
                found.append(
                    problem(
                        self.env._(
                            "a version in force from the same day or later is "
                            "published already: %(version)s, from %(day)s",
                            version=other.display_name,
                            day=other.date_from.strftime("%d/%m/%Y"),
                        ),
                        self,
                        "date_from",
                    )
                )
        today = today_in_vietnam()
        if self.date_to and self.date_to < today:
            found.append(warning(self.env._("it has expired already"), self, "date_to"))
        if others and self.date_from < today:
            found.append(
                warning(
                    self.env._(
                        "it is in force from a day that has passed: dossiers received "
                        "since %s keep the version they were received by",
                        self.date_from.strftime("%d/%m/%Y"),
                    ),
                    self,
                    "date_from",
                )
            )
        return found

    def _workflow_findings(self):
        if not self.workflow_id:
            return [problem(self.env._("no workflow is chosen"), self, "workflow_id")]
        form = self.field_ids._to_spec()
        return [
            finding
            for workflow in self._get_workflows()
            for finding in workflow._findings(form)
        ]

    def _get_workflows(self):
        """The workflows that dossiers of this version may follow: its own, and those of
        agencies that have theirs."""
        return self.workflow_id | self.procedure_id.offering_ids.workflow_id

    def _own_workflows(self):
        """The workflows that no dossier and no other version but this draft follows."""
        self.ensure_one()
        versions = self.search([("id", "!=", self.id)])
        others = versions.workflow_id | versions.procedure_id.offering_ids.workflow_id
        return (self._get_workflows() - others).filtered(
            lambda workflow: not workflow._count_open_dossiers()
        )

    def _channel_findings(self):
        """Every channel has a term for every case."""
        if not self.channel_ids:
            return [
                problem(
                    self.env._("no channel with a term is given"), self, "channel_ids"
                )
            ]
        found = []
        for rows in self.channel_ids.grouped("channel").values():
            if not all(row.case_id for row in rows):
                continue
            label = rows[0]._channel_label()
            for case in self.case_ids - rows.case_id:
                found.append(
                    problem(
                        self.env._(
                            "no term is given for case “%(case)s” in channel "
                            "“%(channel)s”",
                            case=case.name,
                            channel=label,
                        ),
                        self,
                        "channel_ids",
                    )
                )
            found.append(
                warning(
                    self.env._(
                        "channel “%s” has terms for certain cases only: a dossier "
                        "that names no case cannot be filed through it",
                        label,
                    ),
                    self,
                    "channel_ids",
                )
            )
        if (
            self.procedure_id.service_level != "information"
            and "online" not in self.channel_ids.mapped("channel")
        ):
            found.append(
                warning(
                    self.env._(
                        "the procedure is said to be served online, but no term is "
                        "given for that"
                    ),
                    self,
                    "channel_ids",
                )
            )
        return found

    def _local_term_findings(self):
        """Agencies may shorten a term, not lengthen it."""
        found = []
        for offering in self.procedure_id.offering_ids.filtered("active"):
            shortest = min(
                (
                    row.term_quantity
                    for row in self.channel_ids
                    if row.term_unit == offering.term_unit != "same_day"
                ),
                default=offering.term_quantity,
            )
            if offering.term_quantity > shortest:
                found.append(
                    warning(
                        self.env._(
                            "at %(agency)s the own term (%(own)s) is longer than that "
                            "of the procedure (%(term)s)",
                            agency=offering.agency_id.display_name,
                            own=text.term_words(
                                offering.term_quantity, offering.term_unit
                            ),
                            term=text.term_words(shortest, offering.term_unit),
                        ),
                        offering,
                        "term_quantity",
                    )
                )
        return found

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def _staff_findings(self):
        """Agencies that offer the procedure but have nobody for a step, on the day on
        which the version comes into force."""
        offerings = self.procedure_id.offering_ids.filtered("active")
        if not offerings:
            return [
                warning(
                    self.env._("no agency offers the procedure yet"),
                    self.procedure_id,
                    "offering_ids",
                )
            ]
        day = max(self.date_from, today_in_vietnam())
        places = {
            offering: {
                step: place._get_current(day)
                for step, place in offering._step_places(
                    offering.workflow_id or self.workflow_id
                ).items()
            }
            for offering in offerings
        }
        units = self.env["motcua.agency"].union(
            *(place.unit_id for steps in places.values() for place in steps.values())
        )
        staff = self.env["motcua.membership"]._staff_by_unit(units, day)
        found = self._homeless_findings(places)
        for offering, steps in places.items():
            lacking = {
                place: self.env["motcua.workflow.step"].union(
                    *(
                        step
                        for step, where in steps.items()
                        if where == place
                        and not staff[place.unit_id]._can_do(step.role, place)
                    )
                )
                for place in steps.values()
            }
            found += [
                self._lacking_finding(offering, place, steps)
                for place, steps in lacking.items()
                if steps
            ]
        return found

    def _ended_findings(self):
        """Units that are named though they have ended by the day on which the version
        comes into force."""
        day = max(self.date_from, today_in_vietnam())
        offerings = self.procedure_id.offering_ids.filtered("active")
        steps = (self.workflow_id | offerings.workflow_id).step_ids
        found = []
        for record in (*steps, *offerings):
            for unit in record._named_units():
                if ended := unit._ended_part(day):
                    found.append(self._ended_finding(record, unit, ended, day))
        return found

    def _ended_finding(self, record, unit, ended, day):
        successor = unit._get_current(day)
        words = {
            "where": record.display_name,
            "unit": unit.display_name,
            "day": ended.date_to.strftime("%d/%m/%Y"),
            "successor": successor.display_name,
        }
        if successor == unit:
            sentence = self.env._(
                "“%(where)s” names %(unit)s, which ended on %(day)s without a "
                "successor: nobody takes over",
                **words,
            )
        else:
            sentence = self.env._(
                "“%(where)s” names %(unit)s, which ended on %(day)s: %(successor)s "
                "takes over",
                **words,
            )
        return warning(sentence, record)

    def _homeless_findings(self, places):
        found = []
        for offering, steps in places.items():
            workflow = offering.workflow_id or self.workflow_id
            homeless = workflow.step_ids.filtered(lambda step, s=steps: step not in s)
            if homeless:
                sentence = self.env._(
                    "there is no agency above %(agency)s to do: %(steps)s",
                    agency=offering.agency_id.display_name,
                    steps=", ".join(homeless.mapped("name")),
                )
                found.append(warning(sentence, offering.agency_id, "parent_id"))
        return found

    def _lacking_finding(self, offering, place, steps):
        roles = dict(steps._fields["role"]._description_selection(self.env))
        named = [f"{step.name} ({roles[step.role]})" for step in steps]
        where = {
            "agency": offering.agency_id.display_name,
            "place": place.display_name,
            "steps": ", ".join(named),
        }
        if place == offering.agency_id:
            sentence = self.env._("at %(agency)s nobody can do: %(steps)s", **where)
        else:
            sentence = self.env._(
                "at %(place)s nobody can do for %(agency)s: %(steps)s", **where
            )
        return warning(sentence, place, "membership_ids")
