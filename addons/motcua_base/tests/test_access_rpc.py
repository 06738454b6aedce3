import inspect
from datetime import datetime

from odoo import http
from odoo.exceptions import AccessError
from odoo.models import BaseModel
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_access import AccessCase
from .sample_files import PDF

# Every method that RPC can call beside what Odoo gives to each model: each of them
# checks by itself who calls it, on what, and with what. A new one is added here by
# whoever has made sure of that.
PUBLIC = {
    "ir.actions.report": {"motcua_check"},
    "motcua.calendar.swap": {"action_apply"},
    "motcua.calendar.year": {"action_confirm", "action_propose"},
    "motcua.desk": {
        "check_form",
        "confirm",
        "describe",
        "discard_scan",
        "find_agencies",
        "find_procedures",
        "find_result",
        "guide",
        "hand_over",
        "load",
        "load_returns",
        "recognise",
        "refuse",
        "set_favourite",
    },
    "motcua.dossier": {
        "action_answer",
        "action_assign",
        "action_attach_draft",
        "action_cancel_receipt",
        "action_change_case",
        "action_change_fees",
        "action_change_version",
        "action_close",
        "action_complete",
        "action_confirm_payment",
        "action_consult",
        "action_drag",
        "action_discard",
        "action_draft_document",
        "action_extend",
        "action_forward",
        "action_hand_over",
        "action_mark_wrong",
        "action_next",
        "action_issue_document",
        "action_open_documents",
        "action_open_verb",
        "action_receive",
        "action_refuse",
        "action_reject",
        "action_request_completion",
        "action_request_payment",
        "action_request_supplement",
        "action_resume",
        "action_return",
        "action_revoke_document",
        "action_stop",
        "action_submit",
        "action_supplement",
        "action_take",
        "action_verify_all_logs",
        "action_verify_log",
        "action_withdraw",
        "check_answers",
        "find_scanned",
        "load_sections",
        "receive_new",
    },
    "ir.attachment": {"generate_access_token"},
    "motcua.dossier.task": {"action_open_dossier"},
    "motcua.document": {"action_open_revoke", "action_print", "action_revoke"},
    "motcua.fee.receipt": {"action_open_cancel"},
    "motcua.dossier.verb": {
        "action_apply",
        "action_apply_and_print",
        "action_apply_each",
        "action_attach_draft",
        "action_preview",
        "apply_to",
    },
    "motcua.form.field": {"suggest"},
    "motcua.my.work": {"load"},
    "motcua.draft": {"action_discard"},
    "motcua.procedure.version": {
        "action_discard",
        "action_new_version",
        "action_publish",
    },
    "motcua.settings": {"load"},
    "motcua.sms.message": {"action_retry"},
    # What texts of notices may name, for those who may write them.
    "motcua.letter.template": {"load_fields"},
    "motcua.notice.template": {"load_fields"},
    "motcua.sms.template": {"load_fields"},
    # Odoo's own, for administrators: one setting is refused besides.
    "ir.config_parameter": {"set_param"},
    # Odoo asks it for each page: nothing but how zeros are said comes with it.
    "ir.http": {"session_info"},
}
# Odoo's own methods, which our models refine.
REFINED = {
    "copy",
    "copy_data",
    "create",
    "default_get",
    "init",
    "message_change_thread",
    "message_new",
    "message_process",
    "message_route",
    "message_subscribe",
    "message_update",
    "onchange",
    "unlink",
    "web_read_group",
    "web_search_read",
    "write",
}
ROWS = ("component", "row", "fee", "task", "pause", "extension", "event")


@tagged("post_install", "-at_install")
class TestPublicMethods(AccessCase):
    def test_public_methods_are_all_known(self):
        self.assertPublicMethods("motcua_base", PUBLIC, REFINED)

    def test_refined_methods_are_methods_of_odoo(self):
        model = self.env.registry["motcua.dossier"]
        for name in REFINED:
            self.assertTrue(hasattr(BaseModel, name) or hasattr(model, name), name)

    def test_the_desk_serves_only_who_works_there(self):
        """Whatever else a method is given, it first asks who calls, and where."""
        for name in PUBLIC["motcua.desk"]:
            method = getattr(self.env.registry["motcua.desk"], name)
            parameters = list(inspect.signature(method).parameters)[1:]
            arguments = [self.far_desk.id, *[False] * (len(parameters) - 1)]
            for user in (self.plain, self.citizen_user, self.inspector, self.receiver):
                if "load" in name and user == self.receiver:
                    continue  # shows a desk of one's own, whichever is asked for
                with self.subTest(method=name, user=user.login):
                    desk = self.env["motcua.desk"].with_user(user)
                    self.assertRefused(AccessError, getattr(desk, name), *arguments)

    def test_citizens_read_listed_columns_only(self):
        """Over RPC a column is either named for citizens or closed to them."""
        dossier = self._received().with_user(self.citizen_user)
        row = dossier.read()[0]  # all that is open can indeed be read
        for name in (
            "user_id",
            "task_id",
            "task_ids",
            "task_agency_id",
            "step_id",
            "event_ids",
            "event_hash",
            "pause_ids",
            "fee_ids",
            "row_ids",
            "submitter_id_number",
            "submitter_phone",
            "access_token",
            "message_ids",
            "activity_ids",
        ):
            self.assertNotIn(name, row)
            self.assertNotIn(name, dossier.fields_get())
        self.assertNotIn("note", dossier.component_ids.read()[0])


@tagged("post_install", "-at_install")
class TestAccessRpc(AccessCase, HttpCase):
    """Over the wire, as the browser and as other programs call."""

    def setUp(self):
        super().setUp()
        dossier = self._at_appraisal()
        self.scan, self.photo = self._file(self.receiver), self._file(self.receiver)
        papers = {paper.kind: paper for paper in dossier.sudo().component_ids}
        papers["paper"].with_user(self.receiver).attachment_ids = self.scan
        papers["identity"].with_user(self.receiver).attachment_ids = self.photo
        self.dossier = dossier.sudo()
        self.dossier.write({"submitter_phone": "0900000001"})
        self.env["motcua.dossier.row"].sudo().create(
            {"dossier_id": dossier.id, "section": "s", "row_values": {"a": "Bí mật"}}
        )
        dossier.message_post(body="Bí mật", subtype_xmlid="mail.mt_comment")
        dossier.activity_schedule(summary="Bí mật", user_id=self.handler.id)
        self.secrets = (
            self.dossier.code,
            "045190001234",
            "0912345678",
            "0900000001",
            "hoa@example.com",
            "Bí mật",
            "B\\u00ed m\\u1eadt",
        )
        self._reset_cache()

    # ------------------------------------------------------------------

    def _json2(self, user, model, method, **arguments):
        """Call as another program does, with an API key."""
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        # The database knows the real time, not the frozen one.
        key = keys._generate("rpc", "test", datetime(2100, 1, 1))
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            return self.url_open(
                f"/json/2/{model}/{method}",
                json=arguments,
                headers={"Authorization": f"Bearer {key}"},
            )

    def _call_kw(self, model, method, *args, **kwargs):
        """Call as the web client does, in the session of who is logged in."""
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/{model}/{method}",
                {"model": model, "method": method, "args": args, "kwargs": kwargs},
            )

    def _assert_silent(self, response):
        text = response if isinstance(response, str) else response.text
        for secret in self.secrets:
            self.assertNotIn(secret, text)

    def _log_in(self, user):
        self.authenticate(user.login, user.login)

    def _outsiders(self):
        return (self.stranger, self.far_leader, self.other_citizen, self.plain)

    # -- JSON-2 ----------------------------------------------------------

    def test_who_may_reads_over_json2(self):
        answer = self._json2(
            self.handler,
            "motcua.dossier",
            "search_read",
            domain=[("id", "=", self.dossier.id)],
            fields=["code", "applicant_phone"],
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.json()[0]["applicant_phone"], "0912345678")
        entry = self.env["motcua.access.log"].search([], limit=1)
        self.assertEqual((entry.user_id, entry.action), (self.handler, "read"))
        self.assertEqual(entry.address, "127.0.0.1")

    def test_outsiders_read_nothing_over_json2(self):
        ids = self.dossier.ids
        calls = {
            "read": {"ids": ids, "fields": ["code", "applicant_phone"]},
            "web_read": {"ids": ids, "specification": {"code": {}, "subject": {}}},
            "search_read": {"domain": [], "fields": ["code"]},
            "web_search_read": {"domain": [], "specification": {"code": {}}},
            "search": {"domain": [("id", "in", ids)]},
            "name_search": {"name": "Nguyễn"},
            "formatted_read_group": {
                "domain": [("id", "in", ids)],
                "groupby": ["code"],
                "aggregates": ["__count"],
            },
            "export_data": {"ids": ids, "fields_to_export": ["code"]},
            "copy": {"ids": ids},
            "onchange": {
                "ids": ids,
                "values": {},
                "field_names": [],
                "fields_spec": {"code": {}},
            },
            "message_post": {"ids": ids, "body": "x"},
            "action_verify_log": {"ids": ids},
        }
        for user in self._outsiders():
            for method, arguments in calls.items():
                with self.subTest(user=user.login, method=method):
                    answer = self._json2(user, "motcua.dossier", method, **arguments)
                    self._assert_silent(answer)
                    self.assertIn(answer.status_code, (200, 403, 422), answer.text)
                    if answer.status_code == 200:
                        found = answer.json()
                        rows = found["records"] if "records" in found else found
                        self.assertFalse(rows)

    def test_outsiders_read_no_row_over_json2(self):
        for user in self._outsiders():
            for row in ROWS:
                with self.subTest(user=user.login, row=row):
                    answer = self._json2(
                        user,
                        f"motcua.dossier.{row}",
                        "search_read",
                        domain=[("dossier_id", "=", self.dossier.id)],
                    )
                    self._assert_silent(answer)
                    self.assertTrue(answer.status_code == 403 or not answer.json())

    def test_outsiders_read_no_contact_over_json2(self):
        partner = self.citizen
        for user in (self.stranger, self.far_leader, self.plain):
            for model, domain in (
                ("res.partner", [("id", "=", partner.id)]),
                ("res.partner", [("phone", "=", "0912345678")]),
                ("res.users", [("partner_id", "=", partner.id)]),
            ):
                for method, arguments in {
                    "search_read": {"domain": domain, "fields": ["email", "phone"]},
                    "search_count": {"domain": domain},
                    "formatted_read_group": {
                        "domain": domain,
                        "groupby": ["phone"],
                        "aggregates": ["__count"],
                    },
                }.items():
                    with self.subTest(user=user.login, model=model, method=method):
                        answer = self._json2(user, model, method, **arguments)
                        self._assert_silent(answer)
                        self.assertTrue(
                            answer.status_code in (403, 500) or not answer.json()
                        )

    def test_numbers_are_closed_to_those_in_scope(self):
        """Officers have the copy on the dossier; the contact keeps its number."""
        for arguments in (
            {"domain": [("motcua_id_number", "=like", "0451%")], "fields": ["name"]},
            {"domain": [("id", "=", self.citizen.id)], "fields": ["motcua_id_number"]},
        ):
            answer = self._json2(self.leader, "res.partner", "search_read", **arguments)
            self.assertEqual(answer.status_code, 403)
            self._assert_silent(answer)

    def test_private_methods_are_not_called(self):
        for model, method in (
            ("motcua.dossier", "_log"),
            ("motcua.dossier", "_begin"),
            ("motcua.dossier", "_finish"),
            ("motcua.dossier.event", "_guard_table"),
            ("motcua.access.log", "_insert"),
            ("motcua.number", "_allocate"),
            ("motcua.demo", "_play_history"),
            ("res.users", "_motcua_scope_ids"),
            ("res.partner", "_motcua_introduce"),
            ("ir.attachment", "_motcua_adopt"),
        ):
            with self.subTest(model=model, method=method):
                answer = self._json2(self.system_admin, model, method)
                self.assertIn(answer.status_code, (403, 404))

    def test_what_is_refused_changes_nothing(self):
        before = self.dossier.read(["status", "event_count", "user_id", "pages"])
        ids = self.dossier.ids
        for user in (*self._outsiders(), self.receiver, self.inspector):
            for method, arguments in {
                "write": {"vals": {"status": "9"}},
                "unlink": {},
                "action_forward": {},
                "action_complete": {"number": "1"},
                "action_extend": {"new_due": "2030-01-01", "reason": "x"},
            }.items():
                with self.subTest(user=user.login, method=method):
                    answer = self._json2(
                        user, "motcua.dossier", method, ids=ids, **arguments
                    )
                    self.assertIn(answer.status_code, (403, 422), answer.text)
                    if user in self._outsiders():
                        self._assert_silent(answer)
        self._reset_cache()
        self.assertEqual(
            self.dossier.read(["status", "event_count", "user_id", "pages"]), before
        )

    def test_the_public_has_no_key(self):
        # A method that writes: in tests, a request that only reads lends its cursor to
        # the note of the failure, which could not be written.
        answer = self.url_open(
            "/json/2/motcua.dossier/action_forward",
            json={"ids": []},
            headers={"Authorization": "Bearer nothing"},
        )
        self.assertEqual(answer.status_code, 401)
        self.authenticate(None, None)
        with self.assertRaises(JsonRpcException):
            self._call_kw("motcua.dossier", "search_read", [])

    # -- the web client ---------------------------------------------------

    def test_outsiders_read_nothing_in_the_web_client(self):
        ids = self.dossier.ids
        for user in self._outsiders():
            self._log_in(user)
            for method, args, kwargs in (
                ("read", [ids, ["code"]], {}),
                ("web_read", [ids], {"specification": {"code": {}}}),
                ("web_save", [ids, {"pages": 2}], {"specification": {"code": {}}}),
                ("get_formview_action", [ids], {}),
                ("action_receive", [ids], {}),
            ):
                with self.subTest(user=user.login, method=method):
                    try:
                        answer = self._call_kw(
                            "motcua.dossier", method, *args, **kwargs
                        )
                    except JsonRpcException as error:
                        self._assert_silent(str(error))
                    else:
                        self._assert_silent(str(answer))

    def test_lists_are_read_only_requests(self):
        """Listing writes nothing, so that a replica may serve it."""
        self._log_in(self.handler)
        with self.assertNoLogs("odoo.http", "WARNING"):
            answer = self._call_kw(
                "motcua.dossier",
                "web_search_read",
                domain=[("id", "=", self.dossier.id)],
                specification={"code": {}, "applicant_id_masked": {}},
            )
        self.assertEqual(answer["length"], 1)

    def test_reading_in_clear_is_noted_without_a_failed_query(self):
        """Odoo reads with a cursor that may not write, and then once more."""
        self._log_in(self.handler)
        log = self.env["motcua.access.log"].sudo()
        before = log.search_count([])
        with self.assertNoLogs("odoo.sql_db", "ERROR"):
            [row] = self._call_kw(
                "motcua.dossier", "read", self.dossier.ids, ["applicant_id_number"]
            )
        self.assertEqual(row["applicant_id_number"], "045190001234")
        self.assertEqual(log.search_count([]), before + 1)

    # -- files -----------------------------------------------------------

    def test_files_are_downloaded_by_who_handles_the_dossier(self):
        Log = self.env["motcua.access.log"]
        for user in (self.receiver, self.handler):
            self._log_in(user)
            for file in (self.scan, self.photo):
                with self.subTest(user=user.login, file=file):
                    answer = self.url_open(f"/web/content/{file.id}")
                    self.assertEqual(answer.status_code, 200)
                    self.assertEqual(answer.content, PDF)
                    entry = Log.search([], limit=1)
                    self.assertEqual(
                        (entry.user_id, entry.action, entry.dossier_id),
                        (user, "download", self.dossier.id),
                    )

    def test_files_are_closed_to_outsiders(self):
        urls = (
            "/web/content/%s",
            "/web/content/%s?download=1",
            "/web/image/%s",
            "/web/content/ir.attachment/%s/raw",
        )
        for user in self._outsiders():
            self._log_in(user)
            for file in (self.scan, self.photo):
                for url in urls:
                    with self.subTest(user=user.login, url=url):
                        answer = self.url_open(url % file.id)
                        self.assertNotEqual(answer.content, PDF)

    def test_identity_scans_are_closed_to_inspectors(self):
        self._log_in(self.inspector)
        self.assertEqual(self.url_open(f"/web/content/{self.scan.id}").content, PDF)
        answer = self.url_open(f"/web/content/{self.photo.id}")
        self.assertNotEqual(answer.content, PDF)
        for url in (
            f"/mail/attachment/zip?file_ids={self.photo.id}&zip_name=x.zip",
            f"/web/content/{self.photo.id}?access_token=0",
        ):
            with mute_logger("odoo.http"):
                self.assertNotIn(PDF, self.url_open(url).content)

    # -- print -----------------------------------------------------------

    def test_prints(self):
        url = f"/report/html/motcua_base.report_receipt/{self.dossier.id}"
        self._log_in(self.receiver)
        self.assertEqual(self.url_open(url).status_code, 200)
        entry = self.env["motcua.access.log"].search([], limit=1)
        self.assertEqual((entry.user_id, entry.action), (self.receiver, "print"))
        for user in self._outsiders():
            self._log_in(user)
            with self.subTest(user=user.login), mute_logger("odoo.http"):
                answer = self.url_open(url)
                self.assertNotEqual(answer.status_code, 200)
                self._assert_silent(answer)

    # -- mail ------------------------------------------------------------

    def test_mail_routes_are_closed_to_outsiders(self):
        thread = {"thread_model": "motcua.dossier", "thread_id": self.dossier.id}
        routes = {
            "/mail/thread/messages": {**thread, "fetch_params": {"limit": 30}},
            "/mail/message/post": {
                **thread,
                "post_data": {"body": "x", "message_type": "comment"},
            },
            "/mail/thread/recipients": {**thread, "message_id": 1},
            "/mail/thread/subscribe": {
                "res_model": "motcua.dossier",
                "res_id": self.dossier.id,
                "partner_ids": self.stranger.partner_id.ids,
            },
            "/mail/data": {
                "fetch_params": [
                    [
                        "mail.thread",
                        {**thread, "request_list": ["activities", "followers"]},
                    ]
                ],
            },
        }
        messages = self.dossier.message_ids
        followers = self.dossier.message_partner_ids
        for user in self._outsiders():
            self._log_in(user)
            for route, parameters in routes.items():
                with (
                    self.subTest(user=user.login, route=route),
                    mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"),
                ):
                    try:
                        answer = self.make_jsonrpc_request(route, parameters)
                    except JsonRpcException as error:
                        answer = error
                    self._assert_silent(str(answer))
        self._reset_cache()
        self.assertEqual(self.dossier.message_ids, messages)
        self.assertEqual(self.dossier.message_partner_ids, followers)

    def test_no_file_is_uploaded_to_a_foreign_dossier(self):
        self._log_in(self.stranger)
        before = self.env["ir.attachment"].search_count(
            [("res_model", "=", "motcua.dossier"), ("res_id", "=", self.dossier.id)]
        )
        token = http.Request.csrf_token(self)
        for url, data in (
            (
                "/mail/attachment/upload",
                {
                    "thread_model": "motcua.dossier",
                    "thread_id": self.dossier.id,
                    "csrf_token": token,
                },
            ),
            (
                "/web/binary/upload_attachment",
                {
                    "model": "motcua.dossier",
                    "id": self.dossier.id,
                    "csrf_token": token,
                },
            ),
        ):
            with self.subTest(url=url), mute_logger("odoo.http", "odoo.addons.web"):
                self.url_open(url, data=data, files={"ufile": ("x.pdf", PDF)})
        self.assertEqual(
            self.env["ir.attachment"].search_count(
                [
                    ("res_model", "=", "motcua.dossier"),
                    ("res_id", "=", self.dossier.id),
                ]
            ),
            before,
        )
