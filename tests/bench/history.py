"""A database with the history of a province: many dossiers, few of them open."""

import subprocess
from pathlib import Path

from launcher import postgres

OPEN = 4000
SCRIPT = Path(__file__).with_name("history.sql")


def fill(database, total):
    """Multiply the dossiers of a ``province.Province`` until there are ``total``."""
    options = f"-Xq -d {database} -v total={total} -v open={OPEN} -f -".split()
    with open(SCRIPT) as script:
        subprocess.run(
            postgres.client("psql", *options, as_owner=True),
            stdin=script,
            stdout=subprocess.DEVNULL,
            check=True,
            cwd="/",
        )
