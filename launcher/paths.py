"""Where everything lies. All that is made at run time is under ``.motcua/`` and may be
deleted to start over.
"""

import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
CONFIG = ROOT / "config"
REQUIREMENTS = ROOT / "requirements"
TESTS = ROOT / "tests"
SCRIPTS = ROOT / "launcher" / "odoo_scripts"

STATE = ROOT / ".motcua"
PLATFORM = STATE / "platform"
VENV = STATE / "venv"
PYTHON = VENV / "bin" / "python"
DATA = STATE / "data"
LOG = STATE / "log"
RUN = STATE / "run"


def make_state_folders():
    """Create the folders that several modules write to. Files of citizens, and logs,
    are for the eyes of who runs the system."""
    for folder in (STATE, DATA, LOG, RUN):
        folder.mkdir(exist_ok=True)
    for folder in (DATA, LOG):
        folder.chmod(0o700)


def clone_id():
    """A random name for this clone, made once: names folders that cannot lie inside the
    clone itself.
    """
    make_state_folders()
    file = STATE / "id"
    if not file.exists():
        file.write_text(secrets.token_hex(6))
    return file.read_text().strip()
