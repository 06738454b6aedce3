from importlib.util import module_from_spec, spec_from_file_location

from odoo.tests import tagged
from odoo.tools import file_path

from .common_access import AccessCase

SCRIPT = "motcua_base/migrations/19.0.1.3.0/post-migration.py"


@tagged("post_install", "-at_install")
class TestLetterMigration(AccessCase):
    """Databases from before letters were written with merge fields."""

    def _migrate(self):
        spec = spec_from_file_location("letter_migration", file_path(SCRIPT))
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.invalidate_all()
        script.migrate(self.env.cr, "19.0.1.2.0")
        self.env.invalidate_all()

    def _template(self, author, kind=None, **values):
        template = self.env["mail.template"].create(
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get_id("motcua.dossier"),
                "subject": "{{ object.code }}",
                "body_html": '<p t-out="object.env">Own words</p>',
                **values,
            }
        )
        if kind:
            self.env["ir.model.data"].create(
                {
                    "module": "motcua_base",
                    "name": f"mail_template_{kind}",
                    "model": "mail.template",
                    "res_id": template.id,
                    "noupdate": True,
                }
            )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_template SET write_uid = %s WHERE id = %s",
            [author.id, template.id],
        )
        return template

    def test_a_text_that_somebody_changed_stays_to_be_read(self):
        root = self.env.ref("base.user_root")
        changed = self._template(self.system_admin, "ready")
        seeded = self._template(root, "received")
        archived = self._template(root, "refused", active=False)
        self._migrate()
        self.assertFalse((changed | seeded | archived).exists())
        letter = self.env.ref("motcua_base.letter_template_ready")
        self.assertIn("Own words", letter.former_text)
        self.assertNotIn("Own words", letter.body)
        self.assertTrue(letter.active)
        self.assertFalse(
            self.env.ref("motcua_base.letter_template_received").former_text
        )
        self.assertFalse(self.env.ref("motcua_base.letter_template_refused").active)

    def test_what_a_role_of_ours_has_planted_runs_no_more(self):
        planted = self._template(self.system_admin)
        own = self._template(self.env.ref("base.user_admin"))
        self._migrate()
        self.assertFalse(planted.active or planted.subject)
        self.assertIn("Own words", planted.body_html)
        self.assertIn("{{ object.code }}", planted.body_html)
        dossier = self._received()
        body = planted._render_field("body_html", dossier.ids)[dossier.id]
        self.assertIn("&lt;p t-out=", body)
        self.assertTrue(own.active and own.subject)

    def test_text_messages_name_the_fields_of_letters(self):
        template = self.env.ref("motcua_base.sms_template_ready")
        self.env.cr.execute(
            "UPDATE motcua_sms_template SET text = %s WHERE id = %s",
            ["$agency: ho so ${code} {x} gia 5$$, hen $due", template.id],
        )
        self.env.invalidate_all()
        self._migrate()
        self.assertEqual(
            template.text,
            "{agency.name}: ho so {dossier.code} (x) gia 5$, hen {dossier.appointment}",
        )
