from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..api import read_values, takes
from ..tools import form as form_tools
from ..tools import scan as scan_tools
from ..tools import text
from ..tools.arguments import Dict, Flag, Id, Json, OneOf, Values, Whole
from ..tools.form_values import BadValue, convert
from ..tools.localtime import today_in_vietnam
from ..tools.problem import Problem
from .desk_person import PERSON
from .dossier_component import COUNTS
from .procedure import CHANNELS

# Dossiers of one person that are looked through for what to prefill.
EARLIER = 20
# Pages, copies: more of them nobody carries.
COUNT = Whole(-100_000, 100_000)
# What is applied for: see ``describe``.
CHOICE = {
    **dict.fromkeys(("procedure_id", "agency_id", "case_id", "exemption_id"), Id()),
    "channel": OneOf(CHANNELS),
    **dict.fromkeys(("pages", "copies"), Json()),  # numbers as typed: ``_whole``
    "person": Dict(**PERSON),
}


class Desk(models.AbstractModel):
    """What a procedure wants: papers, form, term, appointment and fees, computed from a
    dossier that is not stored by the same code that receives it."""

    _inherit = "motcua.desk"

    @api.model
    @takes(desk_id=Id(), choice=Dict(**CHOICE))
    def describe(self, desk_id, choice):
        """All that the screen shows of a procedure once it is chosen.

        :param choice: dict with ``procedure_id``, ``agency_id`` and, where known,
            ``channel``, ``case_id``, ``exemption_id``, ``pages``, ``copies`` and
            ``person`` (to find what that person has filed already)
        """
        desk = self._require_desk(desk_id)
        draft = self._draft(desk, choice)
        version, procedure = draft.version_id, draft.procedure_id
        ways = self._ways(draft)
        way = next((way for way in ways if way["id"] == draft.case_id.id), {})
        spec = version._get_form_spec()
        return {
            "procedure_id": procedure.id,
            "agency_id": draft.agency_id.id,
            "code": procedure.code,
            "name": procedure.name,
            "result": procedure.result_name or "",
            "agency": draft.agency_id != desk.unit_id and draft.agency_id.name,
            "channel": draft.channel,
            "channels": self._channels(draft),
            "case_id": draft.case_id.id,
            "cases": ways,
            "case_wanted": not way,
            "papers": self._papers(draft),
            "notes": [
                paper.name
                for paper in version._get_papers(draft.case_id)
                if paper.kind == "note"
            ],
            "form": [
                field
                for field in spec
                if (field.get("filled_by") or "citizen") == "citizen"
            ],
            "earlier": self._earlier_answers(spec, choice.get("person")),
            "term": way.get("term", ""),
            "due": way.get("due", ""),
            "in_charge": draft.agency_id.name,
            "anywhere": procedure.non_territorial,
            "handover_due": fields.Datetime.to_string(
                draft._handover_due(fields.Datetime.now())
            )
            or "",
            "provisional": self._provisional(way.get("due")),
            "fees": way.get("fees", []),
            "exemption_id": draft.exemption_id.id,
            "exemptions": self._exemptions(draft),
            "counts_pages": any("page" in way["units"] for way in ways),
            "counts_copies": any(set(way["units"]) - {"dossier"} for way in ways),
            "pages": draft.pages,
            "copies": draft.copies,
            "at_once": bool(way) and self._may_finish_at_once(draft),
            "duplicates": self._duplicates(choice.get("person"), procedure),
            "guidance": self._earlier_guidance(choice.get("person"), procedure),
        }

    @api.model
    @takes(desk_id=Id(), choice=Dict(**CHOICE), values=Values(), on_paper=Flag())
    def check_form(self, desk_id, choice, values, on_paper):
        """Which fields of the form apply with these answers, and what is wrong.

        :param on_paper: whether a paper form is handed in, which stands for answers
        :return: dict with ``visible`` and ``required`` (names), ``problems`` (sentences
            by name, ``children.0.name`` in rows) and ``computed`` (values by name)
        """
        desk = self._require_desk(desk_id)
        spec = self._draft(desk, choice).version_id._get_form_spec()
        return self.env["motcua.dossier"]._examine_form(spec, values, on_paper)

    # ------------------------------------------------------------------

    @api.model
    def _draft(self, desk, choice):
        """A dossier as it would be received now, not stored."""
        offering = self._require_offering(
            desk, choice.get("procedure_id"), choice.get("agency_id")
        )
        today = today_in_vietnam()
        version = offering.procedure_id._require_version(today)
        wanted = choice.get("channel")
        channel = wanted if wanted in ("counter", "post") else "counter"
        channel = channel if version._way_ids(channel) else "counter"
        case = self._chosen_case(version, channel, choice.get("case_id"))
        return (
            self.env["motcua.dossier"]
            .sudo()
            .new(
                {
                    "procedure_id": offering.procedure_id.id,
                    "agency_id": offering.agency_id.id,
                    "desk_id": desk.id,
                    "offering_id": offering.id,
                    "version_id": version.id,
                    "ruleset_id": self.env["motcua.ruleset"]._get_at(today).id,
                    "case_id": case.id,
                    "channel": channel,
                    "exemption_id": self._chosen_exemption(version, choice),
                    "pages": max(
                        1, self._whole(choice.get("pages"), self.env._("Pages a copy"))
                    ),
                    "copies": max(
                        1,
                        self._whole(choice.get("copies"), self.env._("Copies wanted")),
                    ),
                }
            )
        )

    @api.model
    def _whole(self, value, label):
        """A count as it was typed at the desk; nothing is 0."""
        try:
            count = convert("integer", value or 0)
        except BadValue as error:
            Field = self.env["motcua.form.field"]
            problem = Problem("count", error.code, error.params)
            raise ValidationError(
                Field._problem_sentence(problem, {"count": label})
            ) from None
        return read_values(self.env, {label: COUNT}, {label: count})[label] or 0

    @api.model
    def _chosen_case(self, version, channel, case_id):
        """The case that was chosen; without a choice the ordinary one, or the only one
        there is. What the procedure does not know is refused: another term than the one
        that was meant must not stand on the receipt."""
        ways = version._way_ids(channel)
        if case_id and case_id not in version.case_ids.ids:
            raise UserError(
                self.env._(
                    "Procedure %s has no such case: choose one of its cases.",
                    version.procedure_id.display_name,
                )
            )
        if not case_id and len(ways) == 1:
            case_id = ways[0]
        return version.case_ids.browse(case_id or [])

    @api.model
    def _chosen_exemption(self, version, choice):
        """Id of the exemption that was chosen, False without one."""
        exemption_id = choice.get("exemption_id")
        if not exemption_id:
            return False
        if exemption_id not in [rule.id for rule in version._get_exemptions()]:
            raise UserError(
                self.env._(
                    "Procedure %s has no such exemption: choose one of its own.",
                    version.procedure_id.display_name,
                )
            )
        return exemption_id

    @api.model
    def _provisional(self, due):
        """The sentence beside a date reckoned through a year that nobody confirmed."""
        years = due and self.env["motcua.calendar.year"]._unconfirmed(
            fields.Datetime.now(), fields.Datetime.to_datetime(due)
        )
        return years and self.env._(
            "Expected: the days off of %s are not confirmed yet",
            ", ".join(map(str, years)),
        )

    @api.model
    def _ways(self, draft):
        """The cases that may be chosen, each with its term, appointment and fees."""
        now = fields.Datetime.now()
        ways = []
        for case_id in draft.version_id._way_ids(draft.channel):
            case = draft.version_id.case_ids.browse(case_id or [])
            conditions = draft._conditions(case)
            ways.append(
                {
                    "id": case_id,
                    "name": case.name or self.env._("Ordinary case"),
                    "term": text.term_words(
                        conditions.term_quantity, conditions.term_unit
                    ),
                    "due": fields.Datetime.to_string(draft._first_due(now, conditions)),
                    "fees": [
                        {
                            name: fee.get(name, "")
                            for name in ("name", "amount", "reason")
                        }
                        for fee in draft._fee_values(conditions)
                    ],
                    "units": sorted({fee["unit"] for fee in conditions.fees}),
                }
            )
        return ways

    @api.model
    def _channels(self, draft):
        """Channels of a desk that this procedure is served through."""
        labels = dict(
            self.env["motcua.dossier"]
            ._fields["channel"]
            ._description_selection(self.env)
        )
        return [
            [channel, labels[channel]]
            for channel, _label in CHANNELS
            if channel != "online"
            and draft.version_id._way_ids(channel)
            and (channel != "post" or draft.offering_id.post_allowed)
        ]

    @api.model
    def _exemptions(self, draft):
        """The exemptions that may be chosen today, with what is to prove them."""
        today = today_in_vietnam()
        papers = {paper.id: paper.name for paper in draft.version_id.component_ids}
        return [
            {
                "id": rule.id,
                "name": rule.name,
                "proof": papers.get(rule.component_id) or rule.proof or "",
            }
            for rule in draft.version_id._get_exemptions()
            if rule.holds_on(today)
        ]

    @api.model
    def _papers(self, draft):
        Component = self.env["motcua.procedure.component"].sudo()
        papers = []
        for values in draft._component_values():
            wanted = Component.browse(values["component_id"])
            papers.append(
                {
                    "component_id": wanted.id,
                    "name": wanted.name,
                    "kind": wanted.kind,
                    "required": wanted.required,
                    "note": wanted.note or "",
                    "database": wanted.database or "",
                    "accepted": wanted.accepted_formats or "",
                    # What is ticked at once, and what ticking the paper stands for.
                    **{name: values[name] for name in COUNTS},
                    "wanted": [wanted[name] for name in COUNTS],
                }
            )
        return papers

    @api.model
    def _may_finish_at_once(self, draft):
        """Whether who receives may also sign: "trả ngay"."""
        step = (
            self.env["motcua.workflow.step"]
            .sudo()
            .browse(draft._conditions().first_step_id)
        )
        return bool(
            step.can_finish
            and not draft._is_for_elsewhere()
            and self.env.user._motcua_has_role(step.role, draft._step_agency(step))
        )

    @api.model
    def _duplicates(self, person, procedure):
        """Open dossiers of a person for this procedure; codes only of those that the
        user may read."""
        partner = self._known_partner(person or {})
        found = self.env["motcua.dossier"]._find_duplicates(partner, procedure)
        readable = found.sudo(False)._filtered_access("read")
        return [
            {
                "id": dossier.id if dossier.sudo(False) in readable else False,
                "code": dossier.code if dossier.sudo(False) in readable else "",
                "desk": dossier.desk_id.name,
                "date": fields.Datetime.to_string(
                    dossier.date_received or dossier.date_submitted
                ),
            }
            for dossier in found
        ]

    @api.model
    def _earlier_answers(self, spec, person):
        """What the form takes over from dossiers that a person has filed before: the
        last answer to each question, of those dossiers that the user may read anyway.
        That they were read is noted.

        :return: dict name -> answer, only answers that would be right here
        """
        fields = [field for field in spec if field.get("prefill") == "earlier"]
        partner = fields and self._known_partner(person or {})
        if not partner:
            return {}
        # As the user, not as the system: the rules say what is in sight.
        dossiers = self.env["motcua.dossier"].search(
            [("applicant_id", "=", partner.id), ("status", "!=", "0")],
            order="id desc",
            limit=EARLIER,
        )
        found, read = {}, dossiers.browse()
        for dossier in dossiers:
            answers = dossier.sudo()._answers()
            for field in fields:
                value = answers.get(field.get("prefill_name") or field["name"])
                if field["name"] not in found and form_tools.accepts(field, value):
                    found[field["name"]] = value
                    read |= dossier
        self.env["motcua.access.log"]._note(read, "read")
        return found

    @api.model
    def _known_partner(self, person):
        """The contact that receiving would take for this person, if there is one."""
        partner, _source = self._read_handle(person.get("handle"))
        scan = scan_tools.recognise(person.get("id_number") or "")
        if partner or scan.kind != "number":
            return partner
        number = scan.value.get("id_number") or scan.value.get("tax_code")
        return self._partners("motcua_id_number", number) if number else partner
