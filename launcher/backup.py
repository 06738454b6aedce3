"""``./motcua backup`` and ``restore``: a database and its files in one archive.

The archive is a compressed tar file: ``database.dump`` (pg_dump's custom format) and
the files of the database below ``filestore/``. Odoo never changes a stored file, so a
dump taken first and files copied afterwards belong together.

Only its owner can read it, and only who has the key where it is encrypted: by GnuPG,
for somebody whose public key is all that this machine has.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path

from . import database, lock, postgres, setup
from .console import say, step
from .errors import LauncherError

DUMP = "database.dump"
FILESTORE = "filestore"
GPG = ("gpg", "--batch", "--quiet", "--yes")
# The first byte of a message that is encrypted for a key, as old and new programs of
# OpenPGP write it (RFC 4880, 4.2; 4.3).
OPENPGP = (b"\x84", b"\x85", b"\x86", b"\xc1")
STORED_FILE = re.compile(rf"{FILESTORE}/([0-9a-f]{{2}}/[0-9a-f]{{40}})")


def save(file, name, recipient=None):
    """Write the database ``name`` into the new archive ``file``.

    :param recipient: for whose key it is encrypted, as GnuPG names keys
    """
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
                _pack(file, dump, database.filestore(name), recipient)
    kept = f"encrypted for {recipient}" if recipient else "not encrypted"
    megabytes = file.stat().st_size / 1e6
    say(f"{file} holds the database {name} ({megabytes:.1f} MB, {kept}).")


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


def _pack(file, dump, filestore, recipient):
    """Write the archive under a working name first, so that no half of one is left."""
    unfinished = file.with_name(f"{file.name}.part")
    try:
        unfinished.touch(mode=0o600)
        with (
            open(unfinished, "wb") as target,
            _encrypting(target, recipient) as stream,
            tarfile.open(fileobj=stream, mode="w|gz") as archive,
        ):
            archive.add(dump, DUMP)
            if filestore.exists():
                archive.add(filestore, FILESTORE)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _unpack(file, dump, filestore):
    """Take the dump and the stored files out of the archive, and nothing else."""
    try:
        with (
            # Without a buffer, which GnuPG would not see.
            open(file, "rb", buffering=0) as source,
            _decrypting(source) as stream,
            tarfile.open(fileobj=stream, mode="r|*") as archive,
        ):
            for member in archive:
                stored = STORED_FILE.fullmatch(member.name)
                if member.isfile() and member.name == DUMP:
                    _extract(archive, member, dump)
                elif member.isfile() and stored:
                    _extract(archive, member, filestore / stored.group(1))
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        reason = str(error).splitlines()[0].rstrip(":")
        raise LauncherError(f"{file} is no whole backup: {reason}.") from None
    if not dump.exists():
        raise LauncherError(f"{file} is no backup of Motcua: no dump lies in it.")


@contextmanager
def _encrypting(target, recipient):
    """What is written into the stream of the block goes into ``target``, for the eyes
    of ``recipient`` only, where there is one."""
    if not recipient:
        yield target
        return
    # Which key is meant was decided by whoever put it into the key ring.
    options = ("--encrypt", "--trust-model", "always", "--recipient", recipient)
    with _gpg(options, stdin=subprocess.PIPE, stdout=target) as gpg:
        yield gpg.stdin


@contextmanager
def _decrypting(source):
    """The stream of the block reads what was written into ``source``."""
    encrypted = source.read(1) in OPENPGP
    source.seek(0)
    if not encrypted:
        yield source
        return
    with _gpg(("--decrypt",), stdin=source, stdout=subprocess.PIPE) as gpg:
        yield gpg.stdout
        while gpg.stdout.read(2**20):
            pass  # what follows the end of the archive


@contextmanager
def _gpg(options, **streams):
    """GnuPG at work; raises LauncherError with its reason where it fails."""
    try:
        gpg = subprocess.Popen((*GPG, *options), stderr=subprocess.PIPE, **streams)
    except FileNotFoundError:
        raise LauncherError("There is no GnuPG here: install gnupg.") from None
    failure = None
    try:
        yield gpg
    except (OSError, EOFError, tarfile.TarError) as error:
        failure = error  # GnuPG's own reason tells more
    for stream in (gpg.stdin, gpg.stdout):
        with suppress(AttributeError, OSError):
            stream.close()
    reason = gpg.stderr.read().decode(errors="replace").strip().splitlines()
    if gpg.wait() and reason:
        raise LauncherError(f"GnuPG: {reason[-1].removeprefix('gpg: ')}")
    if failure:
        raise failure


def _extract(archive, member, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.extractfile(member) as source, open(target, "wb") as copy:
        shutil.copyfileobj(source, copy)
