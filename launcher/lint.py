"""``./motcua lint``: ruff, pylint with pylint-odoo, OCA's checks of XML, CSV and
translation files, and rules of our own.
"""

import subprocess

from . import addons, paths, setup
from .console import say
from .errors import LauncherError

CODE = ("addons", "launcher", "tests")
# OCA's robots write the README.rst that the first asks for; the second would join again
# what a large model splits by concern, one file each.
UNWANTED = ("missing-readme", "consider-merging-classes-inherited")
# It empties translations that read like their source: complete would look incomplete.
PO_OPTIONS = ("--disable=po-pretty-format",)


def run(fix=False):
    """Run all checks and raise when one has findings.

    :param fix: first put right what the tools can put right by themselves
    """
    setup.ensure(with_tests=True)
    if fix:
        for command in _fixes():
            subprocess.run(command, cwd=paths.ROOT, stdout=subprocess.DEVNULL)
    failed = [name for name, command in checks().items() if not _passes(name, command)]
    if failed:
        raise LauncherError(f"Lint has findings: {', '.join(failed)}.")
    say("Lint: nothing to report.")


def checks():
    """The command lines of all checks by name; each ends with status 0 when it finds
    nothing.
    """
    modules, translations = _modules(), _translations()
    commands = {
        "ruff check": _tool("ruff", "check", "--quiet", *CODE),
        "ruff format": _tool("ruff", "format", "--check", "--quiet", *CODE),
        "pylint": _tool("pylint", f"--disable={','.join(UNWANTED)}", *modules),
        "oca-checks-odoo-module": _tool("oca-checks-odoo-module", *modules),
        "globals in templates": _own("template_lint"),
        "reading without waiting": _own("screen_lint"),
    }
    if translations:
        commands["oca-checks-po"] = _tool("oca-checks-po", *PO_OPTIONS, *translations)
    return commands


def _fixes():
    yield _tool("ruff", "check", "--fix", *CODE)
    yield _tool("ruff", "format", *CODE)
    yield _tool("oca-checks-odoo-module", "--fix", *_modules())
    if _translations():
        yield _tool("oca-checks-po", "--fix", *PO_OPTIONS, *_translations())


def _modules():
    return [f"addons/{name}" for name in addons.names()]


def _translations():
    return sorted(str(file) for file in paths.ADDONS.glob("*/i18n*/*.po*"))


def _tool(program, *arguments):
    return [str(paths.VENV / "bin" / program), *arguments]


def _own(module):
    return [str(paths.PYTHON), "-m", f"launcher.{module}"]


def _passes(name, command):
    status = subprocess.run(command, cwd=paths.ROOT).returncode
    say(f"{'✓' if status == 0 else '✗'} {name}")
    return status == 0
