"""``./motcua test``: everything in one pytest run, on copies of databases that are
installed once.

Two template databases are kept per state of the add-ons: one without demo data for the
module tests, one with demo data for browser tests. Each run works on copies under its
own name and removes them at the end.
"""

import os
import shutil
import subprocess
from pathlib import Path

from . import addons, database, lock, odoo_command, paths, postgres, setup, stamps
from .console import step

PLAIN_PREFIX = "motcua_template_"
DEMO_PREFIX = "motcua_demo_"


def run(arguments):
    """Run the whole suite on all cores, or with arguments what they name in one
    process; return pytest's status.
    """
    name = f"motcua_test_{os.getpid()}"
    folder = _log_folder()
    started_postgres = False
    try:
        with lock.exclusive():
            setup.ensure(with_tests=True)
            started_postgres = postgres.start()
            plain, demo = _ensure_templates(folder)
            with step("Copying the test databases"):
                database.copy(plain, name)
                database.copy(demo, f"{name}_demo")
        return _pytest(name, folder, arguments)
    finally:
        if postgres.is_running():
            for copy in database.names(name):
                database.drop(copy)
        if started_postgres:
            postgres.stop_unless_used()


def _pytest(name, folder, arguments):
    whole = {} if arguments else {"MOTCUA_WHOLE_SUITE": "1"}
    processes = ["-n", str(os.cpu_count())] if whole else []
    environment = odoo_command.environment(
        PGHOST=str(postgres.socket_folder()),
        PGUSER=postgres.ROLE,
        MOTCUA_TEST_LOGS=str(folder),
        MOTCUA_TEST_DEMO=f"{name}_demo",
        **whole,
    )
    options = [
        "--odoo-http",
        f"--odoo-database={name}",
        "--odoo-log-level=warn",
        f"--odoo-extra=logfile={folder / 'tests.log'}",
        "--odoo-extra=limit-memory-hard=0",  # Chromium would inherit the limit
    ]
    pytest = [str(paths.PYTHON), "-m", "pytest", "-p", "launcher.pytest_gate"]
    return subprocess.run(
        [*pytest, *options, *processes, *arguments], env=environment, cwd=paths.ROOT
    ).returncode


def _log_folder():
    """A folder for the logs of this run; those of earlier runs are removed."""
    for old in paths.LOG.glob("test-*"):
        if not Path(f"/proc/{old.name.removeprefix('test-')}").exists():
            shutil.rmtree(old)
    folder = paths.LOG / f"test-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _ensure_templates(folder):
    """Install the templates when the add-ons changed; their installation logs join the
    logs of this run.
    """
    key = stamps.digest(addons.content_hash(), *sorted(paths.SCRIPTS.glob("*.py")))[:12]
    plain, demo = PLAIN_PREFIX + key, DEMO_PREFIX + key
    for old in database.names(PLAIN_PREFIX) + database.names(DEMO_PREFIX):
        if old not in (plain, demo):
            database.drop(old)
    if not database.exists(plain):
        with database.building(plain) as work:
            database.install(work, "admin", _template_log(plain))
    if not database.exists(demo):
        with database.building(demo) as work:
            database.copy(plain, work)
            (paths.LOG / _template_log(demo)).unlink(missing_ok=True)
            database.load_demo(work, _template_log(demo))
    for template in (plain, demo):
        shutil.copy(paths.LOG / _template_log(template), folder)
    return plain, demo


def _template_log(template):
    """The log's name has no key in it, so that old logs do not pile up."""
    return f"install-{template.rpartition('_')[0]}.log"
