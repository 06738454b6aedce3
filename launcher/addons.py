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
    """Changes when a file of an add-on changes, or Odoo itself: then databases have to be updated."""
    return stamps.digest(paths.ADDONS, odoo_platform.version())
