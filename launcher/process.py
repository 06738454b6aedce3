"""Run other programs: their output goes to a log file, their failure becomes one
sentence.
"""

import os
import shutil
import subprocess

from . import paths
from .errors import LauncherError


def run_logged(command, log_name, failure, **options):
    """Run ``command`` with its output appended to ``.motcua/log/<log_name>``.

    :param failure: the sentence to show when the command fails; the log's path is added
        to it
    :raise LauncherError: when the command cannot be started or ends with another status
        than 0
    """
    paths.make_state_folders()
    log = paths.LOG / log_name
    with open(log, "a") as file:
        file.write(f"\n$ {' '.join(map(str, command))}\n")
        file.flush()
        try:
            status = subprocess.run(
                command, stdout=file, stderr=subprocess.STDOUT, **options
            ).returncode
        except FileNotFoundError:
            raise LauncherError(
                f"{failure} (there is no program {command[0]})"
            ) from None
    if status:
        raise LauncherError(f"{failure} (details: {log.relative_to(paths.ROOT)})")


def output_of(command, **options):
    """What ``command`` prints, stripped; empty when it fails or does not exist."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, **options)
    except FileNotFoundError:
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


def as_root():
    """The prefix that makes a command run as root; None when nothing does."""
    if os.geteuid() == 0:
        return []
    return ["sudo"] if shutil.which("sudo") else None
