"""Odoo starts itself anew after a request that took too long, or when told to."""

import os
import signal
import time

from launcher import paths

from .served import copied, serving

SECONDS = 120


def test_a_server_that_starts_itself_anew_answers_again():
    with copied("restart") as name, serving(name) as server:
        folder = os.environ["MOTCUA_TEST_LOGS"].rpartition("/")[2]
        log = paths.LOG / folder / f"{name}.log"
        os.kill(server.pid, signal.SIGHUP)
        end = time.monotonic() + SECONDS
        while log.read_text().count("HTTP service (werkzeug) running") < 2:
            assert time.monotonic() < end, log.read_text()[-1000:]
        assert server.is_alive
