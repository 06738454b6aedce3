"""The embedded PostgreSQL: a cluster of this clone's own, behind a Unix socket.

PostgreSQL refuses to run as root, so root lends the work to the system user
``postgres``. A folder that this user cannot enter (a clone under /root) or a path too
long for a socket is replaced by a folder outside the clone, named by its id. No TCP
port is opened, so two clones never collide; operating-system users are the only
credentials (peer).
"""

import getpass
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from . import lock, paths
from .console import step
from .errors import LauncherError
from .process import output_of, run_logged

ROLE = "motcua"
SYSTEM_USER = "postgres"
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107
INCLUDE = "\ninclude = 'motcua.conf'\n"
OUTSIDE = Path("/var/lib/motcua")


def home():
    """The folder that holds the cluster, its settings and its log."""
    inside = paths.STATE / "postgres"
    if os.geteuid() != 0 or _reachable_for_all(inside.parent):
        return inside
    return OUTSIDE / paths.clone_id()


def _reachable_for_all(folder):
    return all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))


def socket_folder():
    """The folder of the server's socket: what psql, pg_dump and Odoo take as host."""
    inside = home() / "socket"
    if len(str(inside / SOCKET_NAME).encode()) <= SOCKET_PATH_LIMIT:
        return inside
    return Path("/tmp") / f"motcua-{paths.clone_id()}"


def _cluster():
    return home() / "cluster"


def _program(name):
    """A program of the newest PostgreSQL that Debian installed, else one on PATH."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: -int(folder.parent.name),
    )
    search_path = os.pathsep.join(map(str, folders))
    found = shutil.which(name, path=search_path) or shutil.which(name)
    if not found:
        raise LauncherError(
            f"PostgreSQL's program {name} is missing; install the package postgresql."
        )
    return found


def _as_owner(name, *arguments):
    """Command line that runs one of PostgreSQL's programs as the cluster's owner."""
    prefix = ["runuser", "-u", SYSTEM_USER, "--"] if os.geteuid() == 0 else []
    return [*prefix, _program(name), *map(str, arguments)]


def client(name, *arguments, as_owner=False):
    """Command line of a client program, as the role ``motcua`` or as superuser."""
    connection = (f"--host={socket_folder()}", "-U", SYSTEM_USER if as_owner else ROLE)
    if as_owner:
        return _as_owner(name, *connection, *arguments)
    return [_program(name), *connection, *arguments]


def query(sql, database="postgres"):
    """The output of one SQL statement run by the superuser, one row a line."""
    command = client("psql", "-XAtq", "-d", database, "-c", sql, as_owner=True)
    result = subprocess.run(command, capture_output=True, text=True, cwd="/")
    if result.returncode:
        raise LauncherError(
            f"PostgreSQL refused: {result.stderr.strip().splitlines()[0]}"
        )
    return result.stdout.strip()


def is_running():
    return bool(output_of(_as_owner("pg_ctl", "-D", _cluster(), "status"), cwd="/"))


def is_alive():
    """Whether the server's process is there; cheap, for looking often."""
    try:
        pid = (_cluster() / "postmaster.pid").read_text().split()[0]
        return Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
    except (OSError, IndexError):
        return False


def ensure_cluster():
    """Create the cluster; one that was only half created is created anew."""
    complete = home() / "complete"
    if complete.exists():
        return
    with step("Creating the PostgreSQL cluster"):
        shutil.rmtree(_cluster(), ignore_errors=True)
        _make_folder(home())
        options = f"-U {SYSTEM_USER} --auth=peer --encoding=UTF8 --locale=C.UTF-8"
        run_logged(
            _as_owner("initdb", *options.split(), f"--pgdata={_cluster()}"),
            "postgres.log",
            "The PostgreSQL cluster could not be created",
            cwd="/",
        )
        _write_settings()
        _write_users()
        complete.touch()


def _make_folder(folder):
    """A folder owned by whoever runs PostgreSQL, closed to everybody else."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    _give_to_owner(folder)


def _give_to_owner(path):
    if os.geteuid() == 0:
        shutil.chown(path, SYSTEM_USER, SYSTEM_USER)


def _write_users():
    (_cluster() / "pg_hba.conf").write_text("local all all peer map=launcher\n")
    me = getpass.getuser()
    owner = SYSTEM_USER if os.geteuid() == 0 else me
    (_cluster() / "pg_ident.conf").write_text(
        f"launcher {me} {ROLE}\nlauncher {owner} {SYSTEM_USER}\n"
    )


def _write_settings():
    """The settings of today's clone, also for a cluster that an older one has made.

    :return: whether they are new to the cluster
    """
    settings = (paths.CONFIG / "postgres" / "embedded.conf").read_text()
    own, main = _cluster() / "motcua.conf", _cluster() / "postgresql.conf"
    if own.exists() and own.read_text() == settings:
        return False
    own.write_text(settings)
    _give_to_owner(own)
    if INCLUDE not in main.read_text():
        with open(main, "a") as file:
            file.write(INCLUDE)
    return True


def start():
    """Start the server when it is not running.

    :return: whether this call started it (and its caller should stop it)
    """
    with lock.exclusive("postgres"):
        settings_are_new = _write_settings()
        if is_running():
            if settings_are_new:
                query("SELECT pg_reload_conf()")
            return False
        with step("Starting PostgreSQL"):
            _make_folder(socket_folder())
            run_logged(
                _as_owner(
                    "pg_ctl",
                    *"start --wait --silent --timeout=60".split(),
                    f"--pgdata={_cluster()}",
                    f"--log={home() / 'postgres.log'}",
                    f"--options=-k '{socket_folder()}'",
                ),
                "postgres.log",
                f"PostgreSQL would not start, see {home() / 'postgres.log'}",
                cwd="/",
                start_new_session=True,
            )
            _ensure_role()
    return True


@contextmanager
def available():
    """Have the server running inside the ``with`` block, and afterwards as before."""
    started = start()
    try:
        yield
    finally:
        if started:
            stop_unless_used()


def _ensure_role():
    if not query(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"):
        query(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER CREATEDB")


def stop_unless_used():
    """Stop the server, unless other programs are connected to it.

    :return: whether it is stopped now
    """
    if not is_running():
        return True
    others = query(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    if others != "0":
        return False
    options = "stop --mode=fast --wait --silent".split()
    run_logged(
        _as_owner("pg_ctl", *options, f"--pgdata={_cluster()}"),
        "postgres.log",
        "PostgreSQL could not be stopped",
        cwd="/",
    )
    return True
