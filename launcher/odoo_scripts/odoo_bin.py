"""Odoo's program. With worker processes Odoo starts itself once more, for its live
connections, by the path of this file; ``python -m odoo`` would give it none that works.
"""

import odoo.cli

odoo.cli.main()
