import re
from copy import deepcopy

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.motcua_base.tests.common import MotcuaCase

IF_WORK = {"all": [{"field": "purpose", "op": "=", "value": "work"}]}


@tagged("post_install", "-at_install")
class TestWorkflowEditor(MotcuaCase):
    """A workflow is read, looked at and saved as a whole."""

    def setUp(self):
        super().setUp()
        self.editor = self.env["motcua.workflow.editor"].with_user(self.procedure_admin)
        # One that nothing uses yet.
        self.draft = self.workflow.copy()
        self.loaded = self.editor.load(self.draft.id)

    def _save(self, data, workflow=None, revision=None):
        workflow = workflow or self.draft
        revision = revision or self.editor.load(workflow.id)["revision"]
        return self.editor.save_workflow(workflow.id, revision, data)

    def _data(self, workflow=None):
        return deepcopy(self.editor.load((workflow or self.draft).id)["data"])

    def _step(self, data, name):
        return next(step for step in data["steps"] if step["name"] == name)

    def _new_step(self, data, key, **values):
        step = {**deepcopy(data["steps"][1]), "key": key, "name": key}
        step.update(values)
        data["steps"].insert(-1, step)
        return step

    def _way(self, data, start, end, **values):
        way = {
            "from": start["key"],
            "to": end["key"],
            "kind": "forward",
            "name": f"{start['name']} to {end['name']}",
            "condition": None,
        }
        data["ways"].append({**way, **values})

    def _sentences(self, data, workflow=None, version=False):
        seen = self.editor.look((workflow or self.draft).id, data, version)
        return " ".join(problem["sentence"] for problem in seen["problems"])

    # -- saving -------------------------------------------------------------

    def test_saved_as_it_was_nothing_is_written(self):
        before = self.draft.step_ids.mapped("write_date")
        answer = self._save(self._data())
        self.assertEqual(self.draft.step_ids.mapped("write_date"), before)
        self.assertEqual(answer["data"], self.loaded["data"])

    def test_all_of_it_is_saved(self):
        data = self._data()
        data["name"] = "Look at it and sign"
        data["description"] = "For small matters"
        appraise, sign = self._step(data, "appraise"), self._step(data, "sign")
        appraise.update(
            requires="opinion",
            term_share=20,
            consult_agency_ids=self.bureau.ids,
            consult_days=2,
        )
        visit = self._new_step(
            data, "new_1", name="visit", place="fixed", agency_id=self.bureau.id
        )
        self._way(data, appraise, visit, condition=IF_WORK)
        self._way(data, visit, sign)
        answer = self._save(data)
        steps = {step.name: step for step in self.draft.step_ids}
        self.assertEqual(self.draft.name, "Look at it and sign")
        self.assertEqual(
            self.draft.step_ids.mapped("name"),
            ["receive", "appraise", "sign", "visit", "hand over"],
        )
        self.assertEqual(steps["appraise"].consult_agency_ids, self.bureau)
        self.assertEqual(steps["visit"].agency_id, self.bureau)
        way = steps["appraise"].transition_ids.filtered("condition")
        self.assertEqual(way._to_dict()["condition"], IF_WORK)
        self.assertEqual(way.to_step_id, steps["visit"])
        self.assertEqual(answer["data"], self.draft._editor_data())
        self.assertFalse(self.draft._problems())

    def test_steps_are_removed_with_their_ways(self):
        data = self._data()
        appraise = self._step(data, "appraise")
        data["steps"].remove(appraise)
        data["ways"] = []
        self._way(data, self._step(data, "receive"), self._step(data, "sign"))
        self._save(data)
        self.assertEqual(len(self.draft.step_ids), 3)
        self.assertEqual(len(self.draft.transition_ids), 1)

    def test_ways_change_places(self):
        data = self._data()
        for way in data["ways"]:
            way["from"], way["to"] = way["to"], way["from"]
        self._save(data)
        self.assertEqual(len(self.draft.transition_ids), 3)

    def test_what_lacks_is_told_all_at_once_and_nothing_is_saved(self):
        data = self._data()
        data["name"] = " "
        self._step(data, "receive").update(name="", stage_id=False)
        self._step(data, "appraise").update(place="fixed", assignment="fixed")
        self._step(data, "sign").update(term_share=120)
        self._way(
            data, self._step(data, "sign"), self._step(data, "hand over"), name=""
        )
        data["ways"][0]["condition"] = {"all": []}
        data["ways"].append(dict(data["ways"][1]))
        with self.assertRaises(ValidationError) as caught:
            self._save(data)
        sentences = str(caught.exception)
        for words in (
            "give it a name",
            "a step has no name",
            "stands in no column",
            "which unit does step “appraise”",
            "which officer does step “appraise”",
            "between 0 and 100 %",
            "a way after step “sign” has no name",
            "only a result leads to handing over",
            "cannot be read",
            "two ways lead from step “appraise” to “sign”",
        ):
            self.assertIn(words, sentences)
        self.assertEqual(self._data(), self.loaded["data"])

    def test_a_draft_may_be_saved_with_problems(self):
        data = self._data()
        self._step(data, "sign")["can_finish"] = False
        self.assertIn("no step may finish", self._sentences(data))
        self._save(data)

    def test_numbers_are_read_as_in_forms(self):
        data = self._data()
        self._step(data, "sign").update(term_share="12,5", consult_days="1.0")
        self._save(data)
        step = self.draft.step_ids.filtered(lambda step: step.name == "sign")
        self.assertEqual((step.term_share, step.consult_days), (12.5, 1))

    def test_what_is_no_workflow(self):
        whole = self._data()
        for name, value in (
            ("steps", None),
            ("steps", [{"key": 1}]),
            ("steps", [dict(whole["steps"][0], role="king")]),
            ("steps", [dict(whole["steps"][0], stage_id=0.5)]),
            ("steps", [dict(whole["steps"][0], agency_id=-7, place="fixed")]),
            ("steps", whole["steps"][:1] * 2),
            ("ways", [dict(whole["ways"][0], kind="sideways")]),
            ("ways", "none"),
        ):
            with (
                self.subTest(name=name, value=value),
                self.assertRaises(ValidationError),
            ):
                self._save({**whole, name: value})

    def test_who_saves_second_is_told(self):
        revision = self.loaded["revision"]
        data = self._data()
        self._new_step(data, "new_1", name="mine")
        self._save(data)
        data["steps"][1]["name"] = "theirs"
        with self._refusing(UserError, "since you opened it"):
            self._save(data, revision=revision)
        self.assertIn("mine", self.draft.step_ids.mapped("name"))
        self.assertNotIn("theirs", self.draft.step_ids.mapped("name"))

    def test_only_procedure_administrators(self):
        for user in (self.leader, self.handler, self.inspector):
            editor = self.editor.with_user(user)
            data = self.loaded["data"]
            for method, arguments in (
                ("load", ()),
                ("look", (data,)),
                ("save_workflow", (self.loaded["revision"], data)),
                ("save_copy", (data,)),
            ):
                with self.assertRaises(AccessError):
                    getattr(editor, method)(self.draft.id, *arguments)

    # -- nothing breaks -----------------------------------------------------

    def test_published_procedures_need_a_sound_workflow(self):
        data = self._data(self.workflow)
        self.assertTrue(self.editor.load(self.workflow.id)["usage"]["published"])
        self._step(data, "sign")["can_finish"] = False
        with self.assertRaisesRegex(ValidationError, "no step may finish"):
            self._save(data, self.workflow)
        self._step(data, "sign")["can_finish"] = True
        self._way(
            data,
            self._step(data, "receive"),
            self._step(data, "sign"),
            condition={"all": [{"field": "salary", "op": ">", "value": 1}]},
        )
        with self.assertRaisesRegex(ValidationError, "asks for “salary”"):
            self._save(data, self.workflow)
        data["ways"][-1]["condition"] = IF_WORK
        self._save(data, self.workflow)

    def test_steps_stay_while_dossiers_are_on_their_way(self):
        dossier = self._at_appraisal()
        self.assertEqual(
            self.editor.load(self.workflow.id)["usage"]["open_dossiers"], 1
        )
        data = self._data(self.workflow)
        self._step(data, "appraise").update(name="study", term_share=50)
        self._save(data, self.workflow)
        self.assertEqual(dossier.step_id.name, "study")
        study, sign = self._step(data, "study"), self._step(data, "sign")
        sound = deepcopy(data)
        extra = self._new_step(sound, "new_1", name="check", term_share=0)
        self._way(sound, study, extra)
        self._way(sound, extra, sign)
        with self._refusing(UserError, "1 open dossier"):
            self._save(sound, self.workflow)
        self.assertEqual(self._data(self.workflow), data)
        # The work is not lost: it may be kept as another workflow.
        copy = self.env["motcua.workflow"].browse(
            self.editor.save_copy(self.workflow.id, sound)
        )
        self.assertEqual(len(copy.step_ids), 5)
        self.assertNotEqual(copy.name, self.workflow.name)
        self.assertFalse(copy.step_ids & self.workflow.step_ids)
        dossier.action_forward()
        self.assertEqual(dossier.step_id, self.steps["sign"])

    # -- looking ------------------------------------------------------------

    def test_new_steps_stand_in_the_column_of_their_kind(self):
        columns = {"receive": "received", "work": "appraisal", "return": "ready"}
        self.assertEqual(
            self.loaded["choices"]["column"],
            {
                kind: self.env.ref(f"motcua_base.stage_{stage}").id
                for kind, stage in columns.items()
            },
        )

    def test_look_at_what_is_not_saved(self):
        data = self._data()
        self._step(data, "appraise")["term_share"] = 80
        self._way(
            data,
            self._step(data, "receive"),
            self._step(data, "sign"),
            condition=IF_WORK,
        )
        seen = self.editor.look(self.draft.id, data, self.version.id)
        self.assertEqual(seen["share"], 120)
        self.assertEqual(seen["term"], "05 ngày làm việc")
        key = self._step(data, "appraise")["key"]
        self.assertEqual(seen["shares"][key], "04 ngày làm việc")
        [problem] = seen["problems"]
        self.assertIn("exceed the whole term", problem["sentence"])
        self.assertIn("if Purpose is work", seen["picture"])
        self.assertIn("otherwise", seen["picture"])
        self.assertEqual(self._data(), self.loaded["data"])

    def test_no_term_is_told_while_no_channel_has_one(self):
        version = self._make_version(self._make_procedure())
        version.channel_ids.unlink()
        seen = self.editor.look(self.draft.id, self._data(), version.id)
        self.assertFalse(seen["term"])
        self.assertFalse(seen["shares"])

    def test_conditions_are_drawn_as_people_write(self):
        version = self._make_version(self._make_procedure())
        version.field_ids = [
            Command.create({"name": "amount", "label": "Amount", "type": "money"})
        ]
        data = self._data()
        receive, sign = (self._step(data, name) for name in ("receive", "sign"))
        self._way(
            data,
            receive,
            sign,
            condition={
                "any": [
                    {"field": "amount", "op": ">", "value": 5000000},
                    {"field": "born", "op": "<", "value": "2008-01-31"},
                ]
            },
        )
        picture = self.editor.look(self.draft.id, data, version.id)["picture"]
        # Long labels are broken into lines.
        words = " ".join(re.sub(r"<[^>]*>", " ", picture).split())
        self.assertIn("5.000.000 đồng", words)
        self.assertIn("31/01/2008", words)

    def test_problems_name_their_step(self):
        data = self._data()
        self._new_step(data, "new_1", name="lost")
        problems = self.editor.look(self.draft.id, data)["problems"]
        self.assertEqual({problem["step"] for problem in problems}, {"new_1"})
        self.assertIn("“lost” can never be reached", problems[0]["sentence"])

    def test_an_empty_workflow_can_be_looked_at(self):
        empty = self.env["motcua.workflow"].create({"name": "New"})
        seen = self.editor.look(empty.id, self._data(empty))
        self.assertIn("exactly one step of reception", seen["problems"][0]["sentence"])

    def test_sample_has_what_conditions_ask_for(self):
        sample = self.editor.sample(self.version.id)
        self.assertEqual(
            [f["label"] for f in sample["fields"]], ["Purpose", "Date of birth"]
        )
        self.assertIn("=", sample["types"]["char"]["operators"])

    def test_queries_do_not_grow_with_the_steps(self):
        data = self._data()
        self.editor.look(self.draft.id, data, self.version.id)

        def queries():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.editor.look(self.draft.id, data, self.version.id)
            return self.cr.sql_log_count - before

        few = queries()
        for number in range(20):
            self._new_step(data, f"new_{number}")
        self.assertLessEqual(queries(), few + 2)

    # -- paper --------------------------------------------------------------

    def test_picture_on_paper(self):
        report = self.env["ir.actions.report"].with_user(self.procedure_admin)
        for name in ("report_workflow", "report_workflow_landscape"):
            html, _kind = report._render_qweb_html(
                f"motcua_studio.{name}", self.workflow.ids
            )
            self.assertIn(b"<svg", html)
            self.assertIn(b"appraise", html)

    # -- one agency's own ---------------------------------------------------

    def test_adapt_for_an_agency(self):
        dossier = self._at_appraisal()
        wizard = (
            self.env["motcua.workflow.adapt"]
            .with_user(self.procedure_admin)
            .create({"workflow_id": self.workflow.id, "agency_id": self.commune.id})
        )
        self.assertEqual(wizard.offering_ids.procedure_id, self.procedure)
        action = wizard.action_adapt()
        copy = self.env["motcua.workflow"].browse(action["context"]["active_id"])
        self.assertEqual(copy.name, "Appraise and sign – Commune A")
        offerings = self.procedure.offering_ids
        own = offerings.filtered(lambda o: o.agency_id == self.commune)
        self.assertEqual(own.workflow_id, copy)
        self.assertFalse((offerings - own).workflow_id)
        # Dossiers on their way stay, new ones follow the copy.
        self.assertEqual(dossier.workflow_id, self.workflow)
        self.assertEqual(self._received().workflow_id, copy)

    def test_adapt_for_an_agency_that_does_not_use_it(self):
        wizard = (
            self.env["motcua.workflow.adapt"]
            .with_user(self.procedure_admin)
            .create({"workflow_id": self.draft.id, "agency_id": self.commune.id})
        )
        self.assertFalse(wizard.candidate_ids)
        with self.assertRaisesRegex(UserError, "Choose at least one"):
            wizard.action_adapt()
        wizard.offering_ids = self.procedure.offering_ids
        with self.assertRaisesRegex(UserError, "does not offer"):
            wizard.action_adapt()
