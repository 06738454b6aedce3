"""For `odoo shell`: load the demo data of the add-ons named in MODULES, only theirs.

Odoo's own --with-demo would add demo partners and users of every Odoo module.
"""

import os

from odoo.modules.loading import load_demo
from odoo.modules.module_graph import ModuleGraph

wanted = os.environ["MODULES"].split(",")
installed = env["ir.module.module"].search([("state", "=", "installed")])
graph = ModuleGraph(env.cr, mode="load")
graph.extend(installed.mapped("name"))
for package in graph:
    if package.name in wanted and not load_demo(env, package, {}, "init"):
        raise SystemExit(f"The demo data of {package.name} could not be loaded.")
installed.filtered(lambda module: module.name in wanted).demo = True
env.cr.commit()
