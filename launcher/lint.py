"""``./motcua lint``: ruff, pylint with pylint-odoo, and OCA's checks of XML, CSV and
translation files.
"""

import subprocess

from . import addons, lock, paths, setup
from .console import say
from .errors import LauncherError

CODE = ("addons", "launcher", "tests")


def run(fix=False):
    """Run all checks and raise when one has findings; with ``fix`` let ruff put right
    what it can first.
    """
    with lock.exclusive():
        setup.ensure(with_tests=True)
    if fix:
        _tool("ruff", "check", "--fix", "--quiet", *CODE)
        _tool("ruff", "format", "--quiet", *CODE)
    failed = [name for name, command in checks().items() if not _passes(name, command)]
    if failed:
        raise LauncherError(f"Lint has findings: {', '.join(failed)}.")
    say("Lint: nothing to report.")


def checks():
    """The command lines of all checks by name; each ends with status 0 when it finds
    nothing.
    """
    modules = [f"addons/{name}" for name in addons.names()]
    translations = sorted(str(file) for file in paths.ADDONS.glob("*/i18n/*.po*"))
    commands = {
        "ruff check": ("ruff", "check", "--quiet", *CODE),
        "ruff format": ("ruff", "format", "--check", "--quiet", *CODE),
        # OCA's robots write the README.rst that missing-readme asks for.
        "pylint": ("pylint", "--disable=missing-readme", *modules),
        "oca-checks-odoo-module": ("oca-checks-odoo-module", *modules),
    }
    if translations:
        commands["oca-checks-po"] = ("oca-checks-po", *translations)
    return {
        name: [str(paths.VENV / "bin" / program), *rest]
        for name, (program, *rest) in commands.items()
    }


def _tool(program, *arguments):
    return subprocess.run(
        [paths.VENV / "bin" / program, *arguments], cwd=paths.ROOT
    ).returncode


def _passes(name, command):
    status = subprocess.run(command, cwd=paths.ROOT).returncode
    say(f"{'✓' if status == 0 else '✗'} {name}")
    return status == 0
