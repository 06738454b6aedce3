"""Odoo's configuration file, made for this clone from the one in ``config/``."""

from string import Template

from . import odoo_platform, paths, postgres

FILE = paths.STATE / "odoo.conf"


def write():
    """Write the configuration and return its path."""
    template = Template((paths.CONFIG / "odoo" / "development.conf").read_text())
    folders = [*odoo_platform.addons_folders(), paths.ADDONS]
    FILE.write_text(
        template.substitute(
            addons_path=",".join(str(folder) for folder in folders if folder.is_dir()),
            data_dir=paths.DATA,
            db_host=postgres.socket_folder(),
        )
    )
    return FILE
