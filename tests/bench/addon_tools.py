"""The pure modules of motcua_base, which know nothing of Odoo."""

import importlib
import sys

from launcher import paths


def load(name):
    """``tools/NAME.py``, loaded without Odoo."""
    sys.path.insert(0, str(paths.ADDONS / "motcua_base"))
    try:
        return importlib.import_module(f"tools.{name}")
    finally:
        sys.path.pop(0)
