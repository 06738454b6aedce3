"""A second clone of this repository, to try the launcher on without harm."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from launcher import paths

COPIED = ("addons", "config", "launcher", "motcua", "requirements")
SHARED = ("platform", "venv")
FOREIGN_VARIABLES = ("MOTCUA_", "ODOO_", "PG")


class Clone:
    """A copy in a folder of its own, with a PostgreSQL cluster of its own.

    Unless it is to be ``bare``, it uses the Odoo and the Python packages of this clone.
    """

    def __init__(self, bare=False):
        self.path = Path(tempfile.mkdtemp(prefix="motcua-clone-"))
        self.path.chmod(0o755)
        for name in COPIED:
            source = paths.ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, self.path / name)
        self.state = self.path / ".motcua"
        self.state.mkdir()
        if not bare:
            for name in SHARED:
                (self.state / name).symlink_to(paths.STATE / name)

    def motcua(self, *arguments, **variables):
        """Run ``./motcua`` there and return the finished process."""
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(FOREIGN_VARIABLES)
        }
        return subprocess.run(
            [self.path / "motcua", *map(str, arguments)],
            capture_output=True,
            text=True,
            env={**inherited, **variables},
            cwd="/",
        )

    def remove(self):
        self.motcua("stop")
        shutil.rmtree(self.path)
