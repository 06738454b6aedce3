import json

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MotcuaCase
from .sample_files import PDF


@tagged("post_install", "-at_install")
class TestDossierForm(MotcuaCase):
    """Answers of every kind, through creating, writing and the verbs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stage = cls.env.ref("motcua_base.stage_signature")
        cls.form = [
            {"name": "purpose", "label": "Purpose", "required": True},
            {"name": "area", "label": "Area", "type": "float"},
            {"name": "price", "label": "Price", "type": "money"},
            {
                "name": "total",
                "label": "Total",
                "type": "computed",
                "formula": "area * price + sum(trees.worth)",
            },
            {"name": "share", "label": "Share", "type": "computed",
             "formula": "total / area"},
            {"name": "trees", "label": "Trees", "type": "repeat"},
            {"name": "kind", "label": "Kind", "required": True,
             "parent_name": "trees"},
            {"name": "count", "label": "Count", "type": "integer",
             "parent_name": "trees"},
            {"name": "worth", "label": "Worth", "type": "computed",
             "formula": "count * 10", "parent_name": "trees"},
            {"name": "body", "label": "Issued by", "type": "agency"},
            {
                "name": "finding",
                "label": "Finding",
                "filled_by": "officer",
                "required_before_stage_id": stage.id,
            },
        ]  # fmt: skip
        cls.land = cls._make_procedure(name="Land")
        cls.land_version = cls._make_version(
            cls.land,
            component_ids=[],
            field_ids=[
                Command.create({"sequence": number, **values})
                for number, values in enumerate(cls.form)
            ],
        )
        cls.land_version.action_publish()
        cls._make_offering(cls.commune, cls.land)

    def _land(self, **answers):
        answers = {"purpose": "Farm", "area": 2.0, "price": 100, **answers}
        return self._draft(procedure_id=self.land.id, form_values=answers)

    # ... computed

    def test_what_is_computed_is_stored_and_found(self):
        dossier = self._land(total=1, trees=[{"kind": "Mango", "count": 3}])
        self.assertEqual(dossier._answers()["total"], 230)
        self.assertEqual(dossier._answers()["share"], 115)
        self.assertEqual(
            dossier.row_ids.mapped("row_values"),
            [{"kind": "Mango", "count": 3, "worth": 30}],
        )
        found = self.env["motcua.dossier"].search([("form_values.total", "=", 230)])
        self.assertIn(dossier, found)

    def test_amounts_in_words_follow_the_rule_set(self):
        version = self._make_version(
            self._make_procedure(name="Subsidy"),
            component_ids=[],
            field_ids=[
                Command.create({"name": "sum", "label": "Sum", "type": "money"}),
                Command.create(
                    {
                        "name": "words",
                        "label": "In words",
                        "type": "computed",
                        "formula": "money_words(sum)",
                    }
                ),
            ],
        )
        version.action_publish()
        self._make_offering(self.commune, version.procedure_id)
        rules = self.env["motcua.ruleset"]._get_at(fields.Date.to_date("2026-03-05"))
        rules.zero_in_words = "le"
        dossier = self._draft(
            procedure_id=version.procedure_id.id, form_values={"sum": 1000005}
        )
        self.assertEqual(dossier.ruleset_id, rules)
        words = "Một triệu không nghìn không trăm lẻ năm đồng"
        self.assertEqual(dossier._answers()["words"], words)
        checked = dossier.check_answers({"sum": "1.000.005"})
        self.assertEqual(checked["computed"]["words"], words)
        _typed, said = checked["understood"]["sum"]
        self.assertIn("lẻ năm", said)

    def test_screens_know_what_is_computed(self):
        self.assertEqual(self._land().computed_names, ["share", "total"])

    def test_what_is_computed_follows_every_change(self):
        dossier = self._land()
        dossier.form_values = {**dossier._answers(), "area": 3.0, "total": 7}
        self.assertEqual(dossier._answers()["total"], 300)
        dossier.write({"form_values": {"trees": [{"kind": "Mango", "count": 1}]}})
        self.assertEqual(dossier._answers()["total"], 310)
        dossier.row_ids.unlink()
        self.assertEqual(dossier._answers()["total"], 300)

    def test_zero_is_a_result(self):
        dossier = self._land(price=0)
        self.assertEqual(repr(dossier._answers()["total"]), "0")

    def test_division_by_zero_is_told(self):
        dossier = self._land(area=0.0)
        with self._refusing(ValidationError, "“Share” cannot be computed: it divides"):
            dossier.action_receive()

    # ... rows

    def test_rows_are_normalised_and_blank_ones_left_out(self):
        dossier = self._land(trees=[{}, {"kind": "  Mango ", "count": "2"}])
        self.assertEqual(
            dossier.row_ids.row_values, {"kind": "Mango", "count": 2, "worth": 20}
        )

    def test_rows_of_a_filed_dossier_are_checked_and_the_change_is_logged(self):
        dossier = self._land(trees=[{"kind": "Mango", "count": 1}])
        dossier.action_receive()
        with self._refusing(ValidationError, "“Trees, row 1: Kind” must be filled in"):
            dossier.write({"form_values": {"trees": [{"count": 5}]}})
        dossier.write({"form_values": {"trees": [{"kind": "Fig", "count": 2}] * 2}})
        self.assertEqual(len(dossier.row_ids), 2)
        payload = dossier.event_ids.filtered(lambda e: e.kind == "correct")[-1:].payload
        self.assertIn("Fig", str(payload))
        self.assertEqual(dossier._answers()["purpose"], "Farm")

    def test_single_rows_are_checked_too(self):
        dossier = self._land(trees=[{"kind": "Mango"}])
        dossier.action_receive()
        with self._refusing(ValidationError, "“Trees, row 1: Count”"):
            dossier.row_ids.row_values = {"kind": "Mango", "count": "many"}
        dossier.row_ids.row_values = {"kind": "Mango", "count": 4}
        self.assertEqual(dossier.row_ids.row_values["worth"], 40)

    def test_only_who_may_correct_the_dossier_changes_rows(self):
        dossier = self._land(trees=[{"kind": "Mango"}])
        dossier.action_receive()
        rows = {"form_values": {"trees": []}}
        for user in (self.stranger, self.inspector):
            with self.assertRaises(AccessError):
                dossier.with_user(user).write(rows)
        self.assertTrue(dossier.row_ids)

    def test_what_are_no_rows_is_refused(self):
        for wrong in ("x", [1], {"kind": "x"}, [{"kind": "x"}] * 201):
            with self.assertRaises(ValidationError):
                self._land(trees=wrong)

    def test_sections_are_read_with_a_trace(self):
        dossier = self._land(trees=[{"kind": "Mango"}])
        log = self.env["motcua.access.log"]
        before = log.search_count([("dossier_id", "=", dossier.id)])
        [section] = dossier.load_sections()
        self.assertEqual(section["field"]["label"], "Trees")
        self.assertEqual(section["rows"][0]["kind"], "Mango")
        after = log.search_count([("dossier_id", "=", dossier.id)])
        self.assertEqual(after, before + 1)
        with self.assertRaises(AccessError):
            dossier.with_user(self.stranger).load_sections()

    def test_rows_are_checked_while_somebody_types(self):
        dossier = self._land()
        check = dossier.check_answers({"trees": [{"count": 2}]})
        self.assertEqual(check["computed"]["trees.0.worth"], 20)
        self.assertEqual(list(check["problems"]), ["trees.0.kind"])
        self.assertFalse(dossier.row_ids)

    # ... agencies

    def test_agencies_are_those_that_exist(self):
        with self._refusing(ValidationError, "“Issued by” is no public body"):
            self._land(body="Nobody").action_receive()
        self._land(body=self.bureau.name).action_receive()

    def test_agencies_and_places_are_offered(self):
        Field = self.env["motcua.form.field"].with_user(self.receiver)
        self.assertIn(self.bureau.name, Field.suggest("agency", "of justice"))
        self.assertTrue(Field.suggest("place", "khe sanh"))
        self.assertEqual(Field.suggest("char", "a"), [])

    # ... corrections

    def test_a_wrong_correction_is_refused_and_an_old_mistake_may_wait(self):
        dossier = self._land()
        dossier.action_receive()
        with self._refusing(ValidationError, "“Price”"):
            dossier.form_values = {**dossier._answers(), "price": "a lot"}
        # From before it was looked at.
        stored = json.dumps({**dossier._answers(), "price": "a lot"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE motcua_dossier SET form_values = %s WHERE id = %s",
            (stored, dossier.id),
        )
        self.env.invalidate_all()
        dossier.form_values = {**dossier._answers(), "purpose": "Garden"}
        self.assertEqual(dossier._answers()["purpose"], "Garden")

    # ... officers

    def test_a_dossier_waits_for_what_officers_fill_in(self):
        dossier = self._land()
        dossier.action_receive()
        dossier.action_forward(assignee_id=self.handler.id)
        mine = dossier.with_user(self.handler)
        with self._refusing(ValidationError, "fill in “Finding” first"):
            mine.action_forward(assignee_id=self.approver.id)
        mine.form_values = {**mine._answers(), "finding": "Sound"}
        mine.action_forward(assignee_id=self.approver.id)
        # Going back is always open.
        mine.sudo().form_values = {**mine._answers(), "finding": False}
        theirs = dossier.with_user(self.approver)
        with self._refusing(ValidationError, "fill in “Finding” first"):
            theirs.action_complete(number="1/GCN")
        [back] = self.workflow.transition_ids.filtered(lambda t: t.kind == "return")
        theirs.action_forward(back.id, note="Look again")
        self.assertEqual(dossier.step_id, self.steps["appraise"])

    def test_what_officers_must_fill_in_anyway_is_there_before_the_result(self):
        procedure = self._make_procedure()
        self._make_version(
            procedure,
            field_ids=[
                Command.create(
                    {
                        "name": "number",
                        "label": "Number",
                        "required": True,
                        "filled_by": "officer",
                    }
                )
            ],
        ).action_publish()
        self._make_offering(self.commune, procedure)
        dossier = self._at_signature(procedure_id=procedure.id)
        with self._refusing(ValidationError, "fill in “Number” first"):
            dossier.action_complete(number="1/GCN")
        dossier.form_values = {"number": "7"}
        dossier.action_complete(number="1/GCN")

    def test_forms_without_such_fields_are_not_read(self):
        dossier = self._at_appraisal()
        dossier._check_officer_fields(dossier.step_id.id)
        with self.assertQueryCount(0):
            dossier._check_officer_fields(dossier.step_id.id)

    def test_citizens_cannot_be_waited_for(self):
        draft = self._make_version(self._make_procedure())
        draft.field_ids[:1].required_before_stage_id = self.env.ref(
            "motcua_base.stage_issue"
        )
        with self._refusing(ValidationError, "not filled in by officers"):
            draft.action_publish()

    # ... formulas in publication

    def test_unsound_formulas_are_not_published(self):
        for formula, words in (
            ("purpose +", "ends where something is still missing"),
            ("purpose + $", "cannot be read at character 11: “$”"),
            ("nothing + 1", "names “nothing” at character 1"),
            ("born * 2", "gives “*” at character 6"),
            ("x + 1", "depends on itself"),
            ("exec(purpose)", "calls “exec” at character 1, which is no function"),
        ):
            draft = self._make_version(self._make_procedure())
            draft.write(
                {
                    "field_ids": [
                        Command.create(
                            {"name": "x", "label": "X", "type": "computed",
                             "formula": formula}
                        )
                    ]
                }
            )  # fmt: skip
            with self.subTest(formula=formula), self._refusing(ValidationError, words):
                draft.action_publish()

    # ... versions

    def test_old_dossiers_keep_what_the_next_version_renames_and_removes(self):
        old = self._land(trees=[{"kind": "Mango", "count": 1}])
        old.action_receive()
        draft = self.land_version._copy_to_draft()
        draft.date_from = "2026-03-02"
        fields = {field.name: field for field in draft.field_ids}
        fields["purpose"].label = "What for"
        (fields["trees"] + fields["kind"] + fields["count"] + fields["worth"]).unlink()
        fields["total"].formula = "area * price"
        fields["price"].unlink()
        fields["total"].formula = "area"
        draft.action_publish()
        new = self._draft(
            procedure_id=self.land.id, form_values={"purpose": "Fish", "area": 1.0}
        )
        # Renamed: one column for both, each under the label of its time.
        labels = [
            next(p["string"] for p in dossier.read(["form_values"])[0]["form_values"]
                 if p["name"] == "purpose")
            for dossier in (old, new)
        ]  # fmt: skip
        self.assertEqual(labels, ["Purpose", "What for"])
        self.assertEqual(new._answers()["purpose"], "Fish")
        # Removed: still there, still readable, still checked.
        self.assertEqual(old._answers()["price"], 100)
        self.assertIn("Kind: Mango", old.row_ids.summary)
        old.form_values = {**old._answers(), "area": 5.0}
        self.assertEqual(old._answers()["total"], 510)
        with self._refusing(ValidationError, "The form has no field “price”"):
            new.form_values = {**new._answers(), "price": 5}


@tagged("post_install", "-at_install")
class TestFileAnswers(MotcuaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.photo_procedure = cls._make_procedure(name="Photo")
        cls._make_version(
            cls.photo_procedure,
            component_ids=[],
            field_ids=[
                Command.create(
                    {"name": "photo", "label": "Photo", "type": "file",
                     "required": True}
                )
            ],
        ).action_publish()  # fmt: skip
        cls._make_offering(cls.commune, cls.photo_procedure)

    def _upload(self, name="a.pdf", content=PDF, user=None):
        return (
            self.env["ir.attachment"]
            .with_user(user or self.receiver)
            .create({"name": name, "raw": content})
        )

    def _photo(self, **answers):
        return self._draft(procedure_id=self.photo_procedure.id, form_values=answers)

    def test_a_file_is_kept_with_the_dossier(self):
        file = self._upload()
        dossier = self._photo(photo={"id": file.id, "name": "whatever"})
        self.assertEqual(
            dossier._form_values()["photo"], {"id": file.id, "name": "a.pdf"}
        )
        [paper] = dossier.component_ids
        self.assertEqual((paper.name, paper.attachment_ids), ("Photo", file))
        dossier.action_receive()

    def test_a_required_file_is_asked_for(self):
        with self._refusing(ValidationError, "“Photo” must be filled in"):
            self._photo().action_receive()

    def test_files_are_replaced_and_taken_away(self):
        first, second = self._upload(), self._upload("b.pdf")
        dossier = self._photo(photo={"id": first.id})
        dossier.write({"form_values": {"photo": {"id": first.id}}})
        self.assertEqual(dossier.component_ids.attachment_ids, first)
        dossier.write({"form_values": {"photo": {"id": second.id}}})
        self.assertEqual(dossier.component_ids.attachment_ids, second)
        dossier.write({"form_values": {"photo": False}})
        self.assertFalse(dossier.component_ids)

    def test_no_file_of_others_and_no_file_that_is_not_taken(self):
        other = self._upload(user=self.stranger)
        with self.assertRaises(AccessError):
            self._photo(photo={"id": other.id})
        with self.assertRaises(UserError):
            self._photo(photo={"id": self._upload("a.exe", b"MZ").id})
        with self.assertRaises(UserError):
            self._photo(photo={"id": self._upload("a.pdf", b"no pdf").id})
        with self._refusing(ValidationError, "Upload files first"):
            self._photo(photo="a.pdf")


@tagged("post_install", "-at_install")
class TestEarlierAnswers(MotcuaCase):
    """A new dossier starts from what its applicant has said before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.earlier = cls._make_procedure(name="Renewal")
        cls._make_version(
            cls.earlier,
            field_ids=[
                Command.create({"label": "-", **field})
                for field in (
                    {"name": "purpose", "prefill": "earlier"},
                    {"name": "day", "type": "date", "prefill": "earlier",
                     "prefill_name": "born"},
                    {"name": "years", "type": "integer", "prefill": "earlier",
                     "prefill_name": "purpose"},
                )
            ],
        ).action_publish()  # fmt: skip
        cls._make_offering(cls.commune, cls.earlier)
        cls.choice = {
            "procedure_id": cls.earlier.id,
            "agency_id": cls.commune.id,
            "person": {"id_number": cls.citizen.motcua_id_number},
        }

    def _describe(self, user, desk):
        Desk = self.env["motcua.desk"].with_user(user)
        return Desk.describe(desk.id, self.choice)["earlier"]

    def test_the_last_answer_that_fits_is_taken(self):
        self._received(form_values={"purpose": "Old", "born": "1990-01-02"})
        newer = self._received(form_values={"purpose": "New"})
        log = self.env["motcua.access.log"]
        domain = [("dossier_id", "=", newer.id), ("user_id", "=", self.receiver.id)]
        before = log.search_count(domain)
        self.assertEqual(
            self._describe(self.receiver, self.desk),
            {"purpose": "New", "day": "1990-01-02"},
        )
        self.assertEqual(log.search_count(domain), before + 1)

    def test_drafts_and_strangers_tell_nothing(self):
        self._draft(form_values={"purpose": "Draft"})
        self.assertEqual(self._describe(self.receiver, self.desk), {})
        self.choice = {**self.choice, "person": {"id_number": "045190009999"}}
        self._received(form_values={"purpose": "Filed"})
        self.assertEqual(self._describe(self.receiver, self.desk), {})

    def test_only_dossiers_that_the_officer_may_read(self):
        self._received(form_values={"purpose": "Secret"})
        self._make_offering(self.other_commune, self.earlier)
        self.choice = {**self.choice, "agency_id": self.other_commune.id}
        self.assertEqual(self._describe(self.stranger, self.other_desk), {})
