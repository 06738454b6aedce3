"""For `odoo shell`: make a new database Vietnamese and ready to show pages.

The administrator's password comes from ADMIN_PASSWORD.
"""

import os

env.company.partner_id.write(
    {"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh", "country_id": env.ref("base.vn").id}
)
env.company.currency_id = env.ref("base.VND")
for field, value in (("lang", "vi_VN"), ("tz", "Asia/Ho_Chi_Minh")):
    env["ir.default"].set("res.partner", field, value)
    env["res.users"].with_context(active_test=False).search([]).partner_id[field] = (
        value
    )
env.ref("base.user_admin").password = os.environ["ADMIN_PASSWORD"]
env["ir.config_parameter"].set_param("motcua.settled", "True")
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
