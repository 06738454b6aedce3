from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import clean_context, frozendict, groupby

from ..api import takes
from ..tools import clock, identity
from ..tools.arguments import (
    FILE,
    NOTE,
    ById,
    Commands,
    Day,
    Dict,
    Flag,
    Id,
    Ids,
    ListOf,
    OneOf,
    Record,
    Text,
    Values,
    Whole,
)
from ..tools.localtime import to_local, to_utc, today_in_vietnam
from .dossier import PAUSED, WORKING
from .dossier_access import AFTER_HAND_OVER, LEAVING_STEP, VERBS, WHILE_PAUSED
from .dossier_component import COUNTS
from .dossier_fee import FEE_LINE
from .dossier_task import DECISIONS
from .procedure import CHANNELS

# How the task ends that a dossier ends at.
OUTCOME_OF = {"complete": "completed", "refuse": "refused", "close": "closed"}
# What has come in: see ``action_supplement``.
SUPPLEMENT = {
    "components": ById(
        Dict(
            **dict.fromkeys(COUNTS, Whole(0, 100_000)),
            note=Text(NOTE),
            attachment_ids=Commands(),
        )
    ),
    "form_values": Values(),
    "handed_in": Ids(),
    **dict.fromkeys(("note", "reason"), Text(NOTE)),
}


class Dossier(models.Model):
    """The verbs: the only way a dossier moves.

    Every verb takes a recordset, checks who may call it and from where, works under a
    row lock, writes tasks, clock, status and one event a dossier in one transaction.
    It raises UserError, ValidationError or AccessError, and changes nothing, when it
    may not. Other records are given by id, so that every verb can be called over RPC.
    """

    _inherit = "motcua.dossier"

    # ------------------------------------------------------------------
    # Intake
    # ------------------------------------------------------------------

    @api.model
    @takes(vals_list=ListOf(Record()))
    def receive_new(self, vals_list):
        """Create and receive dossiers in one go.

        :param vals_list: values as for ``create``
        :return: list of ``{"id", "code", "date_due"}``
        """
        dossiers = self.create(vals_list)
        # Nobody else can have their hands on what has just been made: no lock.
        dossiers._check_verb("action_receive")
        dossiers._with_verb_rights()._receive()
        return [
            {
                "id": dossier.id,
                "code": dossier.code,
                "date_due": fields.Datetime.to_string(dossier.date_due),
            }
            for dossier in dossiers
        ]

    @takes()
    def action_submit(self):
        """0 → 1: the citizen, or the desk for the citizen, files online."""
        dossiers = self._begin("action_submit")
        dossiers._check_channel_open()
        dossiers._check_form()
        before = dossiers._places()
        now = fields.Datetime.now()
        for dossier in dossiers:
            minutes = dossier.ruleset_id.intake_hours * 60
            due = dossier._work_calendar().add_minutes(to_local(now), minutes)
            dossier.write(
                {
                    "status": "1",
                    "date_submitted": now,
                    "date_intake_due": to_utc(due),
                }
            )
        dossiers._log("submit", before)
        return True

    @takes()
    def action_receive(self):
        """0/1 → 2: number, due date, fees, first task (NĐ 61/2018, articles 17, 26)."""
        self._begin("action_receive")._receive()
        return True

    def _receive(self):
        """Receive ``self``, with the rights of a verb."""
        self._check_in_force()
        conditions = self._check_channel_open()
        self._check_desk()
        self._check_components()
        self._check_form()
        before = self._places()
        now = fields.Datetime.now()
        codes = self._take_codes(now)
        # Dossiers received together have nearly all of it in common: written at once.
        for values, dossiers in groupby(
            self, lambda d: frozendict(d._received_values(conditions[d], now))
        ):
            self.concat(*dossiers).write(values)
        fees = [
            fee
            for dossier in self
            if not dossier.fee_ids
            for fee in dossier._fee_values(conditions[dossier])
        ]
        self.env["motcua.dossier.fee"].sudo().create(fees)
        opening = {"user_id": self.env.uid, "date_received": now}
        places = self._open_tasks(dict.fromkeys(self, opening))
        self._log(
            "receive",
            before,
            {
                dossier: {
                    "channel": dossier.channel,
                    "due_after": fields.Datetime.to_string(dossier.date_due),
                }
                for dossier in self
            },
            {dossier: {**codes[dossier], **places[dossier]} for dossier in self},
        )
        self._notify_applicant("received")

    @takes(reason=Text(NOTE))
    def action_reject(self, reason):
        """0/1 → 3: refusal at intake, with form 03 for the applicant."""
        reason = self._require_text(reason, self.env._("the reason"))
        dossiers = self._begin("action_reject")
        before = dossiers._places()
        now = fields.Datetime.now()
        dossiers.write({"status": "3", "refusal_reason": reason})
        dossiers._end(now)
        self.env["motcua.outgoing"]._issue("rejection", dossiers)
        dossiers._log("reject", before, dict.fromkeys(dossiers, {"reason": reason}))
        dossiers._notify_applicant("refused")
        return True

    # ------------------------------------------------------------------
    # From desk to desk
    # ------------------------------------------------------------------

    @takes(user_id=Id())
    def action_assign(self, user_id):
        """Give the current task to an officer, take it from the queue oneself, or (to
        nobody) put it back there."""
        user = self.env["res.users"].sudo().browse(user_id).exists()
        dossiers = self._begin("action_assign")
        for dossier in dossiers:
            task = dossier.task_id
            if user_id:
                self._check_officer(user, task.step_id, task.agency_id)
        dossiers.task_id.write({"user_id": user.id})
        dossiers.write({"user_id": user.id})
        dossiers._log(
            "assign", None, dict.fromkeys(dossiers, {"user": user.id or None})
        )
        return True

    @takes(
        transition_id=Id(),
        assignee_id=Id(),
        note=Text(NOTE),
        files=Ids(),
        decision=OneOf(DECISIONS),
    )
    def action_forward(
        self,
        transition_id=None,
        assignee_id=None,
        note=None,
        files=None,
        decision=None,
    ):
        """2/4 → 4: on to the next step, or back along a return edge.

        :param transition_id: where to; may be left out where only one way leads on
        :param assignee_id: user who is to do the next step
        :param note: opinion of this step; compulsory when going back
        :param files: ids of attachments with the draft that this step has produced
        :param decision: of who approves: "granted" (default) or "refused", with the
            reason as note; nobody below may end the dossier otherwise
        """
        drafts = self.env["ir.attachment"].browse(files or [])
        if drafts and len(self) > 1:
            raise UserError(self.env._("Hand in the drafts of one dossier at a time."))
        dossiers = self._begin("action_forward")
        if drafts:
            drafts._motcua_adopt(dossiers)
            dossiers.task_id.attachment_ids |= drafts
        before = dossiers._places()
        now = fields.Datetime.now()
        ways = {
            dossier: dossier._pick_transition(transition_id) for dossier in dossiers
        }
        named = self.env["res.users"].sudo().browse(assignee_id or []).exists()
        openings = {}
        for dossier, way in ways.items():
            if way.kind == "return":
                self._require_text(note, self.env._("why it goes back"))
            else:
                dossier.task_id._check_product(note)
                dossier._check_asked()
                dossier._check_officer_fields(way.to_step_id)
            step = self.env["motcua.workflow.step"].sudo().browse(way.to_step_id)
            assignee = named
            if assignee_id:
                self._check_officer(assignee, step, dossier._step_agency(step))
            elif way.kind == "return":
                assignee = dossier._last_officer(step)
            openings[dossier] = {
                "user_id": assignee.id,
                "date_received": now,
                "from_user_id": self.env.uid,
            }
        for kind, outcome in (("forward", "forwarded"), ("return", "returned")):
            going = dossiers.filtered(lambda d, kind=kind: ways[d].kind == kind)
            if kind == "forward":
                going.task_id._decide(decision, note)
            going.task_id._close(outcome, now, note)
        for dossier, way in ways.items():
            dossier.write({"status": "4", "step_id": way.to_step_id})
        places = dossiers._open_tasks(openings)
        for kind, event in (("forward", "forward"), ("return", "return_back")):
            going = dossiers.filtered(lambda d, kind=kind: ways[d].kind == kind)
            payload = {"note": note or None}
            going._log(event, before, dict.fromkeys(going, payload), places)
        return True

    @takes(
        agency_ids=Ids("motcua.agency"),
        due=Day(),
        question=Text(NOTE),
        confirmed=Flag(),
    )
    def action_consult(self, agency_ids, due, question, confirmed=False):
        """Ask other units for their opinion, all at once; the step closes only when
        they have answered (NĐ 61/2018, article 19.5).

        :param agency_ids: ids of the units asked
        :param due: day or moment (UTC) by which they answer
        :param confirmed: a day more than a year away is meant
        """
        question = self._require_text(question, self.env._("the question"))
        due = self._require_moment(due)
        self._check_near(due, confirmed)
        agencies = self.env["motcua.agency"].sudo().browse(agency_ids).exists()
        if not agencies:
            raise UserError(self.env._("Choose whom to ask."))
        for agency in agencies:
            agency._check_valid(today_in_vietnam())
        dossiers = self._begin("action_consult")
        before = dossiers._places()
        now = fields.Datetime.now()
        self.env["motcua.dossier.task"].sudo().create(
            [
                {
                    "dossier_id": dossier.id,
                    "kind": "consult",
                    "step_id": dossier.step_id.id,
                    "role": "handler",
                    "agency_id": agency.id,
                    "from_user_id": self.env.uid,
                    "date_received": dossier._not_before_last(now),
                    "date_due": due,
                    "question": question,
                }
                for dossier in dossiers
                for agency in agencies
            ]
        )
        dossiers.write({"status": "4"})
        payload = {
            "agencies": agencies.ids,
            "question": question,
            "due": fields.Datetime.to_string(due),
        }
        dossiers._log("consult", before, dict.fromkeys(dossiers, payload))
        return True

    @takes(text=Text(NOTE))
    def action_answer(self, text):
        """Answer the opinion asked of the user's unit."""
        text = self._require_text(text, self.env._("the opinion"))
        dossiers = self._begin("action_answer")
        now = fields.Datetime.now()
        tasks = dossiers._open_consultations().filtered(
            lambda task: self.env.su or task._may_be_done_by(self.env.user)
        )
        tasks.write({"answer": text, "user_id": self.env.uid})
        tasks._close("answered", now)
        for task in tasks:
            task.dossier_id._log(
                "answer",
                payloads={task.dossier_id: {"answer": text}},
                agency=task.agency_id,
            )
        return True

    # ------------------------------------------------------------------
    # The clock stands still
    # ------------------------------------------------------------------

    @takes(
        component_ids=Ids(),
        reason=Text(NOTE),
        days=Whole(),
        database_reason=Text(NOTE),
        confirmed=Flag(),
    )
    def action_request_supplement(
        self, component_ids, reason, days=None, database_reason=None, confirmed=False
    ):
        """2/4 → 5: ask the applicant to supplement, once and fully (form 02;
        NĐ 61/2018, article 19.4).

        :param component_ids: ids of the dossier's papers asked for, may be empty
        :param days: days given to the applicant; default: as the rule set proposes
        :param database_reason: why papers are asked for whose data stands in a database
        :param confirmed: more than a year is meant
        """
        reason = self._require_text(reason, self.env._("the reason"))
        papers = self.env["motcua.dossier.component"].browse(component_ids or [])
        dossiers = self._begin("action_request_supplement")
        wanted = papers.sudo().component_id
        self.env["motcua.outgoing"]._check_databases(wanted, database_reason)
        now = fields.Datetime.now()
        for dossier in dossiers:
            rules = dossier.ruleset_id
            dossier._check_may_ask_again()
            if papers - dossier.component_ids:
                raise UserError(
                    self.env._("The papers asked for do not belong to this dossier.")
                )
            given = days or rules.supplement_days
            if given <= 0:
                raise UserError(self.env._("Give the applicant at least one day."))
            deadline = self._days_ahead(given)
            self._check_near(deadline, confirmed)
            term = clock.Term(max(rules.supplement_notice_days, 1), "working_day")
            notice = clock.due(
                to_local(dossier._term_start()), term, dossier._work_calendar()
            )
            dossier._start_pause(
                "supplement",
                "5",
                now,
                reason,
                {
                    "component_ids": papers.ids,
                    "deadline": deadline,
                    "late": to_local(now) > notice,
                },
            )
        papers.sudo().write({"supplement_wanted": True})
        forms = self.env["motcua.outgoing"]._issue("supplement", dossiers)
        forms._note_databases(wanted, database_reason)
        dossiers._notify_applicant("supplement")
        return True

    @takes(values=Dict(**SUPPLEMENT))
    def action_supplement(self, values=None):
        """5 → back: what was asked for has come in, the clock goes on.

        :param values: ``{"components": {id: {"originals": 1, …}}, "form_values":
            {name: value}, "handed_in": ids of papers that were exchanged, "note": text,
            "reason": why the work goes on without what is missing}``; citizens give
            files, answers and a note only
        """
        values = values or {}
        dossiers = self._begin("action_supplement")
        if values and len(dossiers) > 1:
            raise UserError(self.env._("Supplement one dossier at a time."))
        for dossier in dossiers:
            dossier._apply_supplement(values)
        dossiers._check_components()
        dossiers._check_form()
        missing = dossiers.component_ids.filtered("supplement_wanted")
        payload = {
            "note": values.get("note"),
            "reason": values.get("reason") or None,
            "missing": missing.mapped("name"),
        }
        dossiers._end_pauses("supplement", payload)
        dossiers.component_ids.write({"supplement_wanted": False})
        return True

    @takes(lines=ListOf(Dict(**FEE_LINE)))
    def action_request_payment(self, lines):
        """2/4 → 6: the applicant has to pay before the work goes on.

        :param lines: list of ``{"name": text, "amount": đồng, "kind": "fee"|"charge"}``
        """
        dossiers = self._begin("action_request_payment")
        fees = [self._check_fee_line(line) for line in lines or []]
        if not fees:
            raise UserError(self.env._("Say what is to be paid."))
        now = fields.Datetime.now()
        self.env["motcua.dossier.fee"].sudo().create(
            [dict(fee, dossier_id=dossier.id) for dossier in dossiers for fee in fees]
        )
        names = ", ".join(fee["name"] for fee in fees)
        for dossier in dossiers:
            dossier._start_pause("payment", "6", now, names, {})
        return True

    @takes(reason=Text(NOTE), until=Day(), confirmed=Flag())
    def action_stop(self, reason, until=None, confirmed=False):
        """2/4 → 8: the head stops handling (form 05), the clock stands still; as often
        and as long as the rule set allows.

        :param until: the last day of the stop; default: as the rule set allows
        :param confirmed: a day more than a year away is meant
        """
        reason = self._require_text(reason, self.env._("the reason"))
        dossiers = self._begin("action_stop")
        now = fields.Datetime.now()
        for dossier in dossiers:
            last_day = dossier._check_stop(until)
            self._check_near(until and last_day, confirmed)
            dossier._start_pause("stop", "8", now, reason, {"deadline": last_day})
        self.env["motcua.outgoing"]._issue("stop", dossiers, by_agency=True)
        return True

    @takes()
    def action_resume(self):
        """8 → back: handling goes on, and so does the clock."""
        dossiers = self._begin("action_resume")
        dossiers._end_pauses("resume")
        return True

    @takes(new_due=Day(), reason=Text(NOTE), confirmed=Flag())
    def action_extend(self, new_due, reason, confirmed=False):
        """Apologise and promise a new date (form 04; NĐ 61/2018, article 19.9), as
        often as the rule set allows, announced before the term runs out. The first
        promise stays on record.

        :param new_due: day or moment (UTC) of the new promise; a day means its closing
        :param confirmed: a day more than a year away is meant
        """
        reason = self._require_text(reason, self.env._("the reason"))
        dossiers = self._begin("action_extend")
        now = fields.Datetime.now()
        extensions = []
        payloads = {}
        for dossier in dossiers:
            due = dossier._check_extension(new_due, now)
            self._check_near(due, confirmed)
            payloads[dossier] = {
                "reason": reason,
                "due_before": fields.Datetime.to_string(dossier.date_due),
                "due_after": fields.Datetime.to_string(due),
            }
            extensions.append(
                {
                    "dossier_id": dossier.id,
                    "date": now,
                    "user_id": self.env.uid,
                    "reason": reason,
                    "due_before": dossier.date_due,
                    "due_after": due,
                }
            )
            dossier.write({"date_due": due})
            task = dossier.task_id
            task.write(
                {"date_due": dossier._step_due(task.step_id, task.date_received)}
            )
        self.env["motcua.dossier.extension"].sudo().create(extensions)
        self.env["motcua.outgoing"]._issue("apology", dossiers, by_agency=True)
        dossiers._log("extend", None, payloads)
        dossiers._notify_applicant("apology")
        return True

    # ------------------------------------------------------------------
    # Ends
    # ------------------------------------------------------------------

    @takes(reason=Text(NOTE))
    def action_withdraw(self, reason):
        """Open → 7: the applicant takes the dossier back."""
        reason = self._require_text(reason, self.env._("the reason"))
        dossiers = self._begin("action_withdraw")
        before = dossiers._places()
        now = fields.Datetime.now()
        moved = dossiers._close_pauses(now)
        dossiers._close_all_tasks("withdrawn", now)
        dossiers.write({"status": "7", "user_id": False})
        dossiers._end(now)
        accepted = dossiers.filtered("code")
        self.env["motcua.outgoing"]._issue("stop", accepted, by_agency=True)
        payloads = {d: {"reason": reason, **moved.get(d, {})} for d in dossiers}
        dossiers._log("withdraw", before, payloads)
        return True

    @takes(reason=Text(NOTE))
    def action_refuse(self, reason):
        """2/4 → 9: the result is a refusal with its reason, within the term
        (NĐ 61/2018, article 19.8). Only where the workflow lets a dossier end, so
        that a refusal passes the same desks as a grant.

        5/8 → 9: by the head, when the applicant has not answered in the days given, or
        instead of going on after a stop."""
        reason = self._require_text(reason, self.env._("the reason"))
        dossiers = self._finish(
            "refuse", "refused", {"refusal_reason": reason}, {"reason": reason}
        )
        self.env["motcua.outgoing"]._issue("rejection", dossiers, by_agency=True)
        return True

    @takes(reason=Text(NOTE))
    def action_close(self, reason):
        """5/8 → 9: the head ends a dossier without a decision, because the days given
        for a supplement or a stop have run out (form 05). What was handed in goes back
        to the applicant."""
        reason = self._require_text(reason, self.env._("the reason"))
        dossiers = self._finish(
            "close", "closed", {"refusal_reason": reason}, {"reason": reason}
        )
        self.env["motcua.outgoing"]._issue("stop", dossiers, by_agency=True)
        return True

    @takes(
        result_files=Ids("ir.attachment"),
        number=Text(),
        date=Day(),
        note=Text(NOTE),
    )
    def action_complete(self, result_files=None, number=None, date=None, note=None):
        """2/4 → 9: the result is ready. This is the end time for on-time counting.

        :param result_files: ids of attachments with the result
        :param number: number of the result document
        :param date: its date, not in the future; default today
        :param note: opinion of this step
        """
        number = self._require_text(number, self.env._("the number of the result"))
        today = today_in_vietnam()
        date = fields.Date.to_date(date) or today
        if date > today:
            raise UserError(self.env._("The date of the result lies in the future."))
        files = self.env["ir.attachment"].browse(result_files or [])
        if files and len(self) > 1:
            raise UserError(
                self.env._("Hand in the files of the results one dossier at a time.")
            )
        values = {"result_number": number, "result_date": date}
        if files:
            values["result_attachment_ids"] = [(6, 0, files.ids)]
        dossiers = self._finish(
            "complete",
            "granted",
            values,
            {"number": number, "date": fields.Date.to_string(date), "files": files.ids},
            note,
        )
        if files:
            files._motcua_adopt(dossiers)
        return True

    @takes(
        channel=OneOf(CHANNELS),
        receiver=Text(),
        receiver_id_number=Text(),
        signature=Text(FILE),
        unpaid_reason=Text(NOTE),
    )
    def action_return(
        self,
        channel=None,
        receiver=None,
        receiver_id_number=None,
        signature=None,
        unpaid_reason=None,
    ):
        """9 → 10: the result is handed over, at the counter, by post or online.

        :param channel: how; default as the applicant wished
        :param receiver: name of who received it; default the applicant
        :param receiver_id_number: of whom the applicant has authorised to receive it
        :param signature: PNG in base64, drawn on the screen by who received it
        :param unpaid_reason: why it goes out although fees are still to be paid
        """
        receiver_id_number = self._check_receiver(receiver, receiver_id_number)
        drawing = self._decode_signature(signature)
        unpaid_reason = str(unpaid_reason or "").strip()
        dossiers = self._begin("action_return")
        dossiers._check_paid(unpaid_reason)
        before = dossiers._places()
        now = fields.Datetime.now()
        payloads = {}
        dossiers._close_all_tasks("handed_over", now)
        for dossier in dossiers:
            way = channel or dossier.return_channel or "counter"
            name = receiver or dossier.submitter_name or dossier.applicant_name
            proof = dossier._keep_signature(drawing)
            payloads[dossier] = {
                "channel": way,
                "receiver": name,
                # The log is not where personal numbers are read.
                "receiver_id": identity.mask(receiver_id_number) or None,
                "signature": proof.checksum or None,
            }
            if dossier.fee_due:
                payloads[dossier] |= {
                    "unpaid": dossier.fee_due,
                    "unpaid_reason": unpaid_reason,
                }
            dossier.write(
                {
                    "status": "10",
                    "date_returned": dossier._not_before_last(now),
                    "return_channel": way,
                    "receiver_name": name,
                    "receiver_id_number": receiver_id_number,
                    "signature_id": proof.id,
                    "user_id": False,
                }
            )
        dossiers._log("return", before, payloads)
        return True

    # ------------------------------------------------------------------
    # What the verbs share
    # ------------------------------------------------------------------

    def _begin(self, verb):
        """Lock the dossiers, check status and actor; return them with the rights that
        the rest of the verb needs.

        A screen names the hand-overs that it showed in the context (``tasks_seen``):
        then what a first click has moved is not moved on by a second one."""
        self.check_access("read")
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            raise UserError(
                self.env._(
                    "Somebody else is working on this dossier at this very moment. "
                    "Nothing was changed; try again in a few seconds."
                )
            ) from None
        self._check_verb(verb)
        self._check_seen()
        return self._with_verb_rights()

    def _check_seen(self):
        """Raise UserError for what is no longer where the user saw it."""
        seen = self.env.context.get("tasks_seen")
        seen = seen if isinstance(seen, (list, tuple)) else ()
        for dossier in self if seen else ():
            task = dossier.sudo().task_id
            if task and task.id not in seen:
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s has moved on meanwhile: it is at step "
                        "“%(step)s” now. Nothing was done; look at it again.",
                        dossier=dossier.display_name,
                        step=task.step_id.name,
                    )
                )

    def _with_verb_rights(self):
        """Each dossier once, with the rights that the rest of a verb needs and no
        default values from the caller's context."""
        context = clean_context(self.env.context)
        # What the verb itself moves on, it may move further.
        context.pop("tasks_seen", None)
        return (self | self).sudo().with_context(context, tracking_disable=True)

    def _check_verb(self, verb):
        """Raise unless status and actor of each dossier allow ``verb``."""
        statuses, actors = VERBS[verb]
        statuses += WHILE_PAUSED.get(verb, ((), ()))[0]
        tasks = self.env["motcua.dossier.task"]
        if "holder" in actors:
            tasks = self._read_open_tasks()
        labels = dict(self._fields["status"]._description_selection(self.env))
        for dossier in self:
            if dossier.status not in statuses:
                raise UserError(
                    self.env._(
                        "Dossier %(dossier)s is in status “%(status)s”, which does "
                        "not allow this. It would have to be: %(allowed)s.",
                        dossier=dossier.display_name,
                        status=labels[dossier.status],
                        allowed=", ".join(labels[status] for status in statuses),
                    )
                )
            if not dossier._is_any_actor(dossier._actors_now(verb)):
                raise AccessError(
                    self.env._(
                        "Dossier %s is not with you: this step belongs to somebody "
                        "else.",
                        dossier.display_name,
                    )
                )
        if verb in AFTER_HAND_OVER:
            self._check_handed_over()
        if verb in LEAVING_STEP:
            working = self.filtered(lambda dossier: dossier.status in WORKING)
            tasks.filtered(lambda task: task.dossier_id in working)._check_answered()

    def _read_open_tasks(self):
        """The open hand-overs of these dossiers, read in one go."""
        return (
            self.env["motcua.dossier.task"]
            .sudo()
            .search_fetch(
                [("dossier_id", "in", self.ids), ("date_done", "=", False)], order="id"
            )
        )

    def _places(self):
        """Where the dossiers are, for the event: dict dossier -> (status, step)."""
        return {dossier: (dossier.status, dossier.step_id) for dossier in self}

    @api.model
    def _require_text(self, text, what):
        text = str(text or "").strip()
        if not text:
            raise UserError(self.env._("Please write %s.", what))
        return text

    @api.model
    def _require_moment(self, value):
        """A future moment (naive UTC) from a day or a moment; a day means its end."""
        try:
            moment = fields.Datetime.to_datetime(value)
        except ValueError:
            moment = None
        if not moment:
            raise UserError(self.env._("Give a valid date."))
        if len(str(value)) == 10:
            day_end = fields.Datetime.end_of(moment, "day").replace(microsecond=0)
            moment = to_utc(day_end)
        if moment <= fields.Datetime.now():
            raise UserError(self.env._("This date lies in the past."))
        return moment

    @api.model
    def _days_ahead(self, days):
        """The day so many days from today; UserError where no calendar reaches it."""
        try:
            return fields.Date.add(today_in_vietnam(), days=days)
        except OverflowError:
            raise UserError(self.env._("Give a valid date.")) from None

    @api.model
    def _is_far(self, day):
        """Whether a day, or a moment (UTC), lies more than a year ahead: so far away
        that it is rather a slip of the keys."""
        if isinstance(day, datetime):
            day = to_local(day).date()
        return bool(day) and day > fields.Date.add(today_in_vietnam(), years=1)

    @api.model
    def _check_near(self, day, confirmed):
        """Raise UserError for a promised day that is far away, unless the caller has
        confirmed that it is meant."""
        if self._is_far(day) and not confirmed:
            raise UserError(
                self.env._(
                    "%(day)s is more than a year away. If that day is meant, confirm "
                    "it.",
                    day=day.strftime("%d/%m/%Y"),
                )
            )

    # ... tasks

    def _open_tasks(self, openings):
        """Open the main task of the step where each dossier is now.

        :param openings: dict dossier -> values for the task beside what follows from
            the step
        :return: dict dossier -> where it lies now, for ``_log`` to write
        """
        agencies = {dossier: dossier._step_agency(dossier.step_id) for dossier in self}
        unassigned = self.filtered(lambda d: not openings[d].get("user_id"))
        officers = unassigned.step_id._pick_officers(
            {dossier: agencies[dossier] for dossier in unassigned}
        )
        rows = []
        for dossier, agency in agencies.items():
            step = dossier.step_id
            opening = openings[dossier]
            values = {
                "dossier_id": dossier.id,
                "step_id": step.id,
                "role": step._get_outline().role,
                "agency_id": agency.id,
                **opening,
                "date_received": dossier._not_before_last(opening["date_received"]),
            }
            if "date_due" not in values:
                values["date_due"] = dossier._step_due(step, values["date_received"])
            if dossier in officers:
                values["user_id"] = officers[dossier].id
            rows.append(values)
        # "One open task a dossier" is the database's to say: close the old one first.
        self.env["motcua.dossier.task"].flush_model(["date_done", "verdict"])
        tasks = self.env["motcua.dossier.task"].sudo().create(rows)
        return {
            dossier: {
                "task_id": task.id,
                "user_id": task.user_id.id,
                "task_agency_id": task.agency_id.id,
            }
            for dossier, task in zip(self, tasks, strict=True)
        }

    def _end(self, now):
        for dossier in self:
            dossier.date_done = dossier._not_before_last(now)

    def _close_all_tasks(self, outcome, now):
        tasks = self.task_ids.filtered(lambda task: not task.date_done)
        tasks.filtered(lambda task: task.kind == "main")._close(outcome, now)
        tasks.filtered(lambda task: task.kind == "consult")._close("dropped", now)
        self.write({"task_id": False})

    def _step_agency(self, step):
        """The unit that does ``step`` for this dossier today."""
        return self._step_place(step)._get_current(today_in_vietnam())

    def _step_place(self, step):
        """The unit that the workflow and the offering name for ``step``."""
        self.ensure_one()
        outline = step._get_outline()
        if outline.place == "fixed":
            return self.env["motcua.agency"].browse(outline.agency_id)
        if outline.place == "desk":
            return self._desk_of(step)
        if outline.place == "department":
            return self.offering_id._get_department()
        if outline.place == "superior":
            return self._superior()
        if outline.place == "filing":
            return self.env["motcua.agency"].browse(self.desk_id._get_unit_id())
        return self.agency_id

    def _last_officer(self, step):
        """Who did ``step`` last and still may: sent back, it returns to the same
        hands."""
        tasks = self.task_ids.filtered(lambda task: task.step_id == step)
        agency = self._step_agency(step)
        return tasks[-1:].user_id.filtered(
            lambda user: user._motcua_has_role(step.role, agency)
        )

    @api.model
    def _check_officer(self, user, step, agency):
        """Raise UserError unless ``user`` may do the work of ``step`` at ``agency``."""
        if not user.active or not user._motcua_has_role(step.role, agency):
            raise UserError(
                self.env._(
                    "%(user)s cannot do step “%(step)s” at %(agency)s.",
                    user=user.name or "",
                    step=step.name,
                    agency=agency.name,
                )
            )

    def _pick_transition(self, transition_id):
        """The way, as an outline: the one named, else the only one that leads on."""
        self.ensure_one()
        ways = self._open_ways()
        if transition_id:
            way = ways.filtered(lambda way: way.id == transition_id)
        else:
            way = ways.filtered(lambda way: way._get_outline().kind == "forward")
        if len(way) != 1:
            raise UserError(
                self.env._(
                    "From step “%(step)s” dossier %(dossier)s cannot go there. "
                    "Possible: %(ways)s.",
                    step=self.step_id.name,
                    dossier=self.display_name,
                    ways=", ".join(ways.mapped("name")) or self.env._("nothing"),
                )
            )
        return way._get_outline()

    def _finish(self, kind, result, values, payload, note=None):
        """To 9 with a result, and on to the handing-over step."""
        dossiers = self._begin(f"action_{kind}")
        if kind == "complete":
            dossiers._check_moved_complete()
        if result in dict(DECISIONS):
            for dossier in dossiers:
                dossier._check_may_decide(result)
        paused = dossiers.filtered(lambda dossier: dossier.status in PAUSED)
        for dossier in paused:
            dossier._check_end_pause(f"action_{kind}")
        for dossier in dossiers - paused:
            dossier._check_end_open()
            dossier._check_asked()
            if kind == "complete":
                dossier._check_officer_fields()
                dossier.task_id._check_product(
                    note, values.get("result_attachment_ids")
                )
        before = dossiers._places()
        now = fields.Datetime.now()
        moved = paused._close_pauses(now)
        paused._open_consultations()._close("dropped", now)
        dossiers.task_id._close(OUTCOME_OF[kind], now, note)
        for dossier in dossiers:
            dossier.write(
                {
                    **values,
                    "status": "9",
                    "result": result,
                    "date_done": dossier._not_before_last(now),
                    "step_id": dossier.workflow_id._return_step().id,
                }
            )
        opening = {"date_received": now, "from_user_id": self.env.uid}
        # Handing over has no term: a result waiting for its owner is not late.
        opening["date_due"] = False
        places = dossiers._open_tasks(dict.fromkeys(dossiers, opening))
        payloads = {d: {**payload, **moved.get(d, {})} for d in dossiers}
        dossiers._log(kind, before, payloads, places)
        dossiers._notify_applicant("ready" if kind == "complete" else "refused")
        return dossiers

    # ... pauses

    def _start_pause(self, kind, status, now, reason, values):
        """Stop the clock and log why."""
        self.ensure_one()
        before = self._places()
        # A pause that has just ended is still open to the database.
        self.pause_ids.flush_recordset(["date_to"])
        self.env["motcua.dossier.pause"].sudo().create(
            {
                "dossier_id": self.id,
                "kind": kind,
                "reason": reason,
                "date_from": self._not_before_last(now),
                "status_before": self.status,
                "user_id": self.env.uid,
                "due_before": self.date_due,
                **values,
            }
        )
        self.write({"status": status})
        event = "stop" if kind == "stop" else f"request_{kind}"
        payload = {
            "reason": reason,
            "due_before": fields.Datetime.to_string(self.date_due),
        }
        if values.get("deadline"):
            payload["until"] = fields.Date.to_string(values["deadline"])
        self._log(event, before, {self: payload})

    def _end_pauses(self, event, payload=None):
        """Let the clock go on: new due dates for dossiers and open tasks, one event."""
        now = fields.Datetime.now()
        for dossier in self:
            before = dossier._places()
            status = dossier._open_pause().status_before
            moved = dossier._close_pauses(now)[dossier]
            dossier.write({"status": status})
            dossier._log(event, before, {dossier: {**(payload or {}), **moved}})

    def _check_may_ask_again(self):
        """Raise UserError where the rule set allows no further supplement."""
        self.ensure_one()
        rules = self.ruleset_id
        asked = self.pause_ids.filtered(lambda pause: pause.kind == "supplement")
        if len(asked) >= rules.max_supplements:
            raise UserError(
                self.env._(
                    "Dossier %(dossier)s: a supplement was asked for %(count)s "
                    "time(s) already, and %(rules)s allows no more.",
                    dossier=self.display_name,
                    count=len(asked),
                    rules=rules.name,
                )
            )

    def _check_may_stop(self):
        """Raise UserError where the rule set allows no further stop."""
        self.ensure_one()
        rules = self.ruleset_id
        stops = self.pause_ids.filtered(lambda pause: pause.kind == "stop")
        if len(stops) >= rules.max_stops:
            raise UserError(
                self.env._(
                    "Dossier %(dossier)s was stopped %(count)s time(s) already, and "
                    "%(rules)s allows no more.",
                    dossier=self.display_name,
                    count=len(stops),
                    rules=rules.name,
                )
            )

    def _check_stop(self, until):
        """The last day of a stop that begins now, None for one without end, if the
        rule set allows it."""
        self._check_may_stop()
        rules = self.ruleset_id
        today = today_in_vietnam()
        latest = fields.Date.add(today, days=rules.stop_days)
        try:
            day = fields.Date.to_date(until)
        except (TypeError, ValueError):
            raise UserError(self.env._("Give a valid date.")) from None
        if not day:
            return latest if rules.stop_must_end else None
        if day <= today:
            raise UserError(self.env._("A stop ends on a day to come."))
        if rules.stop_must_end and day > latest:
            raise UserError(
                self.env._(
                    "%(rules)s lets a dossier be stopped for %(days)s days at most: "
                    "until %(day)s.",
                    rules=rules.name,
                    days=rules.stop_days,
                    day=latest.strftime("%d/%m/%Y"),
                )
            )
        return day

    def _may_end_pause(self, verb):
        """Whether the days of the present pause leave it to the head to end the
        dossier. After a stop it may be refused at once; and what was stopped without
        an end is closed when the head sees no more sense in waiting."""
        pause = self._open_pause()
        if self.status == "8" and (verb == "action_refuse" or not pause.deadline):
            return True
        return pause._is_over(today_in_vietnam())

    def _check_end_pause(self, verb):
        """Raise UserError while the applicant may still answer, or the stop lasts."""
        if not self._may_end_pause(verb):
            raise UserError(
                self.env._(
                    "Dossier %(dossier)s waits until %(day)s: it cannot be ended "
                    "before.",
                    dossier=self.display_name,
                    day=self._open_pause().deadline.strftime("%d/%m/%Y"),
                )
            )

    def _check_may_extend(self, now):
        """Raise UserError where the rule set lets no new date be promised at ``now``
        (naive UTC)."""
        self.ensure_one()
        rules = self.ruleset_id
        if len(self.extension_ids) >= rules.max_extensions:
            raise UserError(
                self.env._(
                    "Dossier %(dossier)s was extended %(count)s time(s) already, and "
                    "%(rules)s allows no more.",
                    dossier=self.display_name,
                    count=len(self.extension_ids),
                    rules=rules.name,
                )
            )
        last_day = fields.Date.subtract(
            to_local(self.date_due).date(), days=rules.extension_notice_days
        )
        if to_local(now).date() > last_day:
            raise UserError(
                self.env._(
                    "Too late: an extension of dossier %(dossier)s had to be announced "
                    "by %(day)s, %(days)s day(s) before it is due.",
                    dossier=self.display_name,
                    day=last_day.strftime("%d/%m/%Y"),
                    days=rules.extension_notice_days,
                )
            )

    def _check_extension(self, new_due, now):
        """The new due moment (naive UTC), if the rule set still lets it be promised."""
        self._check_may_extend(now)
        due = self._require_moment(new_due)
        if len(str(new_due)) == 10:
            due = to_utc(self._work_calendar().closing_from(to_local(due).date()))
        if due <= self.date_due:
            raise UserError(
                self.env._("The new date must be later than the one promised.")
            )
        return due
