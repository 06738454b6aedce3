from datetime import datetime

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MONDAY, MotcuaCase
from .sample_files import PDF


@tagged("post_install", "-at_install")
class TestDossierVersion(MotcuaCase):
    """Open dossiers keep their version; an administrator may move them, and nothing is
    lost by that."""

    def _draft_version(self):
        draft = self.version._copy_to_draft()
        draft.date_from = "2026-03-02"
        return draft

    def _field(self, version, name):
        return version.field_ids.filtered(lambda field: field.name == name)

    def _paper(self, version, name):
        return version.component_ids.filtered(lambda paper: paper.name == name)

    def _on_its_day(self, version):
        """The first morning on which ``version`` is in force, today at the earliest."""
        day = max(version.date_from, fields.Date.to_date(MONDAY[:10]))
        return freeze_time(f"{day} 01:00:00")

    def _move(self, dossier, version):
        with self._on_its_day(version):
            dossier.with_user(self.procedure_admin).action_change_version(version.id)
        self.env.flush_all()
        self.env.invalidate_all()

    def _plan(self, dossier, version):
        return dossier.sudo()._plan_version(version)[0]

    def _refused(self, dossier, version, words):
        self.env.flush_all()
        self.env.invalidate_all()
        before = dossier.sudo().read()
        with self._on_its_day(version), self.assertRaisesRegex(UserError, words):
            dossier.with_user(self.procedure_admin).action_change_version(version.id)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(dossier.sudo().read(), before)

    # ... what stays

    def test_publishing_moves_nobody(self):
        dossier = self._received(form_values={"purpose": "work"})
        self._next_version()
        self.assertEqual(dossier.version_id, self.version)
        self.assertFalse(dossier.event_ids.filtered(lambda e: e.kind == "move_version"))

    def test_answers_and_papers_survive(self):
        dossier = self._at_appraisal(
            form_values={"purpose": "work", "born": "1990-05-02"}
        )
        draft = self._draft_version()
        self._field(draft, "purpose").label = "What for"
        self._paper(draft, "Proof").write({"name": "Proof of residence", "code": "K1"})
        self._paper(draft, "Declaration").name = "declaration "
        draft.action_publish()
        handed_in = {paper.id: paper.originals for paper in dossier.component_ids}
        self._move(dossier, draft)
        self.assertEqual(dossier.version_id, draft)
        self.assertEqual(
            dossier.sudo()._answers(), {"purpose": "work", "born": "1990-05-02"}
        )
        self.assertEqual(dossier.form_values["purpose"], "work")
        declaration = dossier.component_ids.filtered(lambda p: p.kind == "form")
        self.assertEqual(declaration.component_id.version_id, draft)
        self.assertEqual(declaration.originals, handed_in[declaration.id])

    def test_the_promise_stays(self):
        """Neither a shorter nor a longer term moves the appointment."""
        dossier = self._at_appraisal(form_values={"purpose": "work"})
        self.env["motcua.dossier.fee"].sudo().create(
            {"dossier_id": dossier.id, "name": "Fee", "amount": 5000}
        )
        names = ("date_due", "date_due_original", "term_quantity", "fee_total")
        promised = [dossier[name] for name in names]
        task_due = dossier.task_id.date_due
        for quantity, day in ((1, "2026-03-02"), (20, "2026-03-03")):
            draft = dossier.version_id.with_env(self.env)._copy_to_draft()
            draft.date_from = day
            draft.channel_ids.write({"term_quantity": quantity})
            draft.action_publish()
            notes = self._plan(dossier, draft).notes
            self.assertIn("due date promised stays", notes[0])
            self._move(dossier, draft)
            self.assertEqual([dossier[name] for name in names], promised)
            self.assertEqual(dossier.task_id.date_due, task_due)

    def test_steps_and_officer_stay(self):
        dossier = self._at_appraisal(form_values={"purpose": "work"})
        new = self._next_version(workflow_id=self.workflow.copy().id)
        self._move(dossier, new)
        self.assertEqual(dossier.workflow_id, new.workflow_id)
        self.assertEqual(dossier.step_id.workflow_id, new.workflow_id)
        self.assertEqual(dossier.step_id.name, "appraise")
        self.assertEqual(dossier.task_id.step_id, dossier.step_id)
        self.assertEqual(dossier.user_id, self.handler)
        dossier.action_forward(assignee_id=self.approver.id)
        self.assertEqual(dossier.step_id.name, "sign")
        self.assertEqual(dossier.task_ids[0].step_id, self.steps["receive"])

    def test_rows_of_repeating_sections_survive(self):
        section = [
            Command.create({"name": "kids", "label": "Children", "type": "repeat"}),
            Command.create({"name": "kid", "label": "Name", "parent_name": "kids"}),
        ]
        version = self._next_version(field_ids=section)
        dossier = self._received(form_values={"purpose": "work"})
        row = {"dossier_id": dossier.id, "section": "kids", "row_values": {"kid": "An"}}
        row = self.env["motcua.dossier.row"].sudo().create(row)
        draft = version._copy_to_draft()
        draft.date_from = "2026-03-03"
        self._field(draft, "kid").label = "Full name"
        draft.action_publish()
        self._move(dossier, draft)
        self.assertEqual(row.row_values, {"kid": "An"})
        third = draft._copy_to_draft()
        third.date_from = "2026-03-04"
        self._field(third, "kid").name = "child"
        third.action_publish()
        self._refused(
            dossier, third, "no place for the answer to “Children: Full name”"
        )

    def test_files_survive_and_results_are_computed_anew(self):
        asked = [
            Command.create({"name": "scan", "label": "Scan", "type": "file"}),
            Command.create({"name": "area", "label": "Area", "type": "integer"}),
            Command.create(
                {
                    "name": "price",
                    "label": "Price",
                    "type": "computed",
                    "formula": "area * 2",
                }
            ),
        ]
        version = self._next_version(field_ids=asked)
        file = self.env["ir.attachment"].with_user(self.receiver)
        file = file.create({"name": "scan.pdf", "raw": PDF})
        dossier = self._received(
            form_values={"purpose": "work", "area": 5, "scan": {"id": file.id}}
        )
        self.assertEqual(dossier.sudo()._answers()["price"], 10)
        draft = version._copy_to_draft()
        draft.date_from = "2026-03-03"
        self._field(draft, "price").formula = "area * 3"
        self._field(draft, "scan").required = True
        draft.action_publish()
        self.assertFalse(self._plan(dossier, draft).gaps)
        self._move(dossier, draft)
        answers = dossier.sudo()._form_values()
        self.assertEqual((answers["price"], answers["scan"]["id"]), (15, file.id))
        third = draft._copy_to_draft()
        third.date_from = "2026-03-04"
        self._field(third, "scan").unlink()
        third.action_publish()
        self._refused(dossier, third, "no place for the answer to “Scan”")

    def _with_price(self, formula):
        return [
            Command.create({"name": "area", "label": "Area", "type": "integer"}),
            Command.create(
                {
                    "name": "price",
                    "label": "Price",
                    "type": "computed",
                    "formula": formula,
                }
            ),
        ]

    def _approved(self, **answers):
        """A dossier that the approver has passed on to who numbers the decision."""
        workflow = self.workflow.copy()
        steps = {step.name: step for step in workflow.step_ids}
        steps["sign"].can_finish = False
        issue = steps["appraise"].copy(
            {
                "name": "issue",
                "workflow_id": workflow.id,
                "can_finish": True,
                "term_share": 0,
            }
        )
        self.env["motcua.workflow.transition"].create(
            [
                {
                    "workflow_id": workflow.id,
                    "name": name,
                    "kind": kind,
                    "from_step_id": start.id,
                    "to_step_id": end.id,
                }
                for name, kind, start, end in (
                    ("on", "forward", steps["sign"], issue),
                    ("back", "return", issue, steps["appraise"]),
                )
            ]
        )
        self._next_version(
            workflow_id=workflow.id, field_ids=self._with_price("area * 1000000")
        )
        dossier = self._at_signature(form_values={"purpose": "work", **answers})
        dossier.action_forward(assignee_id=self.handler.id)
        return dossier.with_user(self.handler)

    def _dearer(self, dossier):
        draft = dossier.version_id.with_env(self.env)._copy_to_draft()
        draft.date_from = "2026-03-03"
        self._field(draft, "price").formula = "area * 2000000"
        return draft

    def test_what_was_approved_is_not_computed_anew(self):
        dossier = self._approved(area=5)
        new = self._dearer(dossier)
        new.action_publish()
        self.assertFalse(
            [note for note in self._plan(dossier, new).notes if "Price" in note]
        )
        self._move(dossier, new)
        self.assertEqual(dossier.sudo()._answers()["price"], 5000000)
        # And so say its documents, whose paragraphs and ways ask the same.
        issue = {"number": "1", "date": None, "signer": "", "title": ""}
        texts, _rows, answers = dossier._merge_values(new._get_form_spec(), issue)
        self.assertEqual(texts["form.price"], "5.000.000")
        self.assertEqual(answers["price"], 5000000)

    def test_an_approved_amount_without_a_place_keeps_the_dossier(self):
        dossier = self._approved(area=5)
        new = self._dearer(dossier)
        self._field(new, "price").unlink()
        new.action_publish()
        self._refused(dossier, new, "no place for the answer to “Price”")

    def test_sent_back_it_is_computed_anew(self):
        dossier = self._approved(area=5)
        back = dossier.step_id.transition_ids.filtered(lambda way: way.kind == "return")
        dossier.action_forward(back.id, note="The area is wrong")
        new = self._dearer(dossier)
        new.action_publish()
        self.assertIn(
            "the computed answer “Price” changes from 5.000.000 to 10.000.000",
            self._plan(dossier, new).notes,
        )
        self._move(dossier, new)
        self.assertEqual(dossier.sudo()._answers()["price"], 10000000)

    def test_all_that_changes_is_told(self):
        dossier = self._received(form_values={"purpose": "work"})
        draft = self._draft_version()
        self._field(draft, "born").write({"type": "char", "maximum": False})
        self._paper(draft, "Power of attorney").unlink()
        draft.component_ids = [Command.create({"name": "Photo", "copies": 2})]
        counter = draft.channel_ids.filtered(lambda row: row.channel == "counter")
        counter.fee_ids = [
            Command.create({"name": "Fee", "kind": "fee", "amount": 30000})
        ]
        draft.action_publish()
        dossier.form_values = {"purpose": "work", "born": "1990-05-02"}
        told = "\n".join(self._plan(dossier, draft).notes)
        self.assertIn("the answer to “Date of birth” changes its kind", told)
        self.assertIn("“Photo” is wanted as well", told)
        self.assertIn("“Power of attorney” is no longer wanted", told)
        self.assertIn("come to 30.000 đ: those of 0 đ stay", told)

    def test_what_is_missing_keeps_from_granting_not_from_moving(self):
        dossier = self._draft(channel="online", form_values={"purpose": "work"})
        proof = dossier.component_ids.filtered(lambda paper: paper.name == "Proof")
        proof.copies = 1
        dossier.action_receive()
        dossier.action_forward(assignee_id=self.handler.id)
        dossier.with_user(self.handler).action_forward(assignee_id=self.approver.id)
        draft = self._draft_version()
        draft.field_ids = [
            Command.create({"name": "job", "label": "Job", "required": True})
        ]
        draft.component_ids = [Command.create({"name": "Photo", "copies": 2})]
        draft.action_publish()
        self._move(dossier, draft)
        dossier = dossier.with_user(self.approver)
        with self._refusing(UserError, "paper “Photo” is required"):
            dossier.action_complete(number="1/QĐ")
        with self._refusing(UserError, "“Job” must be filled in"):
            dossier.action_complete(number="1/QĐ")
        self.assertEqual(dossier.status, "4")
        photo = dossier.sudo().component_ids.filtered(lambda p: p.name == "Photo")
        photo.copies = 2
        dossier.sudo().form_values = {"purpose": "work", "job": "Farmer"}
        dossier.action_complete(number="1/QĐ")
        self.assertEqual(dossier.status, "9")

    def test_what_is_missing_does_not_keep_from_refusing(self):
        dossier = self._at_signature(form_values={"purpose": "work"})
        draft = self._draft_version()
        draft.component_ids = [Command.create({"name": "Photo", "copies": 2})]
        draft.action_publish()
        self._move(dossier, draft)
        dossier.action_refuse("Not entitled")
        self.assertEqual(dossier.result, "refused")

    # ... what is seen before

    def test_what_would_be_missing(self):
        dossier = self._draft(channel="online", form_values={"purpose": "work"})
        proof = dossier.component_ids.filtered(lambda paper: paper.name == "Proof")
        proof.copies = 1
        dossier.action_receive()
        draft = self._draft_version()
        draft.field_ids = [
            Command.create({"name": "job", "label": "Job", "required": True})
        ]
        draft.component_ids = [Command.create({"name": "Photo", "copies": 2})]
        draft.action_publish()
        plan = self._plan(dossier, draft)
        self.assertFalse(plan.refusals)
        gaps = "\n".join(plan.gaps)
        self.assertIn("paper “Photo” is required", gaps)
        self.assertIn("“Job” must be filled in", gaps)
        self._move(dossier, draft)
        photo = dossier.component_ids.filtered(lambda paper: paper.name == "Photo")
        self.assertTrue(photo, "the paper can now be handed in")
        self.assertFalse(photo.copies, "nobody has handed it in yet")

    def test_paper_no_longer_wanted(self):
        dossier = self._received(form_values={"purpose": "work"})
        draft = self._draft_version()
        self._paper(draft, "Proof").unlink()
        self._paper(draft, "Power of attorney").unlink()
        draft.action_publish()
        self.assertIn("“Proof” was handed in", self._plan(dossier, draft).notes[0])
        self._move(dossier, draft)
        names = dossier.component_ids.mapped("name")
        self.assertIn("Proof", names, "what was handed in stays")
        self.assertNotIn("Power of attorney", names, "nobody wants it any more")

    # ... what is refused

    def test_answer_without_a_field(self):
        dossier = self._received(form_values={"purpose": "work"})
        draft = self._draft_version()
        self._field(draft, "purpose").unlink()
        draft.action_publish()
        self._refused(dossier, draft, "no place for the answer to “Purpose”")
        self.assertEqual(dossier.form_values["purpose"], "work")

    def test_answer_of_another_type(self):
        dossier = self._received(form_values={"purpose": "work"})
        draft = self._draft_version()
        self._field(draft, "purpose").type = "integer"
        draft.action_publish()
        self._refused(dossier, draft, "“Purpose” does not fit")

    def test_step_without_counterpart(self):
        dossier = self._at_appraisal(form_values={"purpose": "work"})
        workflow = self.workflow.copy()
        appraise = workflow.step_ids.filtered(lambda step: step.name == "appraise")
        appraise.name = "examine"
        new = self._next_version(workflow_id=workflow.id)
        self._refused(dossier, new, "has no step “appraise”")
        appraise.write({"name": "appraise", "role": "approver"})
        self._refused(dossier, new, "“appraise” is done by others")

    def test_case_and_channel_without_counterpart(self):
        version = self._next_version(case_ids=[Command.create({"name": "Late"})])
        dossier = self._received(
            form_values={"purpose": "work"}, case_id=version.case_ids.id
        )
        draft = version._copy_to_draft()
        draft.date_from = "2026-03-03"
        draft.case_ids.unlink()
        draft.channel_ids.filtered(lambda row: row.channel == "counter").unlink()
        draft.action_publish()
        self._refused(dossier, draft, "case “Late” does not exist")
        self._refused(dossier, draft, "At the counter")

    def test_all_or_none(self):
        good = self._received(form_values={"born": "1990-05-02"})
        bad = self._received(form_values={"purpose": "work"})
        draft = self._draft_version()
        self._field(draft, "purpose").unlink()
        draft.action_publish()
        self._refused(good | bad, draft, bad.code)

    def test_versions_that_cannot_be_chosen(self):
        dossier = self._received(form_values={"purpose": "work"})
        self._refused(dossier, self._draft_version(), "was published")
        self._refused(dossier, self.version, "already")
        other = self._make_version(self._make_procedure())
        other.action_publish()
        self._refused(dossier, other, "another procedure")
        with self.assertRaisesRegex(UserError, "has to be the id"):
            dossier.with_user(self.procedure_admin).action_change_version(0)

    def test_versions_that_are_not_in_force(self):
        """Neither one that comes tomorrow, nor one that has ended."""
        dossier = self._received(form_values={"purpose": "work"})
        draft = self._draft_version()
        draft.date_from = "2026-03-03"
        draft.action_publish()
        with self._refusing(UserError, "is not in force today (from 03/03/2026"):
            dossier.with_user(self.procedure_admin).action_change_version(draft.id)
        with freeze_time("2026-03-03 01:00:00"):
            later = self._received(form_values={"purpose": "work"})
            with self._refusing(UserError, "to 02/03/2026): no dossier can follow it"):
                later.with_user(self.procedure_admin).action_change_version(
                    self.version.id
                )

    def test_closed_dossiers_stay(self):
        dossier = self._ready(form_values={"purpose": "work"})
        self._refused(dossier, self._next_version(), "status")

    # ... who, and what is noted

    def test_officers_and_the_leader_may_not(self):
        dossier = self._received(form_values={"purpose": "work"})
        new = self._next_version()
        for user in (self.receiver, self.handler, self.leader, self.inspector):
            with self.assertRaises(AccessError):
                dossier.with_user(user).action_change_version(new.id)

    def test_administrators_learn_no_names(self):
        """They see the code, or the day of filing: never whose dossier it is."""
        dossier = self._draft(channel="online", form_values={"purpose": "secret"})
        dossier.action_submit()
        draft = self._draft_version()
        self._field(draft, "purpose").unlink()
        draft.action_publish()
        with self.assertRaises(UserError) as caught:
            dossier.with_user(self.procedure_admin).action_change_version(draft.id)
        for word in ("Hoa", "secret", "0912345678"):
            self.assertNotIn(word, str(caught.exception))
        self.assertIn("filed on 02/03/2026", str(caught.exception))

    def test_it_is_logged(self):
        dossier = self._at_appraisal(form_values={"purpose": "work"})
        new = self._next_version(workflow_id=self.workflow.copy().id)
        self._move(dossier, new)
        event = dossier.event_ids[-1]
        self.assertEqual(
            (event.kind, event.user_id, event.payload),
            (
                "move_version",
                self.procedure_admin,
                {"version_before": 1, "version_after": 2},
            ),
        )
        self.assertEqual(event.step_from_id, self.steps["appraise"])
        self.assertEqual(event.step_to_id, dossier.step_id)
        self.assertEqual(event.summary, "Version before: 1; Version now: 2")
        self.assertFalse(dossier._log_problems())

    def test_due_date_is_kept_by_what_comes_later(self):
        """A dossier that waits for its applicant gets its own term back, not that of
        the new version."""
        dossier = self._at_appraisal(form_values={"purpose": "work"})
        dossier.with_user(self.approver).action_stop("Waiting for a court")
        draft = self._draft_version()
        draft.channel_ids.write({"term_quantity": 1})
        draft.action_publish()
        due = dossier.date_due
        self._move(dossier, draft)
        dossier.action_resume()
        self.assertGreaterEqual(dossier.date_due, due)
        self.assertGreater(dossier.date_due, datetime(2026, 3, 6))

    def test_queries_do_not_grow_with_dossiers(self):
        dossiers = self.env["motcua.dossier"].union(
            *(self._received(form_values={"purpose": "work"}) for _n in range(8))
        )
        new = self._next_version()

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.sudo()._plan_version(new)
            return self.env.cr.sql_log_count - before

        count(dossiers)  # fills the caches
        self.assertLessEqual(count(dossiers), count(dossiers[:2]) + 2)
