from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file


def migrate(cr, version):
    """Nothing that stands on a screen goes to the publisher of Odoo."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    file = "data/closed_services_data.xml"
    convert_file(env, "motcua_base", file, {}, mode="init", noupdate=True)
    # Data of other modules that is not to be updated is left alone above.
    env.ref("mail.ir_cron_module_update_notification").active = False
