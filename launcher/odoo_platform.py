"""Odoo 19 itself: an existing one named by ODOO_HOME, or Debian unstable's package
unpacked under ``.motcua/``.

The package is fetched and verified by apt with a private configuration, so nothing else
ever comes from unstable, and it is unpacked, not installed. Its links to Debian's fonts
and JavaScript are made to work inside the unpacked tree.
"""

import os
import re
import shutil
from pathlib import Path

from . import paths, stamps
from .console import step
from .errors import LauncherError
from .process import output_of, run_logged

PACKAGE = "odoo-19"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
LINKED_SHARES = ("javascript", "fonts", "fonts-font-awesome")
DEBIAN_SUITES = re.compile(
    r"^(stable|oldstable|testing|unstable|sid|bookworm|trixie|forky)\b"
)


def python_path():
    """The folder to put on Python's path so that ``import odoo`` works."""
    home = os.environ.get("ODOO_HOME")
    return (
        Path(home).resolve()
        if home
        else paths.PLATFORM.resolve() / "usr/lib/python3/dist-packages"
    )


def addons_folders():
    """Odoo's own add-on folders: a source checkout has a second one beside the package
    ``odoo``.
    """
    top = python_path()
    folders = [top / "odoo" / "addons"]
    if (top / "odoo-bin").exists():
        folders.append(top / "addons")
    return folders


def version():
    """Which Odoo this is: the package's version, or the folder that ODOO_HOME names."""
    record = paths.PLATFORM / "VERSION"
    return os.environ.get("ODOO_HOME") or record.read_text().strip()


def ensure():
    """Make Odoo's code available."""
    if os.environ.get("ODOO_HOME"):
        _check_release(python_path())
        return
    stamp = paths.PLATFORM / ".complete"
    if not stamps.is_current(stamp, PACKAGE):
        _unpack(stamp)


def _check_release(folder):
    release = folder / "odoo" / "release.py"
    if not release.is_file() or not re.search(
        r"^version_info = \(19, 0\b", release.read_text(), re.MULTILINE
    ):
        raise LauncherError(f"ODOO_HOME is {folder}, but no Odoo 19.0 lies there.")


def _unpack(stamp):
    download = paths.STATE / "download"
    shutil.rmtree(download, ignore_errors=True)
    shutil.rmtree(paths.PLATFORM, ignore_errors=True)
    download.mkdir(parents=True)
    with step("Fetching Odoo 19 from Debian unstable"):
        archive = _fetch(download)
    with step(f"Unpacking {archive.name}"):
        run_logged(
            ["dpkg", "-x", archive.name, paths.PLATFORM],
            "platform.log",
            "Odoo could not be unpacked",
            cwd=download,
        )
        for share in LINKED_SHARES:
            _link(paths.PLATFORM / "usr/share" / share, Path("/usr/share") / share)
        _check_release(python_path())
    shutil.rmtree(download)
    (paths.PLATFORM / "VERSION").write_text(archive.stem + "\n")
    stamps.write(stamp, PACKAGE)


def _fetch(folder):
    """Download the package into ``folder`` with apt's own verification and return its
    path.
    """
    for name in ("parts", "lists/partial", "cache/archives/partial", "preferences"):
        (folder / name).mkdir(parents=True)
    (folder / "parts" / "unstable.sources").write_text(
        f"Types: deb\nURIs: {_mirror()}\nSuites: sid\nComponents: main\n"
        f"Signed-By: {KEYRING}\n"
    )
    options = {
        "Dir::Etc::SourceList": "/dev/null",
        "Dir::Etc::SourceParts": folder / "parts",
        "Dir::Etc::Preferences": "/dev/null",
        "Dir::Etc::PreferencesParts": folder / "preferences",
        "Dir::State::Lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        "APT::Sandbox::User": "",
        "APT::Update::Error-Mode": "any",
        "Acquire::Languages": "none",
    }
    apt = ["apt-get", *(f"-o{name}={value}" for name, value in options.items())]
    failure = "Odoo 19 could not be fetched from Debian unstable; is there a network?"
    run_logged([*apt, "update"], "platform.log", failure, cwd=folder)
    run_logged([*apt, "download", PACKAGE], "platform.log", failure, cwd=folder)
    return next(folder.glob(f"{PACKAGE}_*.deb"))


def _mirror():
    """The Debian mirror this machine already uses."""
    listing = "apt-get indextargets --no-release-info --format".split()
    sources = output_of([*listing, "$(SITE) $(RELEASE)", "Created-By: Packages"])
    for line in sources.splitlines():
        site, _, release = line.rpartition(" ")
        if DEBIAN_SUITES.match(release) and "security" not in site:
            return site
    raise LauncherError(
        "No Debian mirror is configured in /etc/apt, so Odoo 19 cannot be fetched;"
        " name an Odoo 19 that is already there with ODOO_HOME."
    )


def _link(link, target):
    """Make ``link`` lead to the system's folder; what the package itself ships there
    stays reachable.
    """
    link.parent.mkdir(parents=True, exist_ok=True)
    if not link.exists():
        link.symlink_to(target)
        return
    for entry in target.iterdir():
        if not (link / entry.name).exists():
            (link / entry.name).symlink_to(entry)
