"""Odoo's program. With worker processes Odoo starts itself once more, for its live
connections, by the path of this file; ``python -m odoo`` would give it none that works.
"""

import os

import odoo.cli

if slow := int(os.environ.get("MOTCUA_TEST_SLOW", 1)) - 1:
    import slow_server

    slow_server.slow_down(slow)
odoo.cli.main()
