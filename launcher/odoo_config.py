"""Odoo's configuration file, made for this clone from the one in ``config/``."""

import os
from string import Template

from . import odoo_platform, paths, postgres

EXTRA_ADDONS = "MOTCUA_EXTRA_ADDONS"


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
