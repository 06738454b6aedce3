from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import MONDAY, MotcuaCase


@tagged("post_install", "-at_install")
class TestMyWork(MotcuaCase):
    """One list for all jobs of an officer, what burns first on top."""

    def _load(self, user):
        return self.env["motcua.my.work"].with_user(user).load()

    def _lines(self, user):
        return self._load(user)["lines"]

    def _line(self, user, dossier):
        [line] = [line for line in self._lines(user) if line["id"] == dossier.id]
        return line

    def _work_as(self, user, role, agency):
        return self.env["motcua.membership"].create(
            {
                "user_id": user.id,
                "agency_id": agency.id,
                "role": role,
                "date_from": date(2020, 1, 1),
            }
        )

    def _filed(self, **values):
        dossier = self._draft(
            channel="online", form_values={"purpose": "Work"}, **values
        )
        dossier.action_submit()
        return dossier

    # -- what is in it, with which next action ---------------------------

    def test_own_work(self):
        line = self._line(self.handler, self._at_appraisal())
        self.assertEqual((line["verb"], line["label"]), ("forward", "to signature"))
        self.assertEqual(line["what"], "appraise")
        self.assertEqual(line["urgency"], "in_time")
        self.assertTrue(line["due_words"])

    def test_signature(self):
        line = self._line(self.approver, self._at_signature())
        self.assertEqual(line["verb"], "complete")

    def test_queue(self):
        dossier = self._received()
        dossier.action_forward()
        self.assertEqual(self._line(self.handler, dossier)["verb"], "take")
        # The heads see what nobody has taken, and may give it to somebody.
        self.assertEqual(self._line(self.approver, dossier)["verb"], "assign")
        self.assertFalse(self._lines(self.receiver))
        self.assertFalse(self._lines(self.stranger))

    def test_consultation(self):
        dossier = self._at_appraisal()
        dossier.action_consult([self.bureau.id], "2026-03-05", "Is it true?")
        asked = self._line(self.justice, dossier)
        self.assertEqual(
            (asked["verb"], asked["what"]), ("answer", "Opinion: Is it true?")
        )
        self.assertFalse(self._line(self.handler, dossier)["verb"])

    def test_filing(self):
        line = self._line(self.receiver, self._filed())
        self.assertEqual(line["verb"], "receive")
        self.assertEqual(line["due"], "2026-03-03 01:00:00")

    def test_result(self):
        dossier = self._ready()
        self.assertEqual(self._line(self.receiver, dossier)["verb"], "return")
        self.assertNotIn(dossier.id, [row["id"] for row in self._lines(self.handler)])

    def test_paused(self):
        dossier = self._at_appraisal()
        dossier.with_user(self.approver).action_stop("A court decides.")
        line = self._line(self.handler, dossier)
        self.assertEqual((line["verb"], line["urgency"]), ("resume", "paused"))

    def test_nobody_else_sees_it(self):
        self._at_appraisal()
        for user in (self.inspector, self.stranger, self.post, self.procedure_admin):
            self.assertFalse(self._lines(user), user.login)

    def test_citizens_have_no_work(self):
        citizen = new_test_user(self.env, "citizen-work", groups="base.group_portal")
        self.assertEqual(self._load(citizen)["lines"], [])

    # -- order and jobs --------------------------------------------------

    def test_what_burns_is_first(self):
        first = self._at_appraisal()
        with freeze_time("2026-03-06 01:00:00"):
            second = self._at_appraisal()
            filed = self._filed()
            stopped = self._at_appraisal()
            stopped.with_user(self.approver).action_stop("A court decides.")
            self._work_as(self.handler, "receiving_officer", self.desk)
            ids = [line["id"] for line in self._lines(self.handler)]
            self.assertEqual(ids, [first.id, filed.id, second.id, stopped.id])
            self.assertEqual(self._line(self.handler, first)["urgency"], "overdue")

    def test_three_jobs(self):
        self._work_as(self.handler, "receiving_officer", self.desk)
        self._work_as(self.handler, "approver", self.commune)
        filed, own, signing = self._filed(), self._at_appraisal(), self._at_appraisal()
        signing.action_forward(assignee_id=self.handler.id)
        work = self._load(self.handler)
        jobs = {
            job["key"]: (job["role"], job["unit"], job["count"]) for job in work["jobs"]
        }
        found = {line["id"]: jobs[line["job"]] for line in work["lines"]}
        self.assertEqual(found[filed.id], ("Receiving officer", "Desk A", 1))
        self.assertEqual(found[own.id], ("Handler", "Office A", 1))
        self.assertEqual(found[signing.id], ("Approver", "Commune A", 1))

    def test_jobs_of_one_title_are_told_apart(self):
        for role in ("approver", "unit_leader"):
            self._work_as(self.handler, role, self.commune).title = "Chairman"
        roles = {job["role"] for job in self._load(self.handler)["jobs"]}
        self.assertLessEqual({"Approver", "Unit leader"}, roles)

    def test_stand_in(self):
        dossier = self._at_appraisal()
        self.env["motcua.absence"].create(
            {
                "user_id": self.handler.id,
                "stand_in_id": self.receiver.id,
                "date_from": "2026-03-02",
                "date_to": "2026-03-02",
            }
        )
        work = self._load(self.receiver)
        [line] = [line for line in work["lines"] if line["id"] == dossier.id]
        [job] = [job for job in work["jobs"] if job["key"] == line["job"]]
        self.assertEqual(job["stands_in_for"], self.handler.name)
        with freeze_time("2026-03-03 01:00:00"):
            self.env.registry.clear_cache()
            self.assertFalse(self._lines(self.receiver))

    def test_constant_queries(self):
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._load(self.handler)
            return self.cr.sql_log_count - before

        self._at_appraisal()
        self._load(self.handler)
        few = cost()
        for _number in range(10):
            self._at_appraisal()
        self.assertLessEqual(cost(), few)
        self.assertLessEqual(few, 25)


@tagged("post_install", "-at_install")
class TestNext(MotcuaCase):
    """What happens next, in words and by a click or a drag."""

    def _stage(self, name):
        return self.env.ref(f"motcua_base.stage_{name}").id

    def test_sentences(self):
        dossier = self._received()
        dossier.action_forward()
        self.assertRegex(
            dossier.next_text, r"^appraise: waiting for somebody at Office A .*2026$"
        )
        dossier.with_user(self.handler).action_take()
        self.assertIn(self.handler.name, dossier.next_text)
        dossier.with_user(self.approver).action_stop("A court decides.")
        self.assertEqual(
            dossier.next_text, "Handling has stopped until 01/04/2026: A court decides."
        )

    def test_how_it_ended(self):
        withdrawn, returned = self._at_appraisal(), self._ready()
        refused = self._draft(channel="online", form_values={"purpose": "Work"})
        refused.action_submit()
        withdrawn.with_user(self.receiver).action_withdraw("Changed my mind.")
        refused.with_user(self.receiver).action_reject("Not ours.")
        returned.with_user(self.receiver).action_return("counter", "Trần Văn Nhận")
        self.assertEqual(withdrawn.next_text, "Withdrawn by the applicant")
        self.assertEqual(refused.next_text, "Not received: Not ours.")
        self.assertRegex(
            returned.next_text, r"^Handed over to Trần Văn Nhận at 08:00 02/03/2026$"
        )

    def test_urgency(self):
        dossier = self._at_appraisal()
        self.assertEqual(dossier.urgency, "in_time")
        for hours, urgency in ((-1, "overdue"), (23, "soon"), (25, "in_time")):
            moment = dossier.date_due - timedelta(hours=hours)
            with freeze_time(moment):
                dossier.invalidate_recordset(["urgency"])
                self.assertEqual(dossier.urgency, urgency)
                [(group, _count)] = dossier._read_group(
                    [("id", "=", dossier.id)], ["urgency"], ["__count"]
                )
                self.assertEqual(group, urgency)
        dossier.with_user(self.approver).action_stop("A court decides.")
        self.assertEqual(dossier.urgency, "paused")

    def test_next_is_done_at_once_where_nothing_is_asked(self):
        dossier = self._at_appraisal()
        self.assertFalse(dossier.action_next("forward"))
        self.assertEqual(dossier.step_id, self.steps["sign"])

    def test_next_asks_for_what_the_step_must_produce(self):
        self.steps["appraise"].requires = "opinion"
        dossier = self._at_appraisal()
        action = dossier.action_next("forward")
        dialogue = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(dialogue.transition_id.name, "to signature")
        self.assertEqual(dossier.step_id, self.steps["appraise"])

    def test_next_is_refused_like_the_verb(self):
        dossier = self._at_appraisal()
        with self.assertRaises(AccessError):
            dossier.with_user(self.receiver).action_next("forward")
        with self.assertRaises(UserError):
            dossier.action_next("return")
        with self._refusing(UserError, "no such step"):
            dossier.action_next("unlink")
        with self.assertRaises(AccessError):
            dossier.with_user(self.stranger).action_next("forward")

    def test_drag(self):
        dossier = self._draft(form_values={"purpose": "Work"})
        self.assertFalse(dossier.action_drag(self._stage("received")))
        self.assertEqual(dossier.status, "2")
        self.assertFalse(dossier.action_drag(self._stage("appraisal")))
        dossier = dossier.with_user(self.handler)
        with self._refusing(UserError, "Possible: Signature"):
            dossier.action_drag(self._stage("issue"))
        dossier.action_drag(self._stage("signature"))
        dossier = dossier.with_user(self.approver)
        back = dossier.action_drag(self._stage("appraisal"))
        dialogue = self.env["motcua.dossier.verb"].browse(back["res_id"])
        self.assertEqual(dialogue.verb, "send_back")
        result = dossier.action_drag(self._stage("ready"))
        dialogue = self.env["motcua.dossier.verb"].browse(result["res_id"])
        self.assertEqual(dialogue.verb, "complete")
        self.assertEqual(dossier.step_id, self.steps["sign"])

    def test_drag_of_others_is_refused(self):
        dossier = self._at_signature()
        with self._refusing(AccessError, "not with you"):
            dossier.with_user(self.handler).action_drag(self._stage("appraisal"))

    def test_days_in_words(self):
        dossier = self._received()
        for moment, words in (
            (MONDAY, "7 days left"),
            ("2026-03-08 01:00:00", "1 day left"),
            ("2026-03-09 01:00:00", "due today"),
            ("2026-03-10 01:00:00", "1 day overdue"),
            ("2026-03-11 01:00:00", "2 days overdue"),
        ):
            with freeze_time(moment):
                dossier.invalidate_recordset(["time_left"])
                self.assertEqual(dossier.time_left, words)
