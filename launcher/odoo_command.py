"""Odoo's command line in this clone's environment and with its configuration."""

import os
import subprocess

from . import odoo_config, paths

SUBCOMMANDS = frozenset(
    ("cloc", "db", "deploy", "help", "i18n", "module", "neutralize", "obfuscate", "populate", "scaffold", "server", "shell",
     "start", "upgrade_code")
)


def command_line(*arguments):
    """``python -m odoo [subcommand] -c CONFIG …``: the configuration goes in after the subcommand, if there is one."""
    head, rest = (arguments[:1], arguments[1:]) if arguments and arguments[0] in SUBCOMMANDS else ((), arguments)
    return [str(paths.PYTHON), "-m", "odoo", *head, "-c", str(odoo_config.write()), *map(str, rest)]


def environment():
    """The environment Odoo runs in: time is UTC, as everywhere in its database."""
    return {**os.environ, "TZ": "UTC", "PYTHONUNBUFFERED": "1"}


def run(*arguments):
    """Run Odoo in the foreground and return its exit status."""
    return subprocess.run(command_line(*arguments), env=environment(), cwd=paths.ROOT).returncode
