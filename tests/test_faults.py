"""Faults: what is killed comes back by itself, and meanwhile nobody meets anything but
an answer or a polite "come back in a moment".
"""

import configparser
import json
import os
import re
import signal
import subprocess
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
import requests

from launcher import apology, keeper, odoo_config, paths, server

from .clone import Clone

SECONDS = 180  # in which everything has to be as before


# --- how long to wait -----------------------------------------------------------------


def test_what_dies_again_at_once_is_started_less_and_less_often():
    backoff = keeper.Backoff()
    now, waits = 0, []
    for _fault in range(8):
        waits.append(backoff.next(now))
        now += waits[-1] + 5
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]


def test_what_has_lived_for_a_while_is_started_at_once():
    backoff = keeper.Backoff()
    for moment in (0, 5, 10, 15):
        backoff.next(moment)
    assert backoff.next(15 + 8 + keeper.CALM_SECONDS + 1) == keeper.FIRST_WAIT


# --- who comes while Odoo is away -----------------------------------------------------


def test_who_comes_while_odoo_is_away_is_told_to_come_back():
    own = server.OwnServer("nobody", server.free_port(), "unused.log")
    with apology.apologising(own.listening):
        for ask in (
            requests.get(own.url + "/odoo"),
            requests.post(own.url + "/motcua/desk/scan", data=b"x" * 3_000_000),
        ):
            assert ask.status_code == 503
            assert ask.headers["Retry-After"] == "5"
            assert ask.headers["Motcua-Not-Begun"] == "1"
            assert "Hệ thống đang khởi động lại" in ask.content.decode()
    own.listening.close()


# --- the launcher brings back what was killed -----------------------------------------


@pytest.fixture(scope="module")
def kept(archive):
    """A clone with a PostgreSQL of its own, whose launcher keeps Odoo with two worker
    processes."""
    clone = Clone()
    try:
        assert clone.motcua("restore", archive).returncode == 0
        port = server.free_port()
        result = clone.motcua("run", "--daemon", "--workers", 2, "--port", port)
        assert result.returncode == 0, result.stderr
        yield Kept(clone, port)
    finally:
        clone.remove()


class Kept:
    """What runs in the clone, and how to hurt it."""

    def __init__(self, clone, port):
        self.clone = clone
        self.url = f"http://127.0.0.1:{port}"

    def odoo(self):
        note = self.clone.state / "run" / "motcua.server"
        return json.loads(note.read_text())["pid"]

    def postgres(self):
        file = self.clone.state / "postgres" / "cluster" / "postmaster.pid"
        return int(file.read_text().split()[0])

    def backend(self):
        """A process that serves one connection of Odoo."""
        children = Path(f"/proc/{self.postgres()}/task/{self.postgres()}/children")
        for pid in children.read_text().split():
            title = Path(f"/proc/{pid}/cmdline").read_text()
            if title.startswith("postgres: motcua "):
                return int(pid)
        raise AssertionError("Odoo has no connection")

    def log(self):
        return (self.clone.state / "log" / "server-motcua.log").read_text()

    def ask(self):
        """What a browser gets that opens the login."""
        try:
            answer = requests.get(f"{self.url}/web/login", timeout=SECONDS)
        except requests.ConnectionError as error:
            return type(error).__name__
        if answer.status_code == 503:
            return "503" if "Retry-After" in answer.headers else "503 for ever"
        return str(answer.status_code)

    @contextmanager
    def asked_all_the_time(self):
        """Somebody opens the login again and again; gives what they got."""
        end, answers = Event(), []

        def ask():
            while not end.is_set():
                answers.append(self.ask())

        asking = Thread(target=ask)
        asking.start()
        try:
            yield answers
        finally:
            end.set()
            asking.join()

    def is_well_again(self, answers):
        """Wait until the login shows twenty times in a row."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            if answers[-20:] == ["200"] * 20:
                return True
            time.sleep(0.1)
        return False


@pytest.mark.parametrize("victim", ["odoo", "postgres", "backend"])
def test_what_was_killed_comes_back(kept, victim):
    with kept.asked_all_the_time() as answers:
        assert kept.is_well_again(answers)
        os.kill(getattr(kept, victim)(), signal.SIGKILL)
        answers.clear()
        assert kept.is_well_again(answers), Counter(answers)
    # Whose request was being worked on may find the line cut.
    cut = answers.count("ConnectionError")
    assert set(answers) <= {"200", "503", "ConnectionError"}, Counter(answers)
    assert cut <= 1, Counter(answers)


def test_the_log_says_what_died_and_when_it_ran_again(kept):
    before = len(kept.log())
    with kept.asked_all_the_time() as answers:
        os.kill(kept.odoo(), signal.SIGKILL)
        answers.clear()
        assert kept.is_well_again(answers)
        end = time.monotonic() + SECONDS
        while "runs again" not in kept.log()[before:] and time.monotonic() < end:
            time.sleep(0.1)
    log = kept.log()[before:]
    assert re.search(
        r"WARNING \? launcher\.keeper: Odoo died and will be started again in \d+ s",
        log,
    )
    assert re.search(r"WARNING \? launcher\.keeper: Odoo runs again", log)


def test_stop_ends_it_for_good(kept):
    """Last in this file: afterwards nothing runs in the clone."""
    result = kept.clone.motcua("stop")
    assert result.returncode == 0, result.stderr
    assert kept.ask() == "ConnectionError"
    processes = subprocess.run(
        ["pgrep", "-f", str(kept.clone.path)], capture_output=True, text=True
    )
    assert processes.stdout == ""


# --- as many connections as there are -------------------------------------------------


def setting(file, name):
    text = (paths.CONFIG / file).read_text()
    return int(re.search(rf"^{name} = (\d+)", text, re.MULTILINE).group(1))


def production(name):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(paths.CONFIG / "odoo" / "production.conf")
    return parser["options"].getint(name)


def test_production_never_asks_postgresql_for_more_than_it_gives():
    workers = production("workers") + production("max_cron_threads")
    most = workers * production("db_maxconn") + production("db_maxconn_gevent")
    assert most + 20 <= setting("postgres/production.conf", "max_connections")


@pytest.mark.parametrize("workers", [0, 2, 8])
def test_the_launcher_never_asks_postgresql_for_more_than_it_gives(workers):
    numbers = dict(
        re.findall(r"--(db_maxconn\w*) (\d+)", odoo_config.connections(workers))
    )
    of_process = int(numbers["db_maxconn"])
    # One more for what is planned for certain hours.
    most = of_process * ((workers + 1) if workers else 1)
    most += int(numbers.get("db_maxconn_gevent", 0))
    servers_at_once = 2 if workers <= 2 else 1
    given = setting("postgres/embedded.conf", "max_connections")
    assert most * servers_at_once + 20 <= given
