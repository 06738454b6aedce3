"""``./motcua bench``: measure Motcua beside OCA's helpdesk and Odoo's project.

Prepares a database that holds all three and runs ``tests/bench``. The helpdesk is
AGPL-3, so it lives in a folder that only the benchmark puts on Odoo's path.
"""

import os
import shutil
import subprocess

from . import (
    database,
    lock,
    odoo_command,
    odoo_config,
    paths,
    postgres,
    setup,
    stamps,
    testing,
)
from .console import step
from .errors import LauncherError
from .process import run_logged

PACKAGES = paths.STATE / "bench-packages"
ADDONS = PACKAGES / "odoo" / "addons"
LOCK = paths.REQUIREMENTS / "bench.txt"
COMPETITORS = "helpdesk_mgmt,project"


def run(arguments):
    """Run ``python -m tests.bench`` with MOTCUA_BENCH_DATABASE set to its database,
    which it copies; it gives the copies longer names."""
    if not (paths.TESTS / "bench" / "__main__.py").exists():
        raise LauncherError("There are no benchmarks in tests/bench.")
    setup.ensure(with_tests=True)
    os.environ[odoo_config.EXTRA_ADDONS] = str(ADDONS)
    name = f"motcua_bench_{os.getpid()}"
    with postgres.available():
        try:
            with lock.exclusive("databases"):
                _ensure_competitors()
                _prepare(name)
            return subprocess.run(
                [paths.PYTHON, "-m", "tests.bench", *arguments],
                env=odoo_command.environment(MOTCUA_BENCH_DATABASE=name),
                cwd=paths.ROOT,
            ).returncode
        finally:
            for copy in database.names(name):
                database.drop(copy)


def _ensure_competitors():
    stamp = PACKAGES / "lock.stamp"
    value = stamps.digest(LOCK)
    if stamps.is_current(stamp, value):
        return
    shutil.rmtree(PACKAGES, ignore_errors=True)
    with step("Installing what the benchmark compares with"):
        pip = ["pip", "install", "--no-deps", "--require-hashes", "--target", PACKAGES]
        run_logged(
            [paths.PYTHON, "-m", *pip, "-r", LOCK],
            "python.log",
            "The benchmark's packages could not be installed; is there a network?",
        )
    stamps.write(stamp, value)


def _prepare(name):
    plain = testing.ensure_plain_template(testing.template_key())
    with step(f"Preparing a database with {COMPETITORS}"):
        database.copy(plain, name)
        odoo_command.run_quietly(
            f"-d {name} -i {COMPETITORS} --stop-after-init --no-http",
            "bench.log",
            "The benchmark's database could not be prepared",
        )
