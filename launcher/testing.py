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


def run(arguments, slow=1):
    """Run the whole suite on all cores, or with arguments what they name in one
    process; return pytest's status.

    :param slow: how many times as long browser and server shall take as they can
    """
    name = f"motcua_test_{os.getpid()}"
    folder = _log_folder()
    setup.ensure(with_tests=True)
    with postgres.available():
        try:
            with lock.exclusive("databases"):
                key = template_key()
                plain = ensure_plain_template(key)
                demo = _ensure_demo_template(key, plain)
                for template in (plain, demo):
                    shutil.copy(paths.LOG / _template_log(template), folder)
                with step("Copying the test databases"):
                    database.copy(plain, name)
                    database.copy(demo, f"{name}_demo")
            return _pytest(name, folder, arguments, slow)
        finally:
            for copy in database.names(name):
                database.drop(copy)


def _pytest(name, folder, arguments, slow):
    whole = {} if arguments else {"MOTCUA_WHOLE_SUITE": "1"}
    processes = ["-n", str(os.cpu_count())] if whole else []
    environment = odoo_command.environment(
        PGHOST=str(postgres.socket_folder()),
        PGUSER=postgres.ROLE,
        MOTCUA_TEST_LOGS=str(folder),
        MOTCUA_TEST_DEMO=f"{name}_demo",
        MOTCUA_TEST_SLOW=str(slow),
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


def ensure_plain_template(key):
    """The database with all add-ons and no demo data; templates of other states of the
    add-ons are removed.
    """
    for old in database.names(PLAIN_PREFIX) + database.names(DEMO_PREFIX):
        if not old.endswith(key):
            database.drop(old)
    plain = PLAIN_PREFIX + key
    if not database.exists(plain):
        with database.building(plain) as work:
            database.install(work, "admin", _template_log(plain))
    return plain


def _ensure_demo_template(key, plain):
    demo = DEMO_PREFIX + key
    if not database.exists(demo):
        (paths.LOG / _template_log(demo)).unlink(missing_ok=True)
        with database.building(demo) as work:
            database.copy(plain, work)
            database.load_demo(work, _template_log(demo))
    return demo


def template_key():
    """Names the state of everything that the templates are made from."""
    scripts = sorted(paths.SCRIPTS.glob("*.py"))
    return stamps.digest(addons.content_hash(), *scripts)[:12]


def _template_log(template):
    """The log's name has no key in it, so that old logs do not pile up."""
    return f"install-{template.rpartition('_')[0]}.log"
