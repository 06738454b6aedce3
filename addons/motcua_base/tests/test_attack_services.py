"""What stands on a screen goes to nobody outside: services of Odoo's publisher are
closed until a province opens one."""

import re
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged

ADDRESS = re.compile(r"""get_param\(\s*['"]([\w.]*endpoint)['"]""")
HERE = "http://127.0.0.1"
# Used where an administrator has the province's mail go through Google or Microsoft.
CHOSEN = ("mail.server.", "microsoft_outlook.")


@tagged("post_install", "-at_install")
class TestAttackServices(TransactionCase):
    def test_every_service_of_the_installed_modules_is_closed(self):
        modules = self.env["ir.module.module"].search([("state", "=", "installed")])
        names = {
            name
            for module in modules
            for file in Path(get_module_path(module.name)).rglob("*.py")
            for name in ADDRESS.findall(file.read_text())
            if not name.startswith(CHOSEN)
        }
        self.assertIn("iap.partner_autocomplete.endpoint", names)
        read = self.env["ir.config_parameter"].get_param
        for name in names:
            with self.subTest(name=name):
                self.assertTrue(read(name, "").startswith(HERE))

    def test_the_publisher_is_told_nothing(self):
        job = self.env.ref("mail.ir_cron_module_update_notification")
        self.assertFalse(job.active)
