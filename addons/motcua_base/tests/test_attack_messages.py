"""Attacks on what is written beside a dossier: reading it, writing it in another's
name, changing it afterwards."""

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_access import AccessCase

NO = "KHÔNG đồng ý"


@tagged("post_install", "-at_install")
class TestAttackMessages(AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dossier = (
            cls.env["motcua.dossier"]
            .with_user(cls.receiver)
            .create(
                {
                    "procedure_id": cls.procedure.id,
                    "agency_id": cls.commune.id,
                    "applicant_id": cls.citizen.id,
                    "channel": "counter",
                }
            )
        )
        cls.dossier.action_receive()
        cls.message = cls.dossier.message_post(body=NO)

    # -- in one's own name, at this moment --------------------------------

    def test_nobody_writes_in_anothers_name(self):
        other = self.approver.partner_id
        dossier = self._as(self.dossier, self.receiver)
        Message = dossier.env["mail.message"]
        about = {"model": "motcua.dossier", "res_id": dossier.id, "body": "x"}
        attempts = {
            "posting": lambda: dossier.message_post(body="x", author_id=other.id),
            "as a citizen": lambda: dossier.message_post(
                body="x", author_id=self.citizen.id
            ),
            "creating": lambda: Message.create({**about, "author_id": other.id}),
            "by default": lambda: Message.with_context(
                default_author_id=other.id
            ).create(about),
            "nobody": lambda: Message.create({**about, "author_id": False}),
            "notifying": lambda: dossier.message_notify(
                body="x", author_id=other.id, partner_ids=self.handler.partner_id.ids
            ),
        }
        for name, attempt in attempts.items():
            with self.subTest(name):
                self.assertRefused(AccessError, attempt)

    def test_an_address_is_no_name(self):
        dossier = self._as(self.dossier, self.receiver)
        stranger = {"body": "x", "email_from": "chutich@example.com"}
        self.assertRefused(AccessError, lambda: dossier.message_post(**stranger))
        own = {"author_id": self.receiver.partner_id.id, **stranger}
        message = dossier.message_post(**own)
        self.assertEqual(message.sudo().email_from, self.receiver.email_formatted)

    def test_nobody_dates_back(self):
        dossier = self._as(self.dossier, self.receiver)
        with freeze_time("2026-03-02 03:00:00"):
            posted = dossier.message_post(body="x", date="2020-01-01 00:00:00")
            created = dossier.env["mail.message"].create(
                {
                    "model": "motcua.dossier",
                    "res_id": dossier.id,
                    "body": "x",
                    "date": "2020-01-01 00:00:00",
                }
            )
            for message in posted | created:
                self.assertEqual(
                    fields.Datetime.to_string(message.sudo().date),
                    "2026-03-02 03:00:00",
                )

    def test_a_message_planned_in_anothers_name_is_never_sent(self):
        dossier = self._as(self.dossier, self.receiver)
        planned = dossier.env["mail.scheduled.message"].create(
            {
                "model": "motcua.dossier",
                "res_id": dossier.id,
                "author_id": self.approver.partner_id.id,
                "body": "x",
                "scheduled_date": "2030-01-01 00:00:00",
            }
        )
        self.assertRefused(AccessError, planned.post_message)

    def test_letters_are_delivered_by_the_mail_server_only(self):
        Thread = self.env["mail.thread"]
        letter = "From: chutich@example.com\nTo: x@example.com\nSubject: x\n\nx"
        for user in (self.leader, self.system_admin, self.citizen_user):
            for name, arguments in {
                "message_process": ("motcua.dossier", letter),
                "message_route": (letter, {}),
                "message_new": ({},),
            }.items():
                with self.subTest(user=user.login, method=name):
                    method = getattr(self._as(Thread, user), name)
                    self.assertRefused(AccessError, method, *arguments)
        dossier = self._as(self.dossier, self.leader)
        self.assertRefused(AccessError, dossier.message_update, {})
        self.assertRefused(AccessError, dossier.message_change_thread, dossier)

    # -- kept as it was written ---------------------------------------------

    def test_nobody_changes_or_deletes_what_was_written(self):
        for user in (
            self.receiver,  # who wrote it
            self.handler,
            self.leader,
            self.system_admin,
        ):
            message = self._as(self.message, user)
            for name, attempt in {
                "body": lambda m=message: m.write({"body": "đồng ý"}),
                "date": lambda m=message: m.write({"date": "2020-01-01"}),
                "author": lambda m=message, u=user: m.write(
                    {"author_id": u.partner_id.id}
                ),
                "elsewhere": lambda m=message: m.write({"res_id": 0}),
                "unlink": lambda m=message: m.unlink(),
            }.items():
                with self.subTest(user=user.login, attempt=name):
                    self.assertRefused(AccessError, attempt)
        self.assertIn(NO, self.message.body)

    def test_a_message_from_elsewhere_becomes_none_of_a_dossier(self):
        Message = self._as(self.env["mail.message"], self.receiver)
        private = Message.create({"body": "x"})
        self.assertRefused(
            AccessError,
            private.write,
            {"model": "motcua.dossier", "res_id": self.dossier.id},
        )

    def test_the_screen_cannot_edit_it_either(self):
        dossier = self._as(self.dossier, self.receiver)
        self.assertRefused(
            AccessError,
            dossier.sudo()._message_update_content,
            self.message.sudo(),
            body="đồng ý",
        )

    # -- read by whom the dossier opens to -----------------------------------

    def test_who_sees_no_dossier_sees_no_trace_of_it(self):
        """Every model of the mail modules that an employee may read."""
        self.dossier.sudo().message_subscribe(self.citizen.ids)
        self.dossier.sudo().message_notify(
            body="x", partner_ids=(self.handler.partner_id | self.citizen).ids
        )
        self._as(self.dossier, self.receiver).env["mail.scheduled.message"].create(
            {
                "model": "motcua.dossier",
                "res_id": self.dossier.id,
                "author_id": self.receiver.partner_id.id,
                "body": "x",
                "scheduled_date": "2030-01-01 00:00:00",
            }
        )
        self.dossier.sudo().activity_schedule(summary="x", user_id=self.handler.id)
        looked_at = set()
        for name, ids in self._about_the_dossier().items():
            for user in (self.plain, self.procedure_admin, self.far_leader):
                Model = self._as(self.env[name], user)
                if not Model.has_access("read"):
                    continue
                looked_at.add(name)
                with self.subTest(model=name, user=user.login):
                    self.assertFalse(Model.search([("id", "in", ids)]))
                    for id_ in ids:
                        self.assertRefused(AccessError, Model.browse(id_).read)
        self.assertLessEqual(
            {
                "mail.message",
                "mail.notification",
                "mail.followers",
                "mail.activity",
                "mail.scheduled.message",
            },
            looked_at,
        )

    def test_who_sees_the_dossier_sees_its_followers(self):
        self.dossier.sudo().message_subscribe(self.citizen.ids)
        followers = self._as(self.env["mail.followers"], self.handler).search(
            [("res_model", "=", "motcua.dossier"), ("res_id", "=", self.dossier.id)]
        )
        self.assertIn(self.citizen, followers.sudo().partner_id)
        self.assertTrue(followers.mapped("name"))

    def _about_the_dossier(self):
        """Ids of all rows that speak of the dossier, by the name of their model; not
        those of our own models, which have matrices of their own."""
        self._reset_cache()
        message_ids = (
            self.env["mail.message"]
            .sudo()
            .search(
                [("model", "=", "motcua.dossier"), ("res_id", "=", self.dossier.id)]
            )
            .ids
        )
        found = {}
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto:
                continue
            if name.startswith(("motcua.", "ir.")):
                continue
            Model, domain = self.env[name].sudo(), None
            for column in ("res_model", "model"):
                if {column, "res_id"} <= model._fields.keys():
                    domain = [
                        (column, "=", "motcua.dossier"),
                        ("res_id", "=", self.dossier.id),
                    ]
            for column in ("mail_message_id", "message_id"):
                field = model._fields.get(column)
                if field and field.type == "many2one":
                    domain = [(column, "in", message_ids)]
            ids = domain and Model.search(domain).ids
            if ids:
                found[name] = ids
        return found


@tagged("post_install", "-at_install")
class TestAttackLinks(AccessCase, HttpCase):
    """What an anonymous caller does with an address that somebody has passed on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Dossier = cls.env["motcua.dossier"].with_user(cls.receiver)
        cls.dossier = Dossier.create(
            {
                "procedure_id": cls.procedure.id,
                "agency_id": cls.commune.id,
                "applicant_id": cls.citizen.id,
                "channel": "counter",
            }
        )
        cls.dossier.action_receive()
        cls.dossier.message_post(body="Secret", subtype_xmlid="mail.mt_comment")

    def test_no_reader_gets_a_link_that_opens_the_dossier(self):
        dossier = self._as(self.dossier, self.receiver)
        self.assertIn("access_token=", dossier.get_portal_url())
        self.assertNotRegex(dossier.get_portal_url(), r"access_token=.")
        self.assertFalse(dossier.sudo().access_token)
        self.assertRefused(AccessError, dossier.read, ["access_token"])
        self.assertRefused(AccessError, dossier.write, {"access_token": "x" * 36})

    def test_a_token_from_before_opens_nothing(self):
        self.env.cr.execute(
            "UPDATE motcua_dossier SET access_token = 'known' WHERE id = %s",
            [self.dossier.id],
        )
        self._reset_cache()
        thread = {"thread_model": "motcua.dossier", "thread_id": self.dossier.id}
        for path, params in {
            "/mail/message/post": {
                **thread,
                "post_data": {"body": "As the applicant", "message_type": "comment"},
                "token": "known",
            },
            "/mail/thread/messages": {**thread, "token": "known"},
            "/mail/message/post ": {
                **thread,
                "post_data": {"body": "x"},
                "hash": "",
                "pid": self.citizen.id,
            },
        }.items():
            with self.subTest(path), mute_logger("odoo.http"):
                answer = self.url_open(path.strip(), json={"params": params}).json()
                self.assertNotIn("Secret", str(answer))
                self.assertIn("error", answer)
        self.assertNotIn(
            "As the applicant", " ".join(self.dossier.message_ids.mapped("body"))
        )
