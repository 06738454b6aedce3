"""``./motcua backup`` and ``restore``: a database and its files in one archive.

The archive is a compressed tar file: ``database.dump`` (pg_dump's custom format) and
the files of the database below ``filestore/``. Odoo never changes a stored file, so a
dump taken first and files copied afterwards belong together.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from . import database, lock, postgres, setup
from .console import say, step
from .errors import LauncherError

DUMP = "database.dump"
FILESTORE = "filestore"
STORED_FILE = re.compile(rf"{FILESTORE}/([0-9a-f]{{2}}/[0-9a-f]{{40}})")


def save(file, name):
    """Write the database ``name`` into the new archive ``file``."""
    database.check_name(name)
    if file.exists():
        raise LauncherError(f"{file} exists already; a backup overwrites nothing.")
    setup.ensure()
    with postgres.available(), lock.exclusive("databases"):
        with tempfile.TemporaryDirectory() as folder:
            if not database.exists(name):
                raise LauncherError(f"There is no database {name}.")
            dump = Path(folder) / DUMP
            with step(f"Dumping the database {name}"):
                _run("pg_dump", f"--format=custom --file={dump} {name}")
            with step("Packing the dump and the files"):
                _pack(file, dump, database.filestore(name))
    say(f"{file} holds the database {name} ({file.stat().st_size / 1e6:.1f} MB).")


def restore(file, name):
    """Make the new database ``name`` from the archive ``file``."""
    database.check_name(name)
    if not file.is_file():
        raise LauncherError(f"There is no file {file}.")
    setup.ensure()
    with postgres.available(), lock.exclusive("databases"):
        with tempfile.TemporaryDirectory() as folder:
            if database.exists(name):
                raise LauncherError(
                    f"There is a database {name} already; choose another with --db."
                )
            with database.building(name) as work:
                dump = Path(folder) / DUMP
                with step("Unpacking the dump and the files"):
                    _unpack(file, dump, database.filestore(work))
                with step(f"Restoring the database {name}"):
                    database.create_empty(work)
                    _run(
                        "pg_restore",
                        f"--no-owner --exit-on-error --dbname={work} {dump}",
                    )
    say(f"The database {name} is restored; ./motcua run --db {name} serves it.")


def _run(program, options):
    result = subprocess.run(
        postgres.client(program, *options.split()), capture_output=True, text=True
    )
    if result.returncode:
        reason = result.stderr.strip().splitlines()[0]
        raise LauncherError(f"{program} failed: {reason}")


def _pack(file, dump, filestore):
    """Write the archive under a working name first, so that no half of one is left."""
    unfinished = file.with_name(f"{file.name}.part")
    try:
        with tarfile.open(unfinished, "w:gz") as archive:
            archive.add(dump, DUMP)
            if filestore.exists():
                archive.add(filestore, FILESTORE)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _unpack(file, dump, filestore):
    """Take the dump and the stored files out of the archive, and nothing else."""
    try:
        with tarfile.open(file) as archive:
            for member in archive:
                stored = STORED_FILE.fullmatch(member.name)
                if member.isfile() and member.name == DUMP:
                    _extract(archive, member, dump)
                elif member.isfile() and stored:
                    _extract(archive, member, filestore / stored.group(1))
    except (tarfile.TarError, EOFError, OSError) as error:
        reason = str(error).splitlines()[0].rstrip(":")
        raise LauncherError(f"{file} is no whole backup: {reason}.") from None
    if not dump.exists():
        raise LauncherError(f"{file} is no backup of Motcua: no dump lies in it.")


def _extract(archive, member, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.extractfile(member) as source, open(target, "wb") as copy:
        shutil.copyfileobj(source, copy)
