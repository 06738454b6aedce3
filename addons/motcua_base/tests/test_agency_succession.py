from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestAgencySuccession(MotcuaCase):
    """Units end by law while dossiers are on their way: their successors take over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heir = cls._make_agency("New bureau", tier="province")
        cls.heir_officer = cls._make_officer("heir", "handler", cls.heir)

    def _end(self, unit, successor=None, day="2026-03-01"):
        unit.write({"date_to": day, "successor_id": (successor or self.heir).id})

    def _workflow(self, **values):
        workflow = self.workflow.copy()
        step = workflow.step_ids.filtered(lambda step: step.name == "appraise")
        step.write(values)
        return workflow

    def test_a_step_goes_to_the_successor(self):
        workflow = self._workflow(place="fixed", agency_id=self.bureau.id)
        self._next_version(workflow_id=workflow.id)
        dossier = self._received(form_values={"purpose": "work"})
        self._end(self.bureau)
        dossier.action_forward()
        self.assertEqual(dossier.task_agency_id, self.heir)
        dossier.with_user(self.heir_officer).action_forward()
        self.assertEqual(dossier.step_id.name, "sign")

    def test_what_lies_there_is_taken_over(self):
        workflow = self._workflow(place="fixed", agency_id=self.bureau.id)
        self._next_version(workflow_id=workflow.id)
        dossier = self._received(form_values={"purpose": "work"})
        dossier.action_forward()
        self.assertFalse(dossier.with_user(self.heir_officer).has_access("read"))
        self._end(self.bureau)
        self.assertTrue(dossier.with_user(self.heir_officer).has_access("read"))
        dossier.with_user(self.heir_officer).action_forward()
        self.assertEqual(dossier.step_id.name, "sign")

    def test_the_successor_is_asked(self):
        workflow = self._workflow(consult_agency_ids=[(4, self.bureau.id)])
        self._next_version(workflow_id=workflow.id)
        dossier = self._at_appraisal(form_values={"purpose": "work"})
        self._end(self.bureau)
        self.assertEqual(dossier._left_to_ask(), self.heir)
        with self._refusing(UserError, "Its successor is: New bureau"):
            dossier.action_consult([self.bureau.id], "2026-03-05", "May it?")
        dossier.action_consult([self.heir.id], "2026-03-05", "May it?")
        self.assertFalse(dossier._left_to_ask())

    def test_who_was_asked_before_is_not_asked_again(self):
        workflow = self._workflow(consult_agency_ids=[(4, self.bureau.id)])
        self._next_version(workflow_id=workflow.id)
        dossier = self._at_appraisal(form_values={"purpose": "work"})
        dossier.action_consult([self.bureau.id], "2026-03-05", "May it?")
        self._end(self.bureau)
        self.assertFalse(dossier._left_to_ask())
        dossier.with_user(self.heir_officer).action_answer("It may.")
        self.assertFalse(dossier._open_consultations())

    def test_a_merged_commune_is_brought_to_its_end(self):
        """Its open dossiers are finished, signed and handed over by the new one."""
        dossier = self._received(form_values={"purpose": "work"})
        new = self._make_agency("Commune C", parent_id=self.province.id)
        receiver = self._make_officer("receiver-c", "receiving_officer", new)
        handler = self._make_officer("handler-c", "handler", new)
        chairman = self._make_officer("chairman-c", "unit_leader", new)
        self._end(self.commune, new)
        # It lies with an officer by name: the new chairman disposes of it.
        dossier.with_user(chairman).action_assign(receiver.id)
        dossier.with_user(receiver).action_forward()
        dossier.with_user(handler).action_forward()
        dossier.with_user(chairman).action_complete(number="1/QĐ")
        dossier.with_user(receiver).action_return()
        self.assertEqual(dossier.status, "10")

    def test_the_chain_of_successors_is_followed(self):
        last = self._make_agency("Last bureau", tier="province")
        self._end(self.bureau)
        self._end(self.heir, last, "2026-03-01")
        day = self.env["motcua.dossier"]._form_today()
        self.assertEqual(self.bureau._get_current(day), last)
        with self._refusing(ValidationError, "cannot succeed itself"):
            last.successor_id = self.bureau

    def test_not_before_the_day(self):
        self._end(self.bureau, day="2026-03-02")
        day = self.env["motcua.dossier"]._form_today()
        self.assertEqual(self.bureau._get_current(day), self.bureau)

    def test_a_department_ends_with_its_body(self):
        new = self._make_agency("Commune C", parent_id=self.province.id)
        office = self._make_agency("Office C", kind="department", parent_id=new.id)
        self._end(self.commune, new)
        day = self.env["motcua.dossier"]._form_today()
        self.assertEqual(self.desk._get_current(day), new)
        self.department.successor_id = office
        self.assertEqual(self.department._get_current(day), office)

    def test_offerings_are_handed_over_once(self):
        new = self._make_agency("Commune C", parent_id=self.province.id)
        office = self._make_agency("Office C", kind="department", parent_id=new.id)
        self.department.successor_id = office
        offering = self.commune.offering_ids
        self.env["motcua.procedure.fee"].create(
            {"offering_id": offering.id, "name": "Local", "amount": 7000}
        )
        self._end(self.commune, new)
        self._end(self.other_commune, new)
        self.assertEqual(new.offering_ids.procedure_id, self.procedure)
        self.assertEqual(new.offering_ids.department_id, office)
        self.assertEqual(new.offering_ids.fee_ids.mapped("amount"), [7000])

    def test_the_check_of_a_version_names_them(self):
        workflow = self._workflow(
            place="fixed",
            agency_id=self.bureau.id,
            consult_agency_ids=[(4, self.other_commune.id)],
        )
        self._end(self.bureau)
        self.other_commune.date_to = "2026-02-28"
        draft = self.version._copy_to_draft()
        draft.write({"date_from": "2026-03-02", "workflow_id": workflow.id})
        said = "\n".join(finding.sentence for finding in draft._findings())
        self.assertIn("Department of Justice, which ended on 01/03/2026: New", said)
        self.assertIn("Commune B, which ended on 28/02/2026 without a successor", said)
