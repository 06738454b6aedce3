"""Odoo's configuration file, made for this clone from the one in ``config/``."""

import os
from string import Template

from . import odoo_platform, paths, postgres

EXTRA_ADDONS = "MOTCUA_EXTRA_ADDONS"
OF_THREADS = 64
OF_WORKER = 8
OF_LIVE_CONNECTIONS = 16


def write():
    """Write the configuration and return its path.

    An add-on folder named by the environment variable MOTCUA_EXTRA_ADDONS is added; the
    configuration then is a file of its own.
    """
    extra = os.environ.get(EXTRA_ADDONS)
    folders = [*odoo_platform.addons_folders(), paths.ADDONS]
    template = Template((paths.CONFIG / "odoo" / "development.conf").read_text())
    text = template.substitute(
        addons_path=",".join(map(str, [*folders, extra] if extra else folders)),
        data_dir=paths.DATA,
        db_host=postgres.socket_folder(),
    )
    file = paths.STATE / ("odoo-extra.conf" if extra else "odoo.conf")
    if not file.exists() or file.read_text() != text:
        file.write_text(text)
    return file


def connections(workers):
    """Options for how many connections to PostgreSQL each of Odoo's processes may have.

    A request takes up to three: its own, a second one for the number that a reception
    takes, and that of the page a PDF is made of. Where there are worker processes, each
    works on one request at a time, and the process of live connections has some too.
    ``max_connections`` of config/postgres/embedded.conf is more than their sum.

    :param workers: number of worker processes; 0 means one process with threads
    """
    if workers:
        return f"--db_maxconn {OF_WORKER} --db_maxconn_gevent {OF_LIVE_CONNECTIONS}"
    return f"--db_maxconn {OF_THREADS}"
