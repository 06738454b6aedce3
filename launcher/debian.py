"""Debian packages: which ones are wanted, and installing those that are missing."""

import os
import shutil
import subprocess

from . import paths
from .console import step
from .errors import LauncherError
from .process import as_root, run_logged

# Odoo's tree links to the fonts and JavaScript of these packages; PDFs need wkhtmltopdf
# and a Times-metric serif with all Vietnamese letters: Tinos of fonts-croscore.
RUNTIME = (
    "debian-archive-keyring",
    "fonts-croscore",
    "fonts-dejavu-core",
    "fonts-font-awesome",
    "fonts-inconsolata",
    "fonts-liberation",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "libmagic1",
    "postgresql",
    "wkhtmltopdf",
)
# Browser tests, rendering PDFs to pictures, checking docker-compose.yml.
TEST = ("chromium", "docker-compose", "poppler-utils")


def missing(packages):
    """Those of ``packages`` that are not installed."""
    query = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *packages],
        capture_output=True,
        text=True,
    )
    installed = {
        line.split()[0]
        for line in query.stdout.splitlines()
        if line.endswith(" installed")
    }
    return [package for package in packages if package not in installed]


def ensure(packages):
    """Install what is missing of ``packages``; does nothing, and needs no rights, when
    all are there.
    """
    if not shutil.which("dpkg-query"):
        raise LauncherError(
            "This launcher sets up Debian systems; elsewhere use docker-compose.yml."
        )
    wanted = missing(packages)
    if not wanted:
        return
    prefix = as_root()
    if prefix is None:
        raise LauncherError(
            f"Please install as root these Debian packages: {' '.join(wanted)}"
        )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    failure = "Debian packages could not be installed; is there a network?"
    with step(f"Installing {len(wanted)} Debian packages: {' '.join(wanted)}"):
        run_logged([*prefix, "apt-get", "update"], "apt.log", failure, env=environment)
        run_logged(
            [*prefix, "apt-get", "install", "-y", "--no-install-recommends", *wanted],
            "apt.log",
            failure,
            env=environment,
            cwd=paths.ROOT,
        )
