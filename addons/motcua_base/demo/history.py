"""Four months of dossiers, played through the verbs by the officers concerned.

Each dossier is a life: a generator that acts, then yields the moment (in Vietnam) at
which it goes on. A queue plays all lives in the order of time, with the clock standing
at that moment, until it reaches the present; where a life is then, there it stays.
Loaded at the same moment it is always the same history.
"""

from contextlib import nullcontext
from datetime import datetime, time, timedelta
from heapq import heapify, heappop, heappush
from random import Random
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tools import SQL

from ..models.dossier_clock import to_local, to_utc
from ..models.membership import APPROVING, ROLE_RANK
from . import scans
from .answers import FORMS
from .people import People
from .plan import ANY, AT_ONCE, CHANNELS, FAMILY, NOTES, PLACES, PLANS, WEIGHT

# Documents signed from templates: each of them takes a second to print.
MAX_DOCUMENTS = 4


class History:
    """Plays ``PLANS`` into the database of ``env``."""

    def __init__(self, env):
        self.env = env(context={"tracking_disable": True})
        self.random = Random(2026)
        self.now = self.moment = to_local(fields.Datetime.now())
        self.people = People(self.random, self.now.date())
        calendar = env.ref("motcua_base.calendar_office_hours")
        self.calendar = calendar._motcua_clock()
        self.citizens = env.ref("motcua_base.user_congdan") | env["res.users"].search(
            [("login", "=like", "cd.%"), ("share", "=", True)]
        )
        self.settled = env["res.partner"]
        self.scan = scans.jpg("Ảnh chụp giấy tờ")
        self.memberships = env["motcua.membership"].search([])
        self.documents = 0

    def play(self):
        queue = []
        for order, plan in enumerate(p for p in PLANS for _time in range(p.count)):
            procedure, agency = self._case_of(plan)
            start = self._start_of(plan, procedure)
            queue.append((start, order, self._life(plan, procedure, agency)))
        heapify(queue)
        numbers = type(self.env["motcua.number"])
        # Numbers within this transaction, so that a failed load leaves nothing behind.
        shared = patch.multiple(
            numbers,
            _transaction=lambda number: nullcontext(number.env.cr),
            _begin="",
            _commit="",
        )
        with shared, freeze_time(to_utc(queue[0][0])) as clock:
            while queue and queue[0][0] < self.now:
                self.moment, order, life = heappop(queue)
                self.people.today = self.moment.date()
                clock.move_to(to_utc(self.moment))
                following = next(life, None)
                if following:
                    heappush(queue, (following, order, life))
        self._date_numbers()
        # What happened months ago is announced to nobody now.
        self.env.cr.postcommit.clear()

    def _date_numbers(self):
        """Numbers bear the moment of the database, not the one played."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE motcua_number AS number SET date = dossier.date_received
                FROM motcua_dossier AS dossier
                WHERE number.name IN (dossier.code, dossier.register_code)
                """
            )
        )

    # ------------------------------------------------------------------
    # One life
    # ------------------------------------------------------------------

    def _life(self, plan, procedure, agency):
        dossier = self._file(plan, procedure, agency)
        if plan.end == "draft":
            return
        if dossier.channel == "online":
            citizen = dossier.applicant_id.user_ids
            dossier.with_user(citizen).action_submit()
            if plan.end == "filed":
                return
            yield self._later(20, 260)
        if plan.end == "rejected":
            self._at_desk(dossier).action_reject(self._note("rejected"))
            return
        self._at_desk(dossier).action_receive()
        self._pay(dossier)
        if plan.end == "received":
            return
        pace = self.random.uniform(*plan.pace) if plan.pace else 0.3
        yield from self._walk(dossier, pace, "appraisal")
        self._take(dossier)
        if plan.detour:
            yield from getattr(self, f"_{plan.detour}")(dossier, plan.end == "detour")
        if plan.end in ("detour", "appraisal"):
            return
        if plan.end == "withdrawn":
            yield self._later(60, 400)
            self._at_desk(dossier).action_withdraw(self._note("withdrawn"))
            return
        if plan.end in ("consultation", "signature"):
            yield from self._walk(dossier, pace, plan.end)
            self._take(dossier)
            return
        yield from self._walk(dossier, pace, None, plan.end == "refused")
        if plan.end == "refused":
            self._holder(dossier).action_refuse(self._note("refused"))
        else:
            self._complete(dossier)
        if plan.end != "ready":
            yield self._later(30, 1400)
            self._collect(dossier)
            self._at_desk(dossier).action_return()

    def _walk(self, dossier, pace, until, refused=False):
        """From step to step, each in its share of ``pace`` × term, up to the board
        stage ``until`` or, without one, to a step that may finish; ``refused`` by who
        approves on the way, or else granted."""
        goal = until and self.env.ref(f"motcua_base.stage_{until}")
        term = self.calendar.work_minutes(
            to_local(dossier.date_received), to_local(dossier.date_due_original)
        )
        while True:
            step = dossier.step_id
            if goal and step.stage_id == goal and step.kind == "work":
                return
            if goal and step.can_finish:  # answered at once: there is no such stage
                return
            share = max(step.term_share, 5) / 100
            yield self._later(*(max(term, 30) * pace * share * n for n in (0.8, 1.1)))
            onward = step.transition_ids.filtered(
                lambda way: way.kind == "forward" and way.to_step_id.kind != "return"
            )
            if step.can_finish and (not onward or self.random.random() < 0.6):
                return
            approving = refused and step.role in APPROVING
            self._holder(dossier).action_forward(
                onward.id,
                note=self._note("refused" if approving else "appraise"),
                decision="refused" if approving else None,
            )

    def _take(self, dossier):
        """Most work is taken from the queue by name before it is done."""
        if not dossier.task_id.user_id and self.random.random() < 0.85:
            holder = self._holder(dossier)
            holder.action_assign(holder.env.uid)

    # ... detours; with ``stay`` the dossier is still there at the end

    def _supplement(self, dossier, stay):
        papers = dossier.component_ids.filtered("required")[:1]
        reason = self._note("supplement")
        yield self._later(30, 200)
        self._holder(dossier).action_request_supplement(papers.ids, reason, 15)
        if not stay:
            yield self._later(400, 3000)
            supplement = {"note": "Đã nộp bổ sung đầy đủ.", "handed_in": papers.ids}
            self._at_desk(dossier).action_supplement(supplement)

    def _payment(self, dossier, stay):
        line = {"name": "Nghĩa vụ tài chính theo thông báo", "amount": 350000}
        yield self._later(30, 200)
        self._holder(dossier).action_request_payment([line])
        if not stay:
            yield self._later(200, 2000)
            self._at_desk(dossier).action_confirm_payment("transfer")

    def _stop(self, dossier, stay):
        yield self._later(30, 200)
        head = self._member(dossier.agency_id, "approver")
        dossier.with_user(head).action_stop(self._note("stop"))
        if not stay:
            yield self._later(900, 3000)
            self._holder(dossier).action_resume()

    def _extend(self, dossier, _stay):
        days = self.random.randint(3, 8)
        new_due = fields.Date.add(to_local(dossier.date_due).date(), days=days)
        head = self._member(dossier.agency_id, "approver")
        dossier.with_user(head).action_extend(
            fields.Date.to_string(new_due), self._note("extend")
        )
        yield self._later(30, 300)

    def _consult(self, dossier, stay):
        asked = self.env.ref("motcua_base.agency_justice")
        due = fields.Date.add(self.moment.date(), days=7)
        self._holder(dossier).action_consult(
            asked.ids, fields.Date.to_string(due), self._note("consult")
        )
        if not stay:
            yield self._later(400, 1500)
            adviser = self._member(asked, "handler")
            dossier.with_user(adviser).action_answer(self._note("answer"))

    def _send_back(self, dossier, _stay):
        yield from self._walk(dossier, 0.2, "signature")
        back = dossier.step_id.transition_ids.filtered(lambda way: way.kind == "return")
        self._holder(dossier).action_forward(back.id, note=self._note("send_back"))

    # ------------------------------------------------------------------
    # What happens to a dossier
    # ------------------------------------------------------------------

    def _file(self, plan, procedure, agency):
        """A draft with applicant, answers and papers."""
        channels = procedure.version_id.channel_ids.mapped("channel")
        channel = self._choose({c: w for c, w in CHANNELS.items() if c in channels})
        if plan.end == "filed":
            channel = "online"
        citizen = channel == "online" and self._citizen(procedure, agency)
        if channel == "online" and not citizen:
            channel = "counter"
        offering = agency.offering_ids.filtered(lambda o: o.procedure_id == procedure)
        if channel == "post" and not offering.post_allowed:
            channel = "counter"
        desk = self._desk_of(offering, channel)
        values = {
            "procedure_id": procedure.id,
            "agency_id": agency.id,
            "desk_id": desk.id,
            "channel": channel,
            "return_channel": channel,
        }
        values |= self._applicant(procedure, agency, citizen)
        if procedure.code in ("2.000815", "1.003868"):
            values["pages"] = self.random.randint(1, 12)
        if procedure.code in AT_ONCE:
            values["copies"] = self.random.randint(1, 4)
        if channel == "online":
            author = self.env["motcua.dossier"].sudo()
        else:
            author = self.env["motcua.dossier"].with_user(self._clerk(desk))
        dossier = author.create(values)
        self._hand_in(dossier)
        return dossier.sudo(False).with_user(self.env.user)

    def _citizen(self, procedure, agency):
        """A contact with a login who lives there; for a family matter one who has had
        none, maybe nobody."""
        partners = self.citizens.partner_id
        if procedure.code in FAMILY:
            partners -= self.settled
        place = self._place_of(agency)
        near = partners.filtered(lambda p: place in (p.motcua_address or ""))
        partner = self.random.choice(near or partners or [partners])
        if procedure.code in FAMILY:
            self.settled |= partner
        return partner

    def _place_of(self, agency):
        if agency.tier == "province":
            return "phường Đồng Hới"
        return agency.name.replace("Ủy ban nhân dân ", "")

    def _applicant(self, procedure, agency, citizen):
        """Who applies, what for, and the answers to the form."""
        place = self._place_of(agency)
        if citizen:
            person = {
                "name": citizen.name,
                "sex": citizen.motcua_sex,
                "born": citizen.motcua_birthdate,
                "id_number": citizen.motcua_id_number,
                "phone": citizen.phone,
                "address": citizen.motcua_address,
            }
            values = {"applicant_id": citizen.id}
        elif not procedure.for_citizens:
            body = self.people.organisation(place)
            return {
                "applicant_type": "4",
                "applicant_name": body["name"],
                "applicant_id_number": body["tax_code"],
                "applicant_phone": body["phone"],
                "applicant_address": body["address"],
            }
        else:
            person = (
                self.people.citizen(place, ages=(20, 40))
                if procedure.code in FAMILY
                else self.people.somebody(place)
            )
            values = {
                "applicant_type": "1",
                "applicant_name": person["name"],
                "applicant_id_number": person["id_number"],
                "applicant_phone": person["phone"],
                "applicant_address": person["address"],
            }
        if procedure.code in FORMS:
            subject, answers, sections = FORMS[procedure.code](person, self.people)
            values["form_values"] = answers
            values["row_ids"] = [
                fields.Command.create({"section": name, "row_values": row})
                for name, rows in sections.items()
                for row in rows
            ]
            if subject:
                values["subject"] = subject
        return values

    def _hand_in(self, dossier):
        """Files for what was filed online and some of what was scanned at the desk."""
        online = dossier.channel == "online"
        for paper in dossier.component_ids.filtered("required"):
            form = paper.kind == "form"
            if (online and not form) or (not online and self.random.random() < 0.15):
                scanned = form or self.random.random() < 0.5
                paper.write(
                    {
                        "attachment_ids": [
                            fields.Command.create(self._scan_of(paper, scanned))
                        ],
                        "digitised": not online,
                    }
                )

    def _scan_of(self, paper, as_pdf):
        if not as_pdf:
            return {"name": "anh-chup.jpg", "raw": self.scan}
        lines = [paper.name[:60], f"Người nộp: {paper.dossier_id.applicant_name}"]
        return {"name": "ban-quet.pdf", "raw": scans.pdf("Bản quét giấy tờ", lines)}

    def _pay(self, dossier):
        if self.random.random() < 0.9:
            self._collect(dossier)

    def _collect(self, dossier):
        """What was not paid when the dossier came in is paid with the result."""
        if dossier.fee_due:
            method = {"online": "online", "post": "post"}.get(dossier.channel, "cash")
            self._at_desk(dossier).action_confirm_payment(method)

    def _complete(self, dossier):
        holder = self._holder(dossier)
        templates = holder._signable_templates("granted")
        if templates and self.documents < MAX_DOCUMENTS:
            self.documents += 1
            holder.action_issue_document(templates[0].id)
            return
        number = f"{self.random.randint(1, 900)}/{self.moment.year}"
        files = []
        if self.random.random() < 0.4:
            title = dossier.procedure_id.result_name or "Kết quả"
            lines = [f"Số: {number}", f"Cấp cho: {dossier.applicant_name}"]
            files = (
                holder.env["ir.attachment"]
                .create({"name": "ket-qua.pdf", "raw": scans.pdf(title[:40], lines)})
                .ids
            )
        holder.action_complete(files, number)

    # ------------------------------------------------------------------
    # Who acts
    # ------------------------------------------------------------------

    def _clerk(self, desk):
        return self._member(desk, "post_officer")

    def _at_desk(self, dossier):
        return dossier.with_user(self._clerk(dossier.desk_id))

    def _holder(self, dossier):
        """The dossier in the hands of whoever has its task, or takes it."""
        task = dossier.task_id
        user = task.user_id or self._member(task.agency_id, task.role)
        return dossier.with_user(user._motcua_acting())

    def _member(self, agency, role):
        """Somebody of ``agency`` (or a unit below) who has ``role``, best exactly."""
        here = self.memberships.filtered(
            lambda m: (
                m.agency_id.parent_path.startswith(agency.parent_path)
                and m.agency_id.unit_id == agency.unit_id
                and ROLE_RANK[m.role] >= ROLE_RANK[role]
            )
        )
        least = min(here.mapped(lambda m: ROLE_RANK[m.role]))
        staff = here.filtered(lambda m: ROLE_RANK[m.role] == least).user_id
        return self.random.choice(staff)._motcua_acting()

    # ------------------------------------------------------------------
    # Where and when
    # ------------------------------------------------------------------

    def _case_of(self, plan):
        """A procedure and an agency that offers it."""
        while True:
            code = self._choose({c: WEIGHT[c] for c in plan.procedures})
            procedure = self._procedures()[code]
            offered = {
                place: weight
                for place, weight in PLACES.items()
                if self.env.ref(f"motcua_base.agency_{place}")
                in procedure.offering_ids.agency_id
            }
            if offered:
                place = self._choose(offered)
                return procedure, self.env.ref(f"motcua_base.agency_{place}")

    def _procedures(self):
        procedures = self.env["motcua.procedure"].search([("code", "in", ANY)])
        return {procedure.code: procedure for procedure in procedures}

    def _desk_of(self, offering, channel):
        """The desk of the agency; some go to the desk in the post office."""
        agency = offering.agency_id
        post = agency.child_ids.filtered("in_post_office")
        if post and channel != "online" and self.random.random() < 0.2:
            return post
        return offering._default_desk()

    def _start_of(self, plan, procedure):
        """When a life begins: a working moment; online filing knows no hours."""
        uniform, number = self.random.uniform, self.random.randint
        if plan.days != "now":
            day = self.now.date() - timedelta(days=number(*plan.days))
            start = datetime.combine(day, time())
            return min(self._worked(start, number(3, 440)), self._last_working_moment())
        channel = procedure.version_id.channel_ids[:1]
        days = channel.term_quantity
        if channel.term_unit == "working_day":
            days *= 1.4  # calendar days, roughly
        if channel.term_unit == "same_day" or plan.end == "received":
            days = 0.15
        start = self.now - timedelta(days=days * uniform(0.1, 0.6))
        return min(self._worked(start, 1), self._last_working_moment())

    def _last_working_moment(self):
        closing = self.calendar.closing_after(self.now.date() + timedelta(days=1), -1)
        return min(self.now, closing) - timedelta(minutes=self.random.randint(4, 90))

    def _worked(self, start, minutes):
        moment = self.calendar.add_minutes(start, minutes)
        return moment + timedelta(seconds=self.random.randint(0, 50))

    def _later(self, least, most):
        return self._worked(self.moment, self.random.uniform(least, most))

    # ------------------------------------------------------------------

    def _choose(self, weights):
        return self.random.choices(list(weights), list(weights.values()))[0]

    def _note(self, kind):
        return self.random.choice(NOTES[kind])
