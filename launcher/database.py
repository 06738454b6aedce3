"""Databases: created whole or not at all, kept up to date with the add-ons, copied
together with their files.

A new database is built under a working name and gets its own name when it is complete,
so a creation that was interrupted leaves nothing that looks finished. Which state of
the add-ons a database holds is written in the database itself.
"""

import os
import secrets
import shutil
from contextlib import contextmanager

from . import addons, odoo_command, paths, postgres
from .console import step
from .errors import LauncherError

STATE_KEY = "motcua.addons_hash"


def exists(name):
    return bool(postgres.query(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def check_name(name):
    """Database names end up in SQL and in file names: only plain ones are accepted."""
    if not (
        name.replace("_", "").replace("-", "").isalnum()
        and name.isascii()
        and len(name) <= 50
    ):
        raise LauncherError(
            f"{name!r} is no database name: use letters, digits, _ and -."
        )


def ensure(name, demo):
    """Create the database when it is missing, else update it when the add-ons changed.

    :return: the administrator's password when it was made up here, else None
    """
    if not exists(name):
        return create(name, demo)
    if _state(name) != addons.content_hash():
        _update(name)
    return None


def create(name, demo):
    """Build a database with all add-ons, in Vietnamese.

    With demo data the administrator's password is ``admin``; without, it is random.

    :return: the administrator's password when it is random, else None
    """
    password = "admin" if demo else secrets.token_urlsafe(12)
    with building(name) as work:
        install(work, password, log_name=f"install-{name}.log")
        if demo:
            load_demo(work, log_name=f"install-{name}.log")
    return None if demo else password


@contextmanager
def building(name):
    """Give a working name to build a database under; rename it at the end."""
    work = f"{name}_building"
    drop(work)
    try:
        yield work
    except BaseException:
        drop(work)
        raise
    shutil.rmtree(filestore(name), ignore_errors=True)
    if filestore(work).exists():
        filestore(work).rename(filestore(name))
    postgres.query(f'ALTER DATABASE "{work}" RENAME TO "{name}"')


def install(name, password, log_name):
    """Create a Vietnamese database with all add-ons and without demo data."""
    modules = addons.names()
    state = addons.content_hash()
    (paths.LOG / log_name).unlink(missing_ok=True)
    failure = "The add-ons could not be installed"
    with step(f"Installing {', '.join(modules)} into a new database"):
        odoo_command.run_quietly(
            f"-d {name} -i {','.join(modules)} --load-language=vi_VN"
            " --stop-after-init --no-http",
            log_name,
            failure,
        )
        odoo_command.run_quietly(
            f"-d {name} --no-http",
            log_name,
            failure,
            script="settle.py",
            ADMIN_PASSWORD=password,
        )
        _write_state(name, state)


def load_demo(name, log_name):
    """Load our add-ons' demo data, not Odoo's."""
    with step("Loading demo data"):
        odoo_command.run_quietly(
            f"-d {name} --no-http",
            log_name,
            "The demo data could not be loaded",
            script="load_demo.py",
            MODULES=",".join(addons.names()),
        )


def has_demo(name):
    """Whether our demo data, and so the demo logins, are in the database."""
    modules = ", ".join(f"'{module}'" for module in addons.names())
    found = postgres.query(
        f"SELECT count(*) FROM ir_module_module WHERE demo AND name IN ({modules})",
        name,
    )
    return found != "0"


def _update(name):
    modules = ",".join(addons.names())
    state = addons.content_hash()
    with step("Updating the database to the changed add-ons"):
        odoo_command.run_quietly(
            f"-d {name} -i {modules} -u {modules} --stop-after-init --no-http",
            f"update-{name}.log",
            "The database could not be updated",
        )
        _write_state(name, state)


def set_address(name, url):
    """Tell Odoo where it is served, as it prints PDFs and links with that address.

    An address of another machine was set by a person and stays.
    """
    postgres.query(
        f"UPDATE ir_config_parameter SET value = '{url}' WHERE key = 'web.base.url'"
        " AND value ~ '^http://(localhost|127\\.0\\.0\\.1)(:|$)'",
        name,
    )


def _state(name):
    if not postgres.query(
        "SELECT 1 FROM pg_tables WHERE tablename = 'ir_config_parameter'", name
    ):
        raise LauncherError(f"The database {name} is not an Odoo database.")
    return postgres.query(
        f"SELECT value FROM ir_config_parameter WHERE key = '{STATE_KEY}'", name
    )


def _write_state(name, state):
    postgres.query(
        "INSERT INTO ir_config_parameter (key, value)"
        f" VALUES ('{STATE_KEY}', '{state}')"
        " ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value",
        name,
    )


def create_empty(name):
    """An empty database as Odoo itself would create it."""
    postgres.query(
        f'CREATE DATABASE "{name}" OWNER {postgres.ROLE} TEMPLATE template0'
        " ENCODING 'unicode' LC_COLLATE 'C'"
    )


def filestore(name):
    """The folder of a database's files (Odoo's own layout)."""
    return paths.DATA / "filestore" / name


def copy(source, target):
    """Copy a database and its files; the files are shared by hard links, as Odoo never
    changes one in place.
    """
    drop(target)
    postgres.query(
        f'CREATE DATABASE "{target}" TEMPLATE "{source}" OWNER {postgres.ROLE}'
    )
    if filestore(source).exists():
        shutil.copytree(filestore(source), filestore(target), copy_function=os.link)


def drop(name):
    """Remove a database and its files, if they exist."""
    postgres.query(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(filestore(name), ignore_errors=True)


def names(prefix):
    """The databases whose names start with ``prefix``."""
    rows = postgres.query("SELECT datname FROM pg_database ORDER BY 1").splitlines()
    return [name for name in rows if name.startswith(prefix)]
