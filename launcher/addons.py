"""Motcua's own add-ons: every folder in ``addons/`` with an installable manifest."""

import ast

from . import odoo_platform, paths, stamps
from .errors import LauncherError


def manifests():
    """The manifests by add-on name, in alphabetical order."""
    found = {}
    for file in sorted(paths.ADDONS.glob("*/__manifest__.py")):
        manifest = ast.literal_eval(file.read_text())
        if manifest.get("installable", True):
            found[file.parent.name] = manifest
    if not found:
        raise LauncherError(f"There is no add-on to install in {paths.ADDONS}.")
    return found


def names():
    return list(manifests())


def content_hash():
    """Changes when a file that a database is made from changes, or Odoo itself.

    Python tests and compiled files leave no trace in a database, so they do not count.
    """
    return stamps.digest(odoo_platform.version(), *_installed_files())


def _installed_files():
    for file in sorted(paths.ADDONS.rglob("*")):
        parts = file.relative_to(paths.ADDONS).parts
        if file.is_file() and parts[1:2] != ("tests",) and "__pycache__" not in parts:
            yield file
