from io import BytesIO
from uuid import uuid4

from freezegun import freeze_time
from PIL import Image

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_access import AccessCase
from .sample_files import PDF, SIGNED_PDF

CARD = "045190005555|012345678|Trần Văn Bình|02011985|Nam|Thôn 7|01012022"


@tagged("post_install", "-at_install")
class TestDesk(AccessCase):
    """The server side of the intake screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at_once = cls._make_at_once_procedure()
        cls._make_offering(cls.commune, cls.at_once)

    @classmethod
    def _make_at_once_procedure(cls):
        """Certified copies: the desk itself finishes, two pages cost 4,000 đ."""
        workflow = cls.env["motcua.workflow"].create({"name": "At once"})
        stage = {
            name: cls.env.ref(f"motcua_base.stage_{name}").id
            for name in ("received", "ready")
        }
        for sequence, values in enumerate(
            (
                {"name": "receive", "kind": "receive", "can_finish": True},
                {"name": "return", "kind": "return"},
            )
        ):
            cls.env["motcua.workflow.step"].create(
                {
                    "workflow_id": workflow.id,
                    "sequence": sequence,
                    "role": "receiving_officer",
                    "place": "desk",
                    "stage_id": stage["ready" if sequence else "received"],
                    **values,
                }
            )
        procedure = cls._make_procedure(name="Chứng thực bản sao từ bản chính")
        fee = {"name": "Fee", "amount": 2000, "unit": "page", "kind": "fee"}
        version = cls._make_version(
            procedure,
            workflow_id=workflow.id,
            field_ids=[],
            component_ids=[Command.create({"name": "Original", "originals": 1})],
            channel_ids=[
                Command.create(
                    {
                        "channel": "counter",
                        "term_unit": "same_day",
                        "fee_ids": [Command.create(fee)],
                    }
                )
            ],
        )
        version.action_publish()
        return procedure

    def test_counts_are_read_as_numbers_everywhere(self):
        for typed, pages in (("1.200", 1200), ("", 1), (3, 3)):
            choice = self._choice(self.at_once, pages=typed)
            self.assertEqual(self._call("describe", choice)["pages"], pages)
        for typed in ("2.5", "abc", [3]):
            self.assertRefused(
                ValidationError,
                self._call,
                "describe",
                self._choice(self.at_once, pages=typed),
            )

    def _desk_of(self, user):
        """The desk's server side, as ``user``."""
        return self._as(self.env["motcua.desk"], user)

    def _call(self, method, *args, user=None, desk=None):
        Desk = self._desk_of(user or self.receiver)
        return getattr(Desk, method)((desk or self.desk).id, *args)

    def _choice(self, procedure=None, **values):
        procedure = procedure or self.procedure
        return {
            "procedure_id": procedure.id,
            "agency_id": self.commune.id,
            "channel": "counter",
            **values,
        }

    def _item(self, procedure=None, **values):
        info = self._call("describe", self._choice(procedure))
        return {**self._choice(procedure), "papers": info["papers"], **values}

    def _intake(self, *items, **values):
        return {
            "applicant": {"name": "Hoa", "id_number": "045190001234", "type": "1"},
            "items": list(items) or [self._item()],
            **values,
        }

    def _dossiers(self, outcome):
        ids = [dossier["id"] for dossier in outcome["dossiers"]]
        return self.env["motcua.dossier"].browse(ids)

    # -- who ------------------------------------------------------------

    def test_only_officers_of_the_desk(self):
        calls = {
            "find_procedures": ("x",),
            "find_agencies": (self.procedure.id, "x"),
            "set_favourite": (self.procedure.id, True),
            "recognise": ("045190001234",),
            "describe": (self._choice(),),
            "check_form": (self._choice(), {}, False),
            "confirm": (str(uuid4()), self._intake()),
            "refuse": (str(uuid4()), self._intake(), "x"),
            "guide": (str(uuid4()), self._choice(note="x")),
            "discard_scan": (1,),
        }
        strangers = {
            "inspector": self.inspector,
            "stranger": self.stranger,
            "far": self.far_leader,
            "procedure_admin": self.procedure_admin,
            "plain": self.plain,
            "citizen": self.citizen_user,
            "public": self.public,
        }
        for method, args in calls.items():
            for name, user in strangers.items():
                with self.subTest(method=method, user=name):
                    self.assertRefused(
                        AccessError, self._call, method, *args, user=user
                    )

    def test_no_desk_no_screen(self):
        for user in (self.inspector, self.plain, self.citizen_user):
            with self.subTest(user=user.login):
                self.assertRefused(AccessError, self._desk_of(user).load)

    def test_desks_of_an_officer(self):
        answer = self._desk_of(self.receiver).load()
        self.assertEqual(answer["desk"]["id"], self.desk.id)
        self.assertEqual(answer["desk"]["channel"], "counter")
        answer = self._desk_of(self.post).load()
        self.assertEqual(answer["desk"]["channel"], "post")
        answer = self._desk_of(self.leader).load(self.post_desk.id)
        self.assertEqual(answer["desk"]["id"], self.post_desk.id)
        # A desk that is not one's own is not taken from the browser's memory.
        answer = self._desk_of(self.receiver).load(self.far_desk.id)
        self.assertEqual(answer["desk"]["id"], self.desk.id)

    # -- procedures -----------------------------------------------------

    def test_procedures_are_found_as_typed(self):
        for typed in ("chung thuc", "BẢN CHÍNH chứng", self.at_once.code):
            with self.subTest(typed=typed):
                rows = self._call("find_procedures", typed)
                self.assertEqual(
                    [row["procedure_id"] for row in rows], [self.at_once.id]
                )
        self.assertFalse(self._call("find_procedures", "khai sinh quá hạn"))

    def test_only_procedures_offered_here(self):
        unoffered = self._make_procedure(name="Unheard of")
        self._make_version(unoffered).action_publish()
        self._make_offering(self.other_commune, unoffered)
        self.assertFalse(self._call("find_procedures", "unheard"))
        self.assertRefused(UserError, self._call, "describe", self._choice(unoffered))
        # Received here for another public body, which says so.
        offering = self._make_offering(self.bureau, unoffered, desk_id=self.desk.id)
        rows = self._call("find_procedures", "unheard")
        self.assertEqual(rows[0]["agency_id"], offering.agency_id.id)
        self.assertEqual(rows[0]["agency"], self.bureau.name)

    def test_favourites_come_first(self):
        shortcuts = self._call("set_favourite", self.at_once.id, True)
        self.assertEqual(shortcuts[0]["procedure_id"], self.at_once.id)
        self.assertTrue(shortcuts[0]["favourite"])
        self._received()
        shortcuts = self._call("set_favourite", self.at_once.id, False)
        self.assertEqual(shortcuts[0]["procedure_id"], self.procedure.id)

    # -- people ---------------------------------------------------------

    def test_card_of_somebody_new(self):
        answer = self._call("recognise", CARD)
        self.assertEqual(answer["kind"], "person")
        person = answer["person"]
        self.assertEqual(person["name"], "Trần Văn Bình")
        self.assertEqual(person["birthdate"], "1985-01-02")
        self.assertEqual(person["sex"], "male")
        self.assertNotIn("handle", person)

    def test_odd_separators(self):
        for separator in "¦~#:;\\":
            with self.subTest(separator=separator):
                answer = self._call("recognise", CARD.replace("|", separator))
                self.assertEqual(answer["person"]["name"], "Trần Văn Bình")

    def test_card_brings_a_known_person_up_to_date(self):
        self._received()  # the commune knows Hoa
        card = "045190001234||Nguyễn Thị Hoà|03041990|Nữ|Thôn 2|01012022"
        person = self._call("recognise", card)["person"]
        self.assertTrue(person["known"])
        name = self.citizen.name
        self.assertEqual(
            person["changed"],
            [
                {"name": "name", "stored": name, "card": "Nguyễn Thị Hoà"},
                {"name": "address", "stored": "Thôn 1", "card": "Thôn 2"},
            ],
        )
        # Until the officer chooses, what is known stays.
        self.assertEqual((person["name"], person["address"]), (name, "Thôn 1"))
        self.assertEqual(person["phone"], "0912345678")
        person.update(address="Thôn 2", replace=["address"])
        intake = self._intake(self._item(self.at_once), applicant=person)
        self._call("confirm", str(uuid4()), intake)
        self.assertEqual(self.citizen.motcua_address, "Thôn 2")
        self.assertEqual(self.citizen.name, name)
        self.assertEqual(str(self.citizen.motcua_birthdate), "1990-04-03")
        trace = self.citizen.message_ids[:1].body
        self.assertIn("Thôn 1 → Thôn 2", trace)

    def test_a_card_replaces_nothing_unasked(self):
        self.citizen.name = "Nguyễn Thị Hoà Bình"
        self._received()
        card = "045190001234||Hoa|03041990|Nữ|Thôn 2|01012022"
        person = self._call("recognise", card)["person"]
        for sent in (
            person,
            {**person, "name": "Hoa"},  # typed, chosen by nobody
            {**person, "name": "Kẻ Gian", "replace": ["name"]},  # not on the card
        ):
            item = self._item(self.at_once, duplicate_reason="Again")
            intake = self._intake(item, applicant=sent)
            self._call("confirm", str(uuid4()), intake)
            self.assertEqual(self.citizen.name, "Nguyễn Thị Hoà Bình")

    def test_a_card_adds_the_marks_by_itself(self):
        self.citizen.name = "NGUYEN THI HOA"
        self._received()
        card = "045190001234||Nguyễn Thị Hoà|03041990|Nữ|Thôn 1|01012022"
        person = self._call("recognise", card)["person"]
        self.assertFalse(person["changed"])
        intake = self._intake(self._item(self.at_once), applicant=person)
        self._call("confirm", str(uuid4()), intake)
        self.assertEqual(self.citizen.name, "Nguyễn Thị Hoà")

    def test_typed_text_is_no_card(self):
        typed = "045190001234 Thử Lỗi Một ở thôn 2 xã Khe Sanh"
        self.assertEqual(self._call("recognise", typed)["kind"], "unknown")

    def test_only_the_year_of_birth_is_known(self):
        card = CARD.replace("02011985", "1955")
        person = self._call("recognise", card)["person"]
        self.assertEqual(person["birthdate"], "1955")
        outcome = self._call("confirm", str(uuid4()), self._intake(applicant=person))
        partner = self._dossiers(outcome).applicant_id
        self.assertEqual(partner.motcua_birth_year, "1955")
        self.assertFalse(partner.motcua_birthdate)
        person = self._call("recognise", card)["person"]
        self.assertEqual(person["birthdate"], "1955")

    def test_applicants_with_a_passport(self):
        person = self._call("recognise", "c 1234567")["person"]
        self.assertEqual(person["id_number"], "C1234567")
        intake = self._intake(applicant={**person, "name": "Jane Doe"})
        dossier = self._dossiers(self._call("confirm", str(uuid4()), intake))
        self.assertEqual(dossier.applicant_id_number, "C1234567")

    def test_an_unknown_province_is_a_doubt(self):
        person = self._call("recognise", "021096012345")["person"]
        self.assertIn("021096012345", person["doubt"])
        self.assertFalse(self._call("recognise", "045190009999")["person"]["doubt"])
        intake = self._intake(applicant={**person, "name": "Hoa"})
        self.assertTrue(self._call("confirm", str(uuid4()), intake)["dossiers"])

    def test_scanners_that_cannot_be_read_are_told_what_to_do(self):
        keys = dict(enumerate("đăâêô\u0300\u0309\u0303\u0301\u0323"))
        typed = "".join(keys[int(char)] if char.isdigit() else char for char in CARD)
        scanned = self.env["motcua.dossier"].find_scanned(typed)["message"]
        for message in (
            self._call("recognise", typed)["message"],
            self._call("find_result", typed)["message"],
            scanned,
        ):
            self.assertIn("Switch the keyboard", message)
        with self.assertRaisesRegex(UserError, "Switch the keyboard"):
            self.env["motcua.dossier"].name_search(typed)
        garbled = CARD.replace("Trần", "Tr?n")
        for method in ("recognise", "find_result"):
            message = self._call(method, garbled)["message"]
            self.assertIn("Letters of this card were lost", message)

    def test_old_number_on_a_card_is_the_same_person(self):
        old = self.env["res.partner"].create(
            {"name": "Bình", "motcua_type": "1", "motcua_id_number": "012345678"}
        )
        person = self._call("recognise", CARD)["person"]
        self.assertTrue(person["known"])
        intake = self._intake(self._item(self.at_once), applicant=person)
        self._call("confirm", str(uuid4()), intake)
        self.assertEqual(old.motcua_id_number, "045190005555")

    def test_what_is_only_typed_overwrites_no_name(self):
        name = self.citizen.name
        person = {"id_number": "045190001234", "name": "Kẻ Gian", "address": "X"}
        intake = self._intake(self._item(self.at_once), applicant=person)
        self._call("confirm", str(uuid4()), intake)
        self.assertEqual(self.citizen.name, name)
        self.assertEqual(self.citizen.motcua_address, "Thôn 1")

    def test_strangers_stay_masked(self):
        person = self._call("recognise", "045190005678")["person"]
        self.assertTrue(person["known"])
        self.assertEqual(person["id_number"], "045190005678")
        for name in ("name", "phone", "email", "address", "birthdate"):
            self.assertFalse(person[name], name)
        self.assertNotIn("Xa", str(person["hints"]))
        self.assertNotIn("0987654321", str(person["hints"]))
        # By phone: neither name nor ID number.
        person = self._call("recognise", "0987 654 321")["person"]
        self.assertEqual(person["phone"], "0987654321")
        self.assertFalse(person["id_number"] or person["name"])

    def test_who_was_here_before_is_shown(self):
        self._received()
        person = self._call("recognise", "0912.345.678")["person"]
        self.assertEqual(person["name"], self.citizen.name)
        self.assertEqual(person["id_number"], "045190001234")
        self.assertFalse(person["hints"])

    def test_a_masked_person_is_received_in_full(self):
        person = self._call("recognise", "0987654321")["person"]
        outcome = self._call("confirm", str(uuid4()), self._intake(applicant=person))
        dossier = self._dossiers(outcome)
        self.assertEqual(dossier.applicant_id, self.far_citizen)
        self.assertEqual(dossier.applicant_name, "Lê Thị Xa")
        self.assertEqual(dossier.applicant_id_number, "045190005678")

    def test_handles_cannot_be_made_up(self):
        person = self._call("recognise", "0912345678")["person"]
        for handle in ("1", person["handle"][:-2] + "AA", "é"):
            with self.subTest(handle=handle):
                intake = self._intake(applicant={**person, "handle": handle})
                self.assertRefused(
                    UserError, self._call, "confirm", str(uuid4()), intake
                )

    def test_lookups_are_noted(self):
        Log = self.env["motcua.access.log"]
        before = Log.search_count([("action", "=", "lookup")])
        self._call("recognise", "045190001234")
        self._call("recognise", "045190009999")
        notes = Log.search([("action", "=", "lookup")], limit=2)
        self.assertEqual(Log.search_count([("action", "=", "lookup")]), before + 2)
        self.assertEqual(notes.user_id, self.receiver)
        self.assertIn(f"#{self.citizen.id}", notes[1].detail)
        self.assertNotIn("045190001234", notes[1].detail)

    def test_several_people_with_one_phone(self):
        self.env["res.partner"].create(
            {"name": "Con", "motcua_type": "1", "phone": "0912345678"}
        )
        answer = self._call("recognise", "0912345678")
        self.assertEqual(answer["kind"], "people")
        self.assertEqual(len(answer["people"]), 2)

    def test_organisations(self):
        answer = self._call("recognise", "0100109106")
        self.assertEqual(answer["person"]["type"], "2")
        self.assertEqual(answer["person"]["id_number"], "0100109106")
        # Could be a phone in 030 and a tax code of Ho Chi Minh City alike.
        person = self._call("recognise", "0300588569")["person"]
        self.assertEqual(person["phone"], "0300588569")
        company = {
            "type": "2",
            "id_number": "0100109106",
            "name": "Công ty X",
        }
        submitter = {"name": "Trần Văn Bình", "id_number": "045190005555"}
        intake = self._intake(applicant=company, submitter=submitter)
        dossier = self._dossiers(self._call("confirm", str(uuid4()), intake))
        self.assertEqual(dossier.applicant_type, "2")
        self.assertTrue(dossier.applicant_id.is_company)
        self.assertEqual(dossier.submitter_name, "Trần Văn Bình")
        self.assertEqual(dossier.submitter_id.motcua_id_number, "045190005555")

    def test_foreign_and_broken_codes(self):
        for typed in (
            "https://shop.example/p/123",
            "8934567890123",
            "WIFI:S:office;T:WPA;P:12345678;;",
            "045190001234 Nguyen 01012022",
            "H99.1-260302-0001",
            "1.999999",
            "nothing of that name",
        ):
            with self.subTest(typed=typed):
                answer = self._call("recognise", typed)
                self.assertEqual(answer["kind"], "unknown")
                self.assertGreater(len(answer["message"]), 20)

    def test_receipts_open_their_dossier(self):
        self._serve_lookup_page()
        dossier = self._received()
        for typed in (dossier.code, dossier.sudo()._lookup_url()):
            answer = self._call("recognise", typed)
            self.assertEqual((answer["kind"], answer["id"]), ("dossier", dossier.id))
        far = self._far_received()
        self.assertEqual(self._call("recognise", far.code)["kind"], "unknown")

    # -- what is wanted -------------------------------------------------

    def test_what_is_shown_is_what_is_received(self):
        choice = self._choice(self.at_once, pages=2, copies=3)
        info = self._call("describe", choice)
        self.assertEqual(info["fees"], [{"name": "Fee", "amount": 12000, "reason": ""}])
        self.assertTrue(info["at_once"])
        item = {**choice, "papers": info["papers"]}
        dossier = self._dossiers(
            self._call("confirm", str(uuid4()), self._intake(item))
        )
        self.assertEqual(str(dossier.date_due), info["due"])
        self.assertEqual(dossier.term_text, info["term"])
        self.assertEqual(dossier.fee_total, 12000)
        self.assertEqual(dossier.component_ids.originals, 1)

    def test_only_who_may_sign_finishes_at_once(self):
        info = self._call(
            "describe", self._choice(self.at_once), user=self.post, desk=self.post_desk
        )
        self.assertFalse(info["at_once"])

    def test_form_is_checked_by_the_server(self):
        answer = self._call("check_form", self._choice(), {"born": "32/1/2020"}, False)
        self.assertEqual(answer["visible"], ["born", "purpose"])
        self.assertEqual(answer["required"], ["purpose"])
        self.assertEqual(set(answer["problems"]), {"born", "purpose"})
        on_paper = self._call("check_form", self._choice(), {}, True)
        self.assertFalse(on_paper["required"] or on_paper["problems"])

    # -- receiving ------------------------------------------------------

    def test_answers_and_papers_are_kept(self):
        item = self._item(form_values={"purpose": "  Study ", "born": "1/2/2000"})
        item["papers"][1].update(copies=3, note="signed")
        dossier = self._dossiers(
            self._call("confirm", str(uuid4()), self._intake(item))
        )
        self.assertEqual(dossier.status, "2")
        self.assertEqual(dossier._answers()["purpose"], "Study")
        self.assertEqual(str(dossier._answers()["born"]), "2000-02-01")
        self.assertEqual(dossier.component_ids[1].copies, 3)
        self.assertEqual(dossier.component_ids[1].note, "signed")
        self.assertEqual(dossier.create_uid, self.receiver)

    def test_missing_papers_are_refused(self):
        item = self._item()
        item["papers"][0]["originals"] = 0
        before = self.env["motcua.dossier"].search_count([])
        self.assertRefused(
            ValidationError, self._call, "confirm", str(uuid4()), self._intake(item)
        )
        self.assertEqual(self.env["motcua.dossier"].search_count([]), before)

    def test_the_same_intake_twice_is_received_once(self):
        token, intake = str(uuid4()), self._intake()
        first = self._call("confirm", token, intake)
        again = self._call("confirm", token, intake)
        self.assertEqual(first, again)
        # Nobody gets at it with a token that is not theirs.
        self.assertRefused(
            UserError, self._call, "confirm", token, intake, user=self.leader
        )
        self.assertRefused(UserError, self._call, "confirm", "%", intake)

    def test_duplicates_need_a_reason(self):
        self._call("confirm", str(uuid4()), self._intake())
        choice = self._choice(person={"id_number": "045 190 001234"})
        found = self._call("describe", choice)["duplicates"]
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0]["code"])
        numbers = self.env["motcua.number"].search_count([])
        refused = self.assertRefused(
            UserError, self._call, "confirm", str(uuid4()), self._intake()
        )
        self.assertIn("open dossier", refused)
        self.assertEqual(self.env["motcua.number"].search_count([]), numbers)
        item = self._item(duplicate_reason="For the twin")
        outcome = self._call("confirm", str(uuid4()), self._intake(item))
        dossier = self._dossiers(outcome)
        self.assertIn("For the twin", dossier.message_ids[:1].body)

    def test_group_on_one_receipt(self):
        items = [self._item(), self._item(self.at_once)]
        outcome = self._call("confirm", str(uuid4()), self._intake(*items))
        self.assertEqual(len({d["code"] for d in outcome["dossiers"]}), 2)
        self.assertEqual(
            outcome["print"],
            [
                {
                    "report": "motcua_base.report_group_receipt",
                    "ids": [dossier["id"] for dossier in outcome["dossiers"]],
                }
            ],
        )
        html = self._print(outcome["print"][0])
        for dossier in outcome["dossiers"]:
            self.assertIn(dossier["code"], html)
        self.assertIn("Tiếp nhận <b>02</b> hồ sơ", html)

    def _print(self, wanted):
        Report = self._desk_of(self.receiver).env["ir.actions.report"]
        html, _kind = Report._render_qweb_html(wanted["report"], wanted["ids"])
        return html.decode()

    def test_one_wrong_dossier_stops_the_group(self):
        broken = self._item()
        broken["papers"][0]["originals"] = 0
        items = [self._item(self.at_once), broken]
        self.assertRefused(
            ValidationError, self._call, "confirm", str(uuid4()), self._intake(*items)
        )

    def test_handed_over_at_once(self):
        item = self._item(self.at_once, result_number="15/CT")
        intake = self._intake(item, paid="cash")
        outcome = self._call("confirm", str(uuid4()), intake)
        dossier = self._dossiers(outcome)
        self.assertEqual(dossier.status, "10")
        self.assertEqual(dossier.result_number, "15/CT")
        self.assertTrue(all(dossier.fee_ids.mapped("paid_on")))
        self.assertEqual(
            [wanted["report"] for wanted in outcome["print"]],
            ["motcua_base.report_handover", "motcua_base.report_fee_receipt"],
        )

    def test_nobody_else_hands_over_at_once(self):
        item = self._item(result_number="15/CT")
        self.assertRefused(
            UserError, self._call, "confirm", str(uuid4()), self._intake(item)
        )

    def test_refusal_with_form_03(self):
        token = str(uuid4())
        outcome = self._call("refuse", token, self._intake(), "Not competent")
        dossier = self._dossiers(outcome)
        self.assertEqual(dossier.status, "3")
        self.assertFalse(dossier.code)
        self.assertTrue(outcome["refused"])
        self.assertIn("Not competent", self._print(outcome["print"][0]))
        self.assertEqual(
            self._call("refuse", token, self._intake(), "Not competent"), outcome
        )
        self.assertRefused(
            UserError, self._call, "refuse", str(uuid4()), self._intake(), " "
        )

    def test_guidance_is_recorded(self):
        token = str(uuid4())
        missing = self.version.component_ids[:1]
        values = self._choice(
            person_name="Hoa", note="Bring it", component_ids=missing.ids
        )
        guided = self._call("guide", token, values)
        self.assertEqual(self._call("guide", token, values), guided)
        guidance = self.env["motcua.guidance"].browse(guided["id"])
        self.assertEqual(
            guided["print"],
            [{"report": "motcua_base.report_guidance", "ids": guidance.ids}],
        )
        self.assertEqual(guidance.component_ids, missing)
        self.assertEqual(guidance.user_id, self.receiver)
        self.assertRefused(UserError, self._call, "guide", str(uuid4()), self._choice())
        self.assertRefused(
            AccessError, self._as(guidance, self.receiver).write, {"note": "x"}
        )
        self.assertRefused(AccessError, self._as(guidance, self.far_leader).read)

    def test_nothing_is_received_as_something_else(self):
        """What the desk does not know is refused by name, never left out or guessed."""
        foreign = self._make_version(
            self._make_procedure(),
            case_ids=[Command.create({"name": "Theirs"})],
            component_ids=[Command.create({"name": "Theirs", "originals": 1})],
            exemption_ids=[Command.create({"name": "Theirs"})],
        )
        applicant = self._intake()["applicant"]
        before = self.env["motcua.dossier"].search_count([])
        for intake, words in (
            (self._intake(self._item(case_id=foreign.case_ids.id)), "such case"),
            (self._intake(self._item(case_id="1")), "› case_id” has to be the id"),
            (
                self._intake(self._item(exemption_id=foreign.exemption_ids.id)),
                "such exemption",
            ),
            (self._intake(self._item(channel="pigeon")), "› channel” has to be one"),
            *(
                (self._intake(applicant={**applicant, name: value}), words)
                for name, value, words in (
                    ("id_number", 45190001234, "› id_number” has to be a text"),
                    ("name", "x" * 100_000, "› name” is longer than 1000 characters"),
                    ("name", "a\0b", "› name” holds signs"),
                )
            ),
            (
                self._intake(applicant={"name": "\u200b\u2060", "type": "1"}),
                "who applies",
            ),
        ):
            with self.subTest(words=words):
                message = self.assertRefused(
                    UserError, self._call, "confirm", str(uuid4()), intake
                )
                self.assertIn(words, message)
        values = self._choice(note="x", component_ids=foreign.component_ids.ids)
        self.assertIn(
            "papers asked for",
            self.assertRefused(UserError, self._call, "guide", str(uuid4()), values),
        )
        self.assertEqual(self.env["motcua.dossier"].search_count([]), before)

    # -- scans ----------------------------------------------------------

    def _picture(self, kind="JPEG", color="white"):
        buffer = BytesIO()
        Image.new("RGB", (300, 400), color).save(buffer, kind)
        return buffer.getvalue()

    def _scan(self, *files, before=None, user=None):
        Desk = self._desk_of(user or self.receiver)
        component = self.version.component_ids[0].with_env(Desk.env)
        desk = Desk._require_desk(self.desk.id)
        return Desk._keep_scan(desk, component, list(files), before)

    def test_several_pages_are_one_file(self):
        """And every page is kept as it came, however often more are put on top."""
        first, second = self._picture(), self._picture("PNG")
        answer = self._scan(("a.jpg", first), ("b.png", second))
        [scan] = answer["files"]
        self.assertEqual((scan["name"], scan["pages"]), ("a.pdf", 2))
        self.assertEqual((scan["originals"], answer["replaced"]), (2, False))
        self.assertTrue(scan["preview"].startswith("data:image/"))
        before = self._desk_of(self.receiver)._own_scan(scan["id"])
        third = self._picture(color="gray")
        answer = self._scan(("c.jpg", third), before=before)
        [more] = answer["files"]
        self.assertEqual((more["pages"], answer["replaced"]), (3, before.id))
        self.assertFalse(before.exists())
        originals = self._originals(more)
        self.assertEqual(originals.mapped("name"), ["a.jpg", "b.png", "c.jpg"])
        self.assertEqual(originals.mapped("raw"), [first, second, third])
        self._call("discard_scan", more["id"])
        self.assertFalse((originals | before.browse(more["id"])).exists())

    def _originals(self, scan):
        file = self.env["ir.attachment"].browse(scan["id"])
        return file.motcua_original_ids.sorted("id")

    def test_a_pdf_that_pages_are_put_on_is_kept(self):
        [scan] = self._scan(("a.pdf", PDF))["files"]
        self.assertEqual(scan["originals"], 0)
        before = self._desk_of(self.receiver)._own_scan(scan["id"])
        answer = self._scan(("b.jpg", self._picture()), before=before)
        originals = self._originals(answer["files"][0])
        self.assertEqual(originals.mapped("name"), ["a.pdf", "b.jpg"])
        self.assertEqual(originals[0].raw, PDF)

    def test_what_is_signed_stays_whole(self):
        """Beside the rest, whichever of them comes first."""
        answer = self._scan(("a.jpg", self._picture()), ("s.pdf", SIGNED_PDF))
        [joined, signed] = answer["files"]
        self.assertEqual(self._originals(joined).mapped("name"), ["a.jpg"])
        file = self.env["ir.attachment"].browse(signed["id"])
        self.assertEqual((file.name, file.raw), ("s.pdf", SIGNED_PDF))
        before = self._desk_of(self.receiver)._own_scan(file.id)
        answer = self._scan(("b.jpg", self._picture()), before=before)
        self.assertEqual((len(answer["files"]), answer["replaced"]), (1, False))
        self.assertEqual(file.raw, SIGNED_PDF)

    def test_the_file_that_is_damaged_is_named(self):
        with self._refusing(UserError, "“b.jpg” is damaged"):
            self._scan(("a.jpg", self._picture()), ("b.jpg", self._picture()[:-9]))
        broken = PDF.replace(b"/Pages", b"/Xxxxx").replace(b"/Kids", b"/Kidz")
        with self._refusing(UserError, "“b.pdf” is damaged"):
            self._scan(("a.jpg", self._picture()), ("b.pdf", broken))

    def test_scans_belong_to_who_made_them(self):
        [scan] = self._scan(("a.jpg", self._picture()))["files"]
        self.assertRefused(
            UserError, self._call, "discard_scan", scan["id"], user=self.leader
        )
        attachment = self.env["ir.attachment"].browse(scan["id"])
        self.assertRefused(AccessError, self._as(attachment, self.leader).read)
        item = self._item()
        item["papers"][0]["files"] = [scan]
        self.assertRefused(
            AccessError,
            self._call,
            "confirm",
            str(uuid4()),
            self._intake(item),
            user=self.leader,
        )
        outcome = self._call("confirm", str(uuid4()), self._intake(item))
        paper = self._dossiers(outcome).component_ids[0]
        self.assertEqual(paper.attachment_ids, attachment)
        self.assertTrue(paper.digitised)
        self.assertEqual(attachment.res_id, paper.id)
        original = self._originals(scan)
        self.assertEqual((original.res_model, original.res_id), (paper._name, paper.id))
        self.assertEqual(self._as(paper, self.receiver).original_ids, original)
        self.assertRefused(UserError, self._call, "discard_scan", scan["id"])

    def test_files_that_are_not_taken(self):
        for name, content in (
            ("a.exe", b"MZ"),
            ("a.pdf", b"no pdf"),
            ("a.jpg", b""),
            ("a.jpg", b"\xff\xd8\xff broken"),
        ):
            with self.subTest(name=name):
                self.assertRefused(UserError, self._scan, (name, content))

    def test_forgotten_scans_are_thrown_away(self):
        [row] = self._scan(("a.jpg", self._picture()))["files"]
        scan = self.env["ir.attachment"].browse(row["id"])
        self.env["motcua.desk"]._gc_scans()
        self.assertTrue(scan.exists())
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = '2026-02-01' WHERE id = %s",
            [scan.id],
        )
        with freeze_time("2026-03-02 01:00:00"):
            self.env["motcua.desk"]._gc_scans()
        self.assertFalse(scan.exists())
