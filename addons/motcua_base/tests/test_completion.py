from uuid import uuid4

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_forms import FormsCase

DATABASE = "CSDL quốc gia về dân cư"


@tagged("post_install", "-at_install")
class TestCompletion(FormsCase):
    """Before acceptance: one full notice with content, reason and guidance, which
    starts no clock, and the same filing goes on when it is complete (NĐ 309/2026,
    articles 2 and 8.1)."""

    def setUp(self):
        super().setUp()
        # Numbers outlive tests: each gets registers of its own.
        self.commune.identifier = f"{self.root_identifier}.{uuid4().int % 10**6}"

    def _filed(self):
        dossier = self._draft(
            channel="online", return_channel="post", form_values={"purpose": "Vay vốn"}
        )
        dossier.action_submit()
        return dossier

    def _notify(self, dossier, **values):
        wanted = dossier.component_ids[1]
        dossier.action_request_completion(
            wanted.ids, "Bản chụp bị mờ", "Chụp lại cả bốn góc", **values
        )
        return wanted

    def _proof(self):
        return self.version.component_ids.filtered(lambda one: one.name == "Proof")

    def _hold_in_database(self):
        """From now on the data of the proof stands in a database."""
        published = self.version
        draft = published._copy_to_draft()
        draft.date_from = "2026-03-02"
        draft.component_ids.filtered(
            lambda one: one.name == "Proof"
        ).database = DATABASE
        draft.action_publish()
        self.version = draft

    # -- the notice ------------------------------------------------------

    def test_a_notice_starts_no_clock_and_is_remembered(self):
        dossier = self._filed()
        wanted = self._notify(dossier)
        self.assertEqual(dossier.status, "1")
        self.assertFalse(dossier.date_received or dossier.date_due or dossier.code)
        self.assertFalse(dossier.pause_ids)
        # The filing was answered in time: nothing is left to be late with.
        self.assertFalse(dossier.date_intake_due)
        notice = dossier.sudo().guidance_ids
        self.assertEqual(notice.reason, "Bản chụp bị mờ")
        self.assertEqual(notice.note, "Chụp lại cả bốn góc")
        self.assertEqual(notice.component_ids, wanted.component_id)
        self.assertEqual(notice.user_id, self.receiver)
        self.assertEqual(dossier.sudo().outgoing_ids.code, "01/HDHS")
        event = dossier.sudo().event_ids[-1]
        self.assertEqual(event.kind, "request_completion")
        self.assertEqual(event.payload["number"], "01/HDHS")
        self.assertIn("02/03/2026", dossier.next_text)

    def test_the_form_says_content_reason_and_guidance(self):
        dossier = self._filed()
        self._notify(dossier)
        self._assert_prints(
            "supplement",
            dossier,
            "Mẫu số 02",
            "Số: 01/HDHS",
            "Proof",
            "Bản chụp bị mờ",
            "Chụp lại cả bốn góc",
            self.receiver.name,
        )

    def test_the_notice_of_a_filing_knows_its_person(self):
        dossier = self._filed()
        dossier.sudo().write(
            {"applicant_phone": "0912345678", "applicant_address": "Thôn 3, Khe Sanh"}
        )
        self._notify(dossier)
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.receiver)
            ._render_qweb_html(
                "motcua_base.report_guidance", dossier.sudo().guidance_ids.ids
            )
        )
        html = html.decode()
        for text in (dossier.applicant_name, "0912345678", "Thôn 3, Khe Sanh"):
            self.assertIn(text, html)

    def test_sentences_name_what_has_no_code_yet(self):
        dossier = self._filed()
        self._notify(dossier)
        with self._refusing(
            UserError,
            f"Dossier “{dossier.procedure_id.name}” of {dossier.applicant_name}: ",
        ):
            self._notify(dossier)

    def test_one_notice_only(self):
        dossier = self._filed()
        self._notify(dossier)
        with self._refusing(UserError, "allows no more"):
            self._notify(dossier)
        self.assertEqual(len(dossier.sudo().outgoing_ids), 1)
        dossier.sudo().ruleset_id.max_notices = 2
        self._notify(dossier)
        self.assertEqual(len(dossier.sudo().guidance_ids), 2)

    def test_the_same_filing_goes_on_when_complete(self):
        dossier = self._filed()
        wanted = self._notify(dossier)
        with freeze_time("2026-03-09 01:00:00"):
            wanted.copies = 1
            dossier.component_ids[0].originals = 1
            dossier.action_receive()
            self.assertEqual(dossier.status, "2")
            # Five working days from the day on which it was complete.
            self.assertEqual(str(dossier.date_due), "2026-03-16 10:00:00")
            # A supplement while it is handled is another matter.
            dossier.action_forward(assignee_id=self.handler.id)
            dossier.with_user(self.handler).action_request_supplement(
                [], "Thiếu chữ ký"
            )
            self.assertEqual(
                sorted(dossier.sudo().outgoing_ids.mapped("code")),
                ["01/HDHS", "02/HDHS"],
            )

    def test_not_after_acceptance_and_not_by_others(self):
        with self._refusing(UserError, "does not allow this"):
            self._notify(self._received())
        dossier = self._filed()
        with self.assertRaises(AccessError):
            self._notify(dossier.with_user(self.handler))

    def test_bad_input(self):
        dossier, other = self._filed(), self._filed()
        for ids, reason, guidance in (
            ([], "", "Chụp lại"),
            ([], "Bị mờ", "  "),
            (other.component_ids[:1].ids, "Bị mờ", "Chụp lại"),
        ):
            with self.assertRaises(UserError):
                dossier.action_request_completion(ids, reason, guidance)
        self.assertFalse(dossier.sudo().guidance_ids)

    def test_the_dialog(self):
        dossier = self._filed()
        wizard = self.env["motcua.dossier.verb"].with_user(self.receiver)
        action = wizard._open("request_completion", dossier)
        wizard = wizard.browse(action["res_id"])
        wizard.write({"text": "Bị mờ", "guidance": "Chụp lại"})
        printed = wizard.action_apply_and_print()
        self.assertEqual(printed["report_name"], "motcua_base.report_supplement")
        with self._refusing(UserError, "allows no more"):
            wizard._open("request_completion", dossier)

    # -- papers whose data stands in a database --------------------------

    def test_a_paper_held_in_a_database_needs_a_reason(self):
        self._hold_in_database()
        dossier = self._filed()
        with self._refusing(UserError, DATABASE):
            self._notify(dossier)
        self._notify(dossier, database_reason="Dữ liệu bị sai")
        paper = dossier.sudo().outgoing_ids
        self.assertEqual(paper.database_count, 1)
        self.assertEqual(paper.database_reason, "Dữ liệu bị sai")

    def test_so_does_a_request_for_supplement(self):
        self._hold_in_database()
        dossier = self._at_appraisal()
        papers = dossier.component_ids[1].ids
        with self._refusing(UserError, DATABASE):
            dossier.action_request_supplement(papers, "Bản sao bị mờ")
        self.assertEqual(dossier.status, "4")
        dossier.action_request_supplement(
            papers, "Bản sao bị mờ", database_reason="Mất kết nối"
        )
        self.assertEqual(dossier.sudo().outgoing_ids.database_count, 1)

    def test_other_papers_are_not_counted(self):
        self._hold_in_database()
        dossier = self._at_appraisal()
        dossier.action_request_supplement(dossier.component_ids[0].ids, "Thiếu chữ ký")
        self.assertEqual(dossier.sudo().outgoing_ids.database_count, 0)

    # -- at the counter --------------------------------------------------

    def _desk(self, method, *args):
        desk = self.env["motcua.desk"].with_user(self.receiver)
        return getattr(desk, method)(self.desk.id, *args)

    def _choice(self, **values):
        return {
            "procedure_id": self.procedure.id,
            "agency_id": self.commune.id,
            "channel": "counter",
            **values,
        }

    def _guide(self, **values):
        return self._desk(
            "guide",
            str(uuid4()),
            self._choice(
                **{
                    "person_name": "Nguyễn Thị Hoa",
                    "id_number": "045190001234",
                    "component_ids": self._proof().ids,
                    "note": "Mang bản chính",
                    **values,
                }
            ),
        )

    def test_guidance_is_numbered_and_printed(self):
        guided = self._guide()
        [printed] = guided["print"]
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.receiver)
            ._render_qweb_html(printed["report"], printed["ids"])
        )
        html = " ".join(html.decode().split())
        for text in (
            "Mẫu số 02",
            "Số: 01/HDHS",
            "Nguyễn Thị Hoa",
            "Certificate of something",
            "Proof",
            "Mang bản chính",
            self.receiver.name,
        ):
            self.assertIn(text, html)

    def test_later_intake_finds_it(self):
        person = {"id_number": "045190001234"}
        self.assertFalse(
            self._desk("describe", self._choice(person=person))["guidance"]
        )
        self._guide()
        found = self._desk("describe", self._choice(person=person))["guidance"]
        self.assertEqual(found["code"], "01/HDHS")
        self.assertEqual(found["papers"], ["Proof"])
        self.assertEqual(found["note"], "Mang bản chính")
        other = {"id_number": "045190009999"}
        self.assertFalse(self._desk("describe", self._choice(person=other))["guidance"])
        guidance = self.env["motcua.guidance"].sudo().browse(found["id"])
        self.assertNotIn("045190001234", str(guidance.read()))

    def test_intake_shows_what_stands_in_a_database(self):
        self._hold_in_database()
        papers = self._desk("describe", self._choice())["papers"]
        self.assertEqual(
            {paper["name"]: paper["database"] for paper in papers}["Proof"], DATABASE
        )
        with self._refusing(UserError, DATABASE):
            self._guide()
        guided = self._guide(database_reason="Mất kết nối")
        guidance = self.env["motcua.guidance"].sudo().browse(guided["id"])
        self.assertEqual(guidance.outgoing_ids.database_count, 1)
