import random
from datetime import datetime
from uuid import uuid4

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..tools.naming import is_ours
from .access_matrix import VERBS, rows
from .common_access import AccessCase
from .fuzz import RUBBISH, Fuzz
from .sample_files import PDF
from .test_access_rpc import PUBLIC
from .verb_cases import VerbCases

SEED = 20261128
# Wrong values that each field is given; the seed says which.
PER_FIELD = 5
# What nothing comes to or goes from when something is refused.
KEPT = (
    "motcua.dossier",
    "motcua.dossier.event",
    "motcua.dossier.task",
    "motcua.number",
    "motcua.document",
    "motcua.fee.receipt",
    "ir.attachment",
    "res.partner",
)


@tagged("post_install", "-at_install")
class TestFuzz(Fuzz, VerbCases):
    def test_every_public_method_declares_what_it_takes(self):
        for model, names in PUBLIC.items():
            for name in names:
                method = getattr(self.env.registry[model], name)
                self.assertTrue(hasattr(method, "_takes"), f"{model}.{name}")

    def test_verbs(self):
        for row in rows(VERBS):
            actors = {next(role for role in row if row[role] == "x"), "sadm"}
            savepoint = self.env.cr.savepoint()
            dossier, arguments = getattr(self, f"case_{row['verb']}")()
            for role in sorted(actors):
                records = self._as(dossier, self.roles[role])
                self.fuzz(records, f"action_{row['verb']}", arguments)
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)
        self.assertUnbroken()

    def test_desk(self):
        choice = {
            "procedure_id": self.procedure.id,
            "agency_id": self.commune.id,
            "channel": "counter",
        }
        desk = self.env["motcua.desk"].with_user(self.receiver)
        papers = desk.describe(self.desk.id, choice)["papers"]
        intake = {
            "applicant": {"name": "Hoa", "id_number": "045190001234", "type": "1"},
            "items": [{**choice, "papers": papers}],
        }
        person = {"id_number": "045190001234", "handle": False}
        calls = {
            "load": {},
            "load_returns": {},
            "find_procedures": {"typed": "x"},
            "find_agencies": {"procedure_id": self.procedure.id, "typed": "x"},
            "set_favourite": {"procedure_id": self.procedure.id, "favourite": True},
            "recognise": {"typed": "045190001234"},
            "describe": {"choice": {**choice, "person": person}},
            "check_form": {"choice": choice, "values": {}, "on_paper": False},
            "confirm": {"token": str(uuid4()), "intake": intake},
            "refuse": {"token": str(uuid4()), "intake": intake, "reason": "x"},
            "guide": {"token": str(uuid4()), "values": {**choice, "note": "x"}},
            "discard_scan": {"attachment_id": 1},
            "find_result": {"typed": "x"},
            "hand_over": {"dossier_id": self._received().id, "values": {}},
        }
        self.assertEqual(calls.keys(), PUBLIC["motcua.desk"])
        for user in (self.receiver, self.system_admin):
            for name, arguments in calls.items():
                records = self._as(self.env["motcua.desk"], user)
                self.fuzz(records, name, {"desk_id": self.desk.id, **arguments})
        # What is deeper inside.
        records = self._as(self.env["motcua.desk"], self.receiver)
        for wrong in RUBBISH:
            for key in ("applicant", "submitter", "return_channel", "paid", "items"):
                self._confirm(records, {**intake, key: wrong})
            for key in (
                *choice,
                "case_id",
                "exemption_id",
                "pages",
                "copies",
                "papers",
            ):
                item = {**intake["items"][0], key: wrong}
                self._confirm(records, {**intake, "items": [item]})
            for key in ("form_values", "duplicate_reason", "result_number"):
                item = {**intake["items"][0], key: wrong}
                self._confirm(records, {**intake, "items": [item]})
            for key in ("type", "name", "id_number", "phone", "email", "handle", "sex"):
                person = {**intake["applicant"], key: wrong}
                self._confirm(records, {**intake, "applicant": person})
            for key in ("originals", "note", "files", "component_id"):
                item = {**intake["items"][0], "papers": [{**papers[0], key: wrong}]}
                self._confirm(records, {**intake, "items": [item]})
        self.assertUnbroken()

    def _confirm(self, records, intake):
        arguments = {"desk_id": self.desk.id, "token": str(uuid4()), "intake": intake}
        self.call(records, "confirm", arguments)

    def test_all_other_methods(self):
        """Each method on a record of its model, where there is one."""
        known = {f"action_{row['verb']}" for row in rows(VERBS)}
        dossier = self._at_appraisal()
        self.env["motcua.dossier.verb"].with_user(self.handler).create(
            {"verb": "forward", "dossier_ids": [Command.set(dossier.ids)]}
        )
        for model, names in PUBLIC.items():
            for name in sorted(names - known):
                # What needs a page that asks, or works for a minute.
                if model in ("motcua.desk", "ir.http") or name.endswith("_all_logs"):
                    continue
                method = getattr(self.env.registry[model], name)
                record = self.env[model]
                if not record._abstract:
                    record = record.sudo().search([], limit=1, order="id desc")
                for user in (self.leader, self.system_admin, self.procedure_admin):
                    records = self._as(record.sudo(False), user)
                    self.fuzz(records, name, dict.fromkeys(method._takes, False))
        self.assertUnbroken()

    def test_values_of_fields(self):
        """``create`` and ``write`` of all our models, each field wrong in turn."""
        chance = random.Random(SEED)
        self._at_appraisal()
        for model in sorted(self.env.registry):
            records = self.env[model]
            if not is_ours(model) or records._abstract:
                continue
            record = records.sudo().search([], limit=1, order="id desc").sudo(False)
            for user in (self.leader, self.system_admin):
                records = self._as(record, user)
                for name, field in records._fields.items():
                    if not field.store and not field.inverse:
                        continue
                    for wrong in chance.sample(RUBBISH, PER_FIELD):
                        self.call(records, "write", {"vals": {name: wrong}})
                    wrong = chance.choice(RUBBISH)
                    self.call(records, "create", {"vals_list": [{name: wrong}]})
            for wrong in RUBBISH:
                self.call(records, "write", {"vals": wrong})
                self.call(records, "create", {"vals_list": wrong})
        self.assertUnbroken()

    def test_what_records_hold_is_of_its_kind(self):
        """What was stored can be written again: copies are made of it."""
        self._at_appraisal()
        for model in sorted(self.env.registry):
            records = self.env[model].sudo()
            if not is_ours(model) or records._abstract:
                continue
            for record in records.search([], limit=5, order="id desc"):
                with self.subTest(record=record):
                    records._read_fields(record.copy_data()[0])


@tagged("post_install", "-at_install")
class TestDoors(AccessCase, HttpCase):
    """The same over the wire, where an answer has to be written down as well, and what
    was refused is taken back by Odoo."""

    def setUp(self):
        super().setUp()
        self.dossier = self._at_appraisal()
        self.before = self._counts()

    def tearDown(self):
        self.env.invalidate_all(flush=False)
        self.assertEqual(self._counts(), self.before)
        super().tearDown()

    def _counts(self):
        return {
            name: self.env[name].with_context(active_test=False).search_count([])
            for name in KEPT
        }

    def _json2(self, user, model, method, **arguments):
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        # The database knows the real time, not the frozen one.
        key = keys._generate("rpc", "test", datetime(2100, 1, 1))
        with mute_logger("odoo.http"):
            return self.url_open(
                f"/json/2/{model}/{method}",
                json=arguments,
                headers={"Authorization": f"Bearer {key}"},
            )

    def test_json2(self):
        for wrong, sentence in (
            ("x", "“user_id” phải là id của một bản ghi"),
            ("\ud800", "“user_id” phải là id của một bản ghi"),
            ({"\ud800": 1}, "“user_id” phải là id của một bản ghi"),
        ):
            answer = self._json2(
                self.leader,
                "motcua.dossier",
                "action_assign",
                ids=self.dossier.ids,
                user_id=wrong,
                context={"lang": "vi_VN"},
            )
            self.assertEqual(answer.status_code, 422, answer.text)
            self.assertIn(sentence, answer.json()["message"])
        answer = self._json2(
            self.handler,
            "motcua.dossier",
            "write",
            ids=self.dossier.ids,
            vals={"applicant_name": "\ud800"},
        )
        self.assertEqual(answer.status_code, 422, answer.text)

    def test_call_kw(self):
        self.authenticate(self.handler.login, self.handler.login)
        for method, args in (
            ("action_forward", [self.dossier.ids, "x"]),
            ("action_forward", [["x"]]),
            ("write", [self.dossier.ids, {"pages": "x"}]),
            ("create", [{"applicant_name": 5}]),
        ):
            with (
                self.subTest(method=method, args=args),
                mute_logger("odoo.http"),
                self.assertRaises(JsonRpcException) as refused,
            ):
                self.make_jsonrpc_request(
                    f"/web/dataset/call_kw/motcua.dossier/{method}",
                    {
                        "model": "motcua.dossier",
                        "method": method,
                        "args": args,
                        "kwargs": {},
                    },
                )
            self.assertEqual(str(refused.exception), "odoo.exceptions.ValidationError")

    def test_pages_of_our_own(self):
        self.authenticate(self.receiver.login, self.receiver.login)
        token = http.Request.csrf_token(self)
        for wrong in ({"desk_id": "x"}, {"desk_id": "9" * 30}, {}, {"before": "²"}):
            answer = self.url_open(
                "/motcua/desk/scan",
                data={"desk_id": str(self.desk.id), **wrong, "csrf_token": token}
                if wrong
                else {"csrf_token": token},
                files={"ufile": ("x.pdf", PDF)},
            )
            self.assertEqual(answer.status_code, 200, answer.text)
            self.assertTrue(answer.json()["error"])
        for address in ("document/9999999999999", "document/draft/9999999999999/1"):
            answer = self.url_open(f"/motcua/{address}")
            self.assertEqual(answer.status_code, 404)
