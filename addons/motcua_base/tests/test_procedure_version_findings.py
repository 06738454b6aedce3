from odoo.fields import Command
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestProcedureVersionFindings(MotcuaCase):
    """What an administrator is told before a version is published."""

    def setUp(self):
        super().setUp()
        self.draft = self._make_version(self._make_procedure())
        self._make_offering(self.commune, self.draft.procedure_id)

    def test_complete_version(self):
        self.assertEqual(self.draft._findings(), [])

    def test_problems_come_before_warnings(self):
        self.draft.workflow_id = False
        self.draft.procedure_id.offering_ids.unlink()
        kinds = [finding.blocks for finding in self.draft._findings()]
        self.assertEqual(kinds, [True, False])

    # ... channels, terms and cases

    def test_case_without_a_term(self):
        self.draft.case_ids = [
            Command.create({"name": "At home"}),
            Command.create({"name": "Abroad"}),
        ]
        at_home = self.draft.case_ids[0]
        counter = self.draft.channel_ids.filtered(lambda c: c.channel == "counter")
        self.assertFalse(self._problems(), "a row without a case serves all cases")
        counter.case_id = at_home
        problems = self._problems()
        self.assertEqual(len(problems), 1)
        self.assertIn("“Abroad” in channel “At the counter”", problems[0])
        self.assertWarned("names no case")

    def test_online_promised_but_not_given(self):
        online = self.draft.channel_ids.filtered(lambda c: c.channel == "online")
        online.unlink()
        self.assertWarned("said to be served online")
        self.draft.procedure_id.service_level = "information"
        self.assertFalse(self.draft._findings())

    def test_case_of_another_version(self):
        other = self._make_version(
            self._make_procedure(), case_ids=[Command.create({"name": "Theirs"})]
        )
        self.draft.channel_ids[0].case_id = other.case_ids
        self.draft.component_ids[0].case_id = other.case_ids
        found = [f for f in self.draft._findings() if "another version" in f.sentence]
        self.assertEqual(
            {finding.record for finding in found},
            {self.draft.channel_ids[0], self.draft.component_ids[0]},
        )

    def test_second_price_that_is_none(self):
        self.draft.channel_ids[0].fee_ids = [
            Command.create(
                {
                    "name": "Copying",
                    "unit": "page",
                    "amount": 2000,
                    "tier_from": 3,
                    "tier_amount": 2000,
                }
            )
        ]
        self.assertWarned("“Copying”")

    # ... papers and the form

    def test_files_larger_than_the_server_takes(self):
        self.draft.component_ids[0].max_megabytes = 5000
        finding = self.assertProblem("the server takes at most 128 MB")
        self.assertEqual(finding.record, self.draft.component_ids[0])
        self.assertEqual(finding.field, "max_megabytes")

    def test_required_paper_of_which_nothing_is_wanted(self):
        self.draft.component_ids[0].originals = 0
        self.assertWarned("“Declaration” is required")

    def test_conditions_and_columns_of_the_form(self):
        born = self.draft.field_ids.filtered(lambda field: field.name == "born")
        born.visible_if = '{"all": [{"field": "sex", "op": "filled"}]}'
        finding = self.assertProblem("“Date of birth” names no field")
        self.assertEqual(finding.record, born)
        born.write({"visible_if": False, "parent_name": "purpose"})
        finding = self.assertProblem("column of “Purpose”")
        self.assertEqual(finding.field, "parent_name")

    # ... the workflow

    def test_workflow_of_an_offering(self):
        """Agencies may do it their own way: that way must lead to an end, too."""
        self.draft.procedure_id.offering_ids.workflow_id = self.workflow.copy()
        own = self.draft.procedure_id.offering_ids.workflow_id
        own.step_ids.write({"can_finish": False})
        finding = self.assertProblem("no step may finish")
        self.assertEqual(finding.record, own)

    # ... dates

    def test_version_from_the_same_day(self):
        draft = self.version._copy_to_draft()
        draft.date_from = self.version.date_from
        self.assertProblem("same day or later", draft)

    def test_superseded_versions_do_not_overlap_either(self):
        """Nothing can be slipped in between two versions that applied."""
        second = self.version._copy_to_draft()
        second.date_from = "2026-04-01"
        second.action_publish()
        late = second._copy_to_draft()
        late.date_from = "2026-03-15"
        self.assertProblem("same day or later", late)

    def test_in_force_from_a_day_that_has_passed(self):
        draft = self.version._copy_to_draft()
        draft.date_from = "2026-02-01"
        self.assertWarned("since 01/02/2026 keep", draft)

    def test_expired_before_it_began(self):
        self.draft.date_to = "2026-01-31"
        self.assertWarned("expired already")

    # ... agencies

    def test_local_terms_are_not_longer(self):
        offering = self.draft.procedure_id.offering_ids
        offering.write({"term_quantity": 4, "term_unit": "working_day"})
        self.assertWarned("own term", none=True)
        offering.term_quantity = 7
        finding = self.assertWarned("own term (07 ngày làm việc) is longer")
        self.assertEqual(finding.record, offering)
        offering.term_unit = "calendar_day"  # says nothing about working days
        self.assertWarned("own term", none=True)

    # ... people

    def test_nobody_offers_it(self):
        self.draft.procedure_id.offering_ids.unlink()
        finding = self.assertWarned("no agency offers")
        self.assertEqual(finding.record, self.draft.procedure_id)

    def test_each_agency_without_people_is_named(self):
        self._make_offering(self.other_commune, self.draft.procedure_id)
        finding = self.assertWarned("Office A", none=True)
        # Commune B has a leader and nobody else: a leader may do it all.
        self._memberships(self.stranger).write({"role": "receiving_officer"})
        finding = self.assertWarned(
            "nobody can do: appraise (Handler), sign (Approver)"
        )
        self.assertEqual(finding.record, self.other_commune)
        self.assertIn("Commune B", finding.sentence)

    def test_people_who_come_by_then_count(self):
        leaders = self._memberships(self.approver | self.leader)
        leaders.write({"date_to": "2026-03-31"})
        self.assertWarned("nobody", none=True)
        self.draft.date_from = "2026-04-01"
        self.assertWarned("sign (Approver)")

    def test_step_done_by_a_certain_other_unit(self):
        self.steps["appraise"].write({"place": "fixed", "agency_id": self.bureau.id})
        self.assertWarned("nobody", none=True)
        self._memberships(self.justice).active = False
        finding = self.assertWarned("Department of Justice nobody can do for")
        self.assertEqual(finding.record, self.bureau)

    def test_warnings_do_not_forbid(self):
        self._memberships(self.approver | self.leader).active = False
        self.draft.action_publish()
        self.assertEqual(self.draft.state, "published")

    def test_queries_do_not_grow_with_agencies(self):
        self._count_queries()  # fills the caches
        few = self._count_queries()
        for number in range(6):
            agency = self._make_agency(f"Commune {number}", parent_id=self.province.id)
            self._make_offering(agency, self.draft.procedure_id)
        self.assertLessEqual(self._count_queries(), few + 2)

    # ------------------------------------------------------------------

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.draft._findings()
        return self.env.cr.sql_log_count - before

    def _memberships(self, users):
        return self.env["motcua.membership"].search([("user_id", "in", users.ids)])

    def _problems(self):
        return [f.sentence for f in self.draft._findings() if f.blocks]

    def assertProblem(self, words, draft=None):
        return self._assert_found(words, draft or self.draft, True)

    def assertWarned(self, words, draft=None, none=False):
        if none:
            for finding in self.draft._findings():
                self.assertNotIn(words, finding.sentence)
            return None
        return self._assert_found(words, draft or self.draft, False)

    def _assert_found(self, words, draft, blocks):
        found = [f for f in draft._findings() if words in f.sentence]
        self.assertEqual(
            [f.blocks for f in found], [blocks], [f.sentence for f in draft._findings()]
        )
        return found[0]
