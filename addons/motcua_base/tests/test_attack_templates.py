from contextlib import suppress

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_access import AccessCase

# What an attacker writes into a text: read the secret that sessions are signed with, or
# take over the administrator's account.
READ = "object.sudo().env['ir.config_parameter'].sudo().get_param('database.secret')"
TAKE_OVER = "object.sudo().env['res.users'].browse(2).write({'login': 'taken'})"
QWEB = f"""<p>seen</p><p t-out="{READ}">x</p><t t-set="x" t-value="{TAKE_OVER}"/>"""
INLINE = f"seen {{{{ {READ} }}}} {{{{ {TAKE_OVER} }}}}"
# Each is harmless in a document, a letter and a text message, or refused there.
TEXTS = (
    QWEB,
    INLINE,
    "{dossier.__class__.__init__.__globals__}",
    "{0.env}",
    "%(env)s",
    "${7*7} #{7*7} <%= 7*7 %>",
    f'<p t-att-title="{READ}" t-if="{TAKE_OVER}">x</p><t t-call=\'base.layout\'/>',
    f'<span data-merge="{READ}">x</span>',
    f'<p data-merge-if=\'{{"all": [{{"field": "{READ}", "op": "="}}]}}\'>x</p>',
)
# Models of Odoo whose texts it evaluates: by QWeb, as Python or as a domain.
EVALUATED = (
    "base.automation",
    "ir.actions.act_window",
    "ir.actions.client",
    "ir.actions.report",
    "ir.actions.server",
    "ir.config_parameter",
    "ir.cron",
    "ir.model",
    "ir.model.access",
    "ir.model.fields",
    "ir.module.module",
    "ir.rule",
    "ir.sequence",
    "ir.ui.view",
    "mail.activity.plan",
    "mail.activity.plan.template",
    "mail.activity.type",
    "mail.alias",
    "mail.template",
    "mail.template.preview",
    "mail.template.reset",
    "res.groups",
    "sms.template",
)


@tagged("post_install", "-at_install")
class TestAttackTemplates(AccessCase):
    """No text that a role of ours may write is ever evaluated: nobody gets the rights
    of the system through a template."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.env["ir.config_parameter"].get_param("database.secret")
        cls.admin = cls.env.ref("base.user_admin")
        cls.login = cls.admin.login
        cls.letter = cls.env.ref("motcua_base.letter_template_received")
        cls.sms = cls.env.ref("motcua_base.sms_template_received")

    def _assert_nothing_ran(self, *texts):
        self.env.flush_all()
        self.admin.invalidate_recordset()
        self.assertEqual(self.admin.login, self.login)
        for text in texts:
            self.assertNotIn(self.secret, str(text or ""))

    def _page(self, dossier):
        return self.letter._page(dossier._letter_head(), dossier._notice_values())

    def _rpc(self, user, model, method, *args, **kwargs):
        """As a call from afar; a refusal leaves nothing behind."""
        env = self.env(user=user.id, su=False)
        with (
            mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule"),
            self.env.cr.savepoint(),
        ):
            answer = call_kw(env[model], method, list(args), kwargs)
            self.env.flush_all()
            return answer

    # -- what Odoo evaluates ----------------------------------------------

    def test_no_role_writes_what_odoo_evaluates(self):
        for role, user in self.roles.items():
            for model in EVALUATED:
                if model not in self.env:
                    continue
                for operation in ("create", "write", "unlink"):
                    with self.subTest(role=role, model=model, operation=operation):
                        access = self.env[model].with_user(user)
                        self.assertFalse(access.has_access(operation))

    def _templates(self):
        """dict model -> values of a template, for every model that Odoo renders without
        asking who wrote it."""
        model = self.env["ir.model"]._get_id("motcua.dossier")
        values = {
            "mail.template": {
                "name": "x",
                "model_id": model,
                "subject": INLINE,
                "body_html": QWEB,
            },
            "sms.template": {"name": "x", "model_id": model, "body": INLINE},
        }
        mixin = self.env.registry["mail.render.mixin"]
        rendered = {
            name
            for name, cls in self.env.registry.items()
            if issubclass(cls, mixin)
            and cls._unrestricted_rendering
            and not cls._abstract
        }
        self.assertLessEqual(rendered, set(values), "how is the new one written?")
        return {name: values[name] for name in rendered}

    def test_templates_of_odoo_are_refused_at_every_door(self):
        for model, values in self._templates().items():
            own = self.env[model].create(values)
            text = next(name for name in values if name.startswith("body"))
            names = ["name", "model_id/.id", text]
            row = ["x", str(values["model_id"]), values[text]]
            for role, user in self.roles.items():
                for method, args in (
                    ("create", ([values],)),
                    ("create", ([{**values, "subject": "plain"}],)),
                    ("write", ([own.id], {text: values[text]})),
                    ("write", ([own.id], {"name": "plain"})),
                    ("copy", ([own.id],)),
                    ("web_save", ([], values, {"id": {}})),
                    ("unlink", ([own.id],)),
                    ("update_field_translations", ([own.id], text, {"en_US": QWEB})),
                ):
                    with (
                        self.subTest(role=role, model=model, method=method),
                        self.assertRaises(AccessError),
                    ):
                        self._rpc(user, model, method, *args)
                with self.subTest(role=role, model=model, method="load"):
                    before = self.env[model].search_count([])
                    with suppress(AccessError):
                        self.assertFalse(
                            self._rpc(user, model, "load", names, [row])["ids"]
                        )
                    self.assertEqual(self.env[model].search_count([]), before)
        self._assert_nothing_ran()

    def test_writing_is_refused_below_the_rights_on_models(self):
        """Wherever else rights on templates may come from."""
        self.handler.group_ids += self.env.ref("mail.group_mail_template_editor")
        self.env.ref("mail.access_mail_template_editor").write(
            {"perm_create": True, "perm_write": True}
        )
        self.assertTrue(
            self.env["mail.template"].with_user(self.handler).has_access("create")
        )
        with self.assertRaises(AccessError):
            self._rpc(
                self.handler,
                "mail.template",
                "create",
                self._templates()["mail.template"],
            )

    def test_no_template_is_tried_out(self):
        template = self.env["mail.template"].create(self._templates()["mail.template"])
        dossier = self._received()
        for role, user in self.roles.items():
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._rpc(
                    user,
                    "mail.template.preview",
                    "create",
                    {
                        "mail_template_id": template.id,
                        "resource_ref": f"motcua.dossier,{dossier.id}",
                    },
                )
        self._assert_nothing_ran()

    def test_no_template_is_sent_from_afar(self):
        """With values of the caller's own it would write as anybody, with any file."""
        template = self.env["mail.template"].create(
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get_id("motcua.dossier"),
                "body_html": "<p>x</p>",
            }
        )
        dossier = self._received()
        forged = {"email_to": "x@example.com", "email_from": "ubnd@example.com"}
        for method, ids in (
            ("send_mail", dossier.id),
            ("send_mail_batch", dossier.ids),
        ):
            for role, user in self.roles.items():
                with (
                    self.subTest(role=role, method=method),
                    self.assertRaises(AccessError),
                ):
                    self._rpc(
                        user,
                        "mail.template",
                        method,
                        [template.id],
                        ids,
                        email_values=forged,
                    )

    def test_the_administrator_of_the_shop_is_no_editor(self):
        editor = self.env.ref("mail.group_mail_template_editor")
        for role, user in self.roles.items():
            with self.subTest(role=role):
                self.assertNotIn(editor, user.all_group_ids)

    def test_nobody_makes_all_officers_editors(self):
        parameters = self.env["ir.config_parameter"].sudo()
        with self._refusing(UserError, "stays on"):
            parameters.set_param("mail.restrict.template.rendering", False)

    # -- texts typed by officers --------------------------------------------

    def test_the_composer_of_messages(self):
        dossier = self._received()
        for role in ("recv", "hand", "lead", "sadm", "padm"):
            user = self.roles[role]
            for mode in ("comment", "mass_mail"):
                for subject, body in ((INLINE, QWEB), ("plain", INLINE), (INLINE, "x")):
                    with self.subTest(role=role, mode=mode, subject=subject[:5]):
                        with suppress(UserError):
                            composer = self._rpc(
                                user,
                                "mail.compose.message",
                                "create",
                                {
                                    "model": "motcua.dossier",
                                    "res_ids": repr(dossier.ids),
                                    "composition_mode": mode,
                                    "subject": subject,
                                    "body": body,
                                    "email_from": INLINE,
                                    "lang": INLINE,
                                    "partner_ids": self.citizen.ids,
                                },
                            )
                            self._rpc(
                                user,
                                "mail.compose.message",
                                "action_send_mail",
                                [composer],
                            )
        messages = self.env["mail.message"].search(
            [("model", "=", "motcua.dossier"), ("res_id", "=", dossier.id)]
        )
        mails = self.env["mail.mail"].search([("mail_message_id", "in", messages.ids)])
        self._assert_nothing_ran(
            *messages.mapped("body"),
            *messages.mapped("subject"),
            *mails.mapped("body_html"),
        )

    def test_no_template_is_made_of_a_message(self):
        dossier = self._received()
        for role in ("recv", "hand", "lead"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                composer = self._rpc(
                    self.roles[role],
                    "mail.compose.message",
                    "create",
                    {
                        "model": "motcua.dossier",
                        "res_ids": repr(dossier.ids),
                        "subject": "plain",
                        "body": "<p>plain</p>",
                        "template_name": "x",
                    },
                )
                self._rpc(
                    self.roles[role],
                    "mail.compose.message",
                    "create_mail_template",
                    [composer],
                )

    def test_notes_activities_and_ready_answers(self):
        dossier = self._received().with_user(self.receiver)
        note = dossier.message_post(body=QWEB, subject=INLINE)
        activity = dossier.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=INLINE,
            note=QWEB,
            user_id=self.handler.id,
        )
        answer = (
            self.env["mail.canned.response"]
            .with_user(self.receiver)
            .create({"source": "x", "substitution": INLINE})
        )
        done = activity.with_user(self.handler).action_feedback(feedback=INLINE)
        feedback = self.env["mail.message"].browse(done)
        mails = self.env["mail.mail"].search([("model", "=", "motcua.dossier")])
        self._assert_nothing_ran(
            note.body, answer.substitution, feedback.body, *mails.mapped("body_html")
        )

    def test_filters_are_given_back_as_they_were_written(self):
        domain = f"[('id', '=', {READ})]"
        try:
            self._rpc(
                self.handler,
                "ir.filters",
                "create",
                {
                    "name": "x",
                    "model_id": "motcua.dossier",
                    "domain": domain,
                    "context": f"{{'x': {READ}}}",
                    "user_ids": [Command.link(self.handler.id)],
                },
            )
        except (UserError, ValueError):
            return
        [row] = self._rpc(self.handler, "ir.filters", "get_filters", "motcua.dossier")
        self.assertEqual(row["domain"], domain)

    # -- letters, text messages and documents ---------------------------------

    def test_only_administrators_write_letters_and_text_messages(self):
        for role, user in self.roles.items():
            if role == "sadm":
                continue
            for template, field in ((self.letter, "body"), (self.sms, "text")):
                with self.subTest(role=role, model=template._name):
                    for method, args in (
                        ("write", (template.ids, {field: "x"})),
                        ("create", ([{"kind": "moved", field: "x"}],)),
                        ("load_fields", ()),
                    ):
                        with self.assertRaises(AccessError):
                            self._rpc(user, template._name, method, *args)

    def test_letters_are_not_evaluated(self):
        dossier = self._received()
        for text in TEXTS:
            for field in ("body", "subject"):
                with self.subTest(text=text[:40], field=field):
                    try:
                        self._rpc(
                            self.system_admin,
                            "motcua.letter.template",
                            "write",
                            self.letter.ids,
                            {field: text},
                        )
                    except ValidationError:
                        continue
                    self.letter._send(dossier.sudo())
                    mail = self.env["mail.mail"].search(
                        [("res_id", "=", dossier.id)], order="id desc", limit=1
                    )
                    self.assertNotIn("t-out", str(self.letter.body))
                    self._assert_nothing_ran(mail.subject, mail.body_html)
                    self.assertNotIn("49", mail.subject)

    def test_text_messages_are_not_evaluated(self):
        dossier = self._received()
        for text in TEXTS:
            with self.subTest(text=text[:40]):
                try:
                    self._rpc(
                        self.system_admin,
                        "motcua.sms.template",
                        "write",
                        self.sms.ids,
                        {"text": text},
                    )
                except ValidationError:
                    continue
                with Form(self.sms.with_user(self.system_admin)) as form:
                    form.sample_id = dossier
                    self._assert_nothing_ran(form.preview)
                self.assertNotIn("49", form.preview)

    def test_documents_are_not_evaluated(self):
        version = self._make_version(
            self._make_procedure(),
            template_ids=[Command.create({"name": "x", "body": "<p>x</p>"})],
        )
        template = version.template_ids
        dossier = self._received()
        issue = {"number": "1", "date": False, "signer": "", "title": "", "lines": []}
        for text in TEXTS:
            with self.subTest(text=text[:40]):
                self._rpc(
                    self.procedure_admin,
                    template._name,
                    "write",
                    template.ids,
                    {"body": text, "recipients": text, "authority": text},
                )
                page = self.env["motcua.document.paper"]._html(
                    template, dossier.sudo(), issue
                )
                self._assert_nothing_ran(page)

    def test_what_applicants_type_is_no_template(self):
        self.citizen.name = "{dossier.code} {{ 7*7 }} <t t-out='7*7'/>"
        dossier = self._received()
        self.letter.body = '<p><span data-merge="applicant.name">x</span></p>'
        self.letter.subject = self.sms.text = "{applicant.name}"
        self.letter._send(dossier.sudo())
        mail = self.env["mail.mail"].search(
            [("res_id", "=", dossier.id)], order="id desc", limit=1
        )
        self.assertEqual(mail.subject, dossier.applicant_name)
        self.assertIn("{{ 7*7 }} &lt;t t-out='7*7'/&gt;", mail.body_html)
        with Form(self.sms.with_user(self.system_admin)) as form:
            form.sample_id = dossier
            self.assertIn("{{ 7*7 }}", form.preview)

    def test_line_breaks_begin_no_header(self):
        self.letter.subject = "x\r\nBcc: all@example.com\n{dossier.subject}"
        dossier = self._received()
        self.letter._send(dossier.sudo())
        mail = self.env["mail.mail"].search(
            [("res_id", "=", dossier.id)], order="id desc", limit=1
        )
        self.assertNotRegex(mail.subject, r"[\r\n]")
