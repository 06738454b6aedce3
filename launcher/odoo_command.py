"""Odoo's command line in this clone's environment and with its configuration."""

import os
import subprocess

from . import odoo_config, paths
from .process import run_logged

PROGRAM = [str(paths.PYTHON), str(paths.SCRIPTS / "odoo_bin.py")]


def environment(**extra):
    """The environment Odoo runs in: this clone's configuration, and UTC as everywhere
    in its databases. Settings of other PostgreSQL servers (PG…) would win over the
    configuration, so they are left out. Odoo starts itself anew as ``python``, when a
    request took too long: the first one on the path must be ours.
    """
    own = {name: value for name, value in os.environ.items() if name[:2] != "PG"}
    return {
        **own,
        "PATH": os.pathsep.join((str(paths.PYTHON.parent), own.get("PATH", ""))),
        "ODOO_RC": str(odoo_config.write()),
        "TZ": "UTC",
        "PYTHONUNBUFFERED": "1",
        **extra,
    }


def run(*arguments):
    """Run Odoo in the foreground and return its exit status."""
    return subprocess.run(
        [*PROGRAM, *arguments], env=environment(), cwd=paths.ROOT
    ).returncode


def run_quietly(options, log_name, failure, script=None, **variables):
    """Run Odoo with its output in a log file.

    :param options: command line options in one string
    :param script: a file of ``odoo_scripts/`` that ``odoo shell`` shall run
    :param variables: environment variables for the script
    """
    with open(paths.SCRIPTS / script if script else os.devnull) as stdin:
        run_logged(
            [*PROGRAM, *(["shell"] if script else []), *options.split()],
            log_name,
            failure,
            stdin=stdin,
            env=environment(**variables),
            cwd=paths.ROOT,
        )
