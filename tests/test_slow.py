"""``./motcua test --slow N``: a machine that takes N times as long."""

import os
import subprocess
import threading
import time

import pytest

from odoo.http import Application

from launcher import paths


@pytest.fixture
def slow_server(monkeypatch):
    """The module that slows Odoo down, on an application that takes 50 ms."""

    def answer(self, environ, start_response):
        time.sleep(0.05)
        return [b"answer"]

    monkeypatch.setattr(Application, "__call__", answer)
    monkeypatch.syspath_prepend(paths.SCRIPTS)
    import slow_server

    return slow_server


def seconds_for(path):
    start = time.monotonic()
    assert Application.__call__(None, {"PATH_INFO": path}, None) == [b"answer"]
    return time.monotonic() - start


def test_an_answer_takes_longer_by_its_own_time(slow_server):
    slow_server.slow_down(3)
    assert seconds_for("/odoo") >= 4 * 0.05


def test_the_wait_is_no_work(slow_server, monkeypatch):
    """Odoo starts itself anew after a request that takes longer than its limit."""
    thread = threading.current_thread()
    monkeypatch.setattr(thread, "start_time", time.time(), raising=False)
    slow_server.slow_down(1)
    seconds_for("/odoo")
    assert thread.start_time is None


def test_a_live_connection_is_let_be(slow_server):
    slow_server.slow_down(100)
    assert seconds_for("/websocket") < 100 * 0.05


def motcua(*arguments):
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("MOTCUA_")}
    return subprocess.run(
        [paths.ROOT / "motcua", *arguments],
        capture_output=True,
        text=True,
        env=inherited,
    )


def test_help_tells_of_it():
    result = motcua("test", "--help")
    assert result.returncode == 0
    assert "--slow N" in result.stdout
    assert "pytest" in result.stdout


@pytest.mark.parametrize("times", ["0", "21", "fast"])
def test_a_factor_that_makes_no_sense_is_refused(times):
    result = motcua("test", "--slow", times)
    assert result.returncode == 2
    assert "--slow" in result.stderr
