"""Serving: start Odoo, wait until it answers, stop it by its process id."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from . import database as databases
from . import odoo_command, odoo_config, paths
from .console import step
from .errors import LauncherError

HOST = "127.0.0.1"
START_SECONDS = 120
STOP_SECONDS = 15
# So many may wait for an answer at the same moment; the kernel has a limit of its own.
BACKLOG = 1024
# Odoo takes over a socket that it finds as its third file (systemd's convention).
TAKE_OVER = 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@" 3<&0 0</dev/null'


class Server:
    """One running Odoo server, and the launcher that watches over it."""

    def __init__(self, database, port, pid=None, keeper=None):
        self.database = database
        self.port = port
        self.pid = pid
        self.keeper = keeper

    @property
    def url(self):
        return f"http://{HOST}:{self.port}"

    @property
    def is_alive(self):
        """Whether the process still is the Odoo of this database (process ids are used
        again).
        """
        command = _command_line(self.pid)
        return self.database in command and any("odoo" in part for part in command)

    @property
    def is_kept(self):
        """Whether a launcher of this clone watches over it."""
        command = _command_line(self.keeper)
        return str(paths.ROOT) in command and any("launcher" in c for c in command)

    def remember(self, keeper):
        """Leave a note by which ``stop`` finds the server and ``keeper``, the launcher
        that watches over it.
        """
        self.keeper = keeper
        names = ("database", "port", "pid", "keeper")
        note = _note(self.database)
        unfinished = note.with_suffix(".part")
        unfinished.write_text(json.dumps({name: getattr(self, name) for name in names}))
        unfinished.rename(note)

    def stop(self):
        """Ask Odoo to end, make it end after a while, and forget it. Its launcher, if
        it is another process, does this itself.
        """
        if self.keeper != os.getpid() and self.is_kept:
            os.kill(self.keeper, signal.SIGTERM)
            _wait_until(lambda: not self.is_kept, 3 * STOP_SECONDS)
        for number, seconds in (
            (signal.SIGTERM, STOP_SECONDS),
            (signal.SIGKILL, STOP_SECONDS),
        ):
            if not self.is_alive:
                break
            os.kill(self.pid, number)
            _wait_until(lambda: not self.is_alive, seconds)
        _note(self.database).unlink(missing_ok=True)


class OwnServer(Server):
    """A server that this process starts, on ``port`` of this machine only.

    :param workers: number of processes; 0 means one with threads
    :param jobs: whether it also does what is planned for certain hours
    :raise LauncherError: when another program listens on the port
    """

    def __init__(self, database, port, log_name, workers=0, jobs=True):
        super().__init__(database, port)
        self.listening = _listen(port)
        self.log = paths.LOG / log_name
        self._options = (
            f"-d {database} --db-filter ^{database}$ --http-port {port}"
            f" --workers {workers} --gevent-port {free_port()}"
            f" {odoo_config.connections(workers)}"
            f"{'' if jobs else ' --max-cron-threads 0'}"
        ).split()

    def start(self):
        """Start Odoo, also once more, and return when it answers."""
        if self.pid:
            self._end_what_is_left()
        databases.set_address(self.database, self.url)
        with open(self.log, "a") as file:
            process = subprocess.Popen(
                ["sh", "-c", TAKE_OVER, "sh", *odoo_command.PROGRAM, *self._options],
                stdin=self.listening,
                stdout=file,
                stderr=subprocess.STDOUT,
                env=odoo_command.environment(),
                cwd=paths.ROOT,
                start_new_session=True,
            )
        self.pid = process.pid
        try:
            _wait_until(
                lambda: process.poll() is not None or _answers(self), START_SECONDS
            )
            if process.poll() is not None or not _answers(self):
                raise LauncherError(
                    f"Odoo did not start (details: {self.log.relative_to(paths.ROOT)})"
                )
        except BaseException:
            self._end_what_is_left()
            process.wait()
            raise

    def _end_what_is_left(self):
        """Worker processes live on for a while after their master."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def stop(self):
        self.listening.close()
        super().stop()
        if self.pid:
            self._end_what_is_left()


def start(database, port, log_name, workers=0, jobs=True):
    """Start Odoo as an ``OwnServer`` and return it when it answers."""
    server = OwnServer(database, port, log_name, workers, jobs)
    try:
        server.start()
    except BaseException:
        server.listening.close()
        raise
    return server


def running():
    """The servers that were started here and still run, or are being started again."""
    notes = [
        json.loads(file.read_text()) for file in sorted(paths.RUN.glob("*.server"))
    ]
    servers = [Server(**note) for note in notes]
    return [server for server in servers if server.is_alive or server.is_kept]


def _command_line(pid):
    """The words that the process was started with; none when there is no such one."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except OSError:
        return []


def _listen(port):
    """A socket that listens on ``port``; refused when another program does."""
    try:
        listening = socket.create_server((HOST, port), backlog=BACKLOG)
    except OSError:
        raise LauncherError(
            f"Port {port} is in use; choose another one with --port."
        ) from None
    # Several processes take calls from it: who finds none goes on.
    listening.setblocking(False)
    return listening


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def stop_all(database=None):
    """Stop the servers started here, or only the one of ``database``."""
    for server in running():
        if database in (None, server.database):
            with step(f"Stopping {server.url}"):
                server.stop()


def _note(database):
    return paths.RUN / f"{database}.server"


def _answers(server):
    try:
        with urllib.request.urlopen(f"{server.url}/web/health", timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _wait_until(condition, seconds):
    """Check ``condition`` until it holds; return whether it did in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return condition()
