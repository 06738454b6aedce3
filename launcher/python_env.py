"""The Python environment: a virtual environment with exactly the locked packages, and
Odoo on its path.

``requirements/*.txt`` are the locks (versions and hashes), compiled from
``requirements/*.in``. Each lock has its stamp inside the environment, so an environment
that is removed or half made is made anew.
"""

import shutil
import sys

from . import odoo_platform, paths, stamps
from .console import step
from .process import run_logged

FAILURE = "Python packages could not be installed; is there a network?"


def ensure(with_tests=False):
    """Make the environment hold ``requirements/runtime.txt`` and, for tests and lint,
    ``requirements/test.txt``.
    """
    _ensure_environment()
    _ensure_lock("runtime")
    if with_tests:
        _ensure_lock("test")


def _ensure_environment():
    base = f"{sys.base_prefix} {sys.version_info[:2]}"
    stamp = paths.VENV / "base.stamp"
    if not stamps.is_current(stamp, base):
        shutil.rmtree(paths.VENV, ignore_errors=True)
        with step("Creating a Python {}.{} environment".format(*sys.version_info)):
            run_logged(
                [sys.executable, "-m", "venv", paths.VENV],
                "python.log",
                "The Python environment could not be created",
            )
        stamps.write(stamp, base)
    _put_odoo_on_path()


def _put_odoo_on_path():
    (site_packages,) = paths.VENV.glob("lib/python3*/site-packages")
    (site_packages / "odoo-19.pth").write_text(f"{odoo_platform.python_path()}\n")


def _ensure_lock(name):
    lock = paths.REQUIREMENTS / f"{name}.txt"
    stamp = paths.VENV / f"{name}.stamp"
    value = stamps.digest(lock)
    if stamps.is_current(stamp, value):
        return
    with step(f"Installing the locked Python packages ({name})"):
        pip = ["pip", "install", "--no-deps", "--require-hashes", "-r"]
        run_logged([paths.PYTHON, "-m", *pip, lock], "python.log", FAILURE)
    stamps.write(stamp, value)
