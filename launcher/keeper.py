"""What died is started again: PostgreSQL and Odoo, as long as the launcher lives.

The launcher holds the socket that Odoo listens on, so nobody who comes while Odoo is
away is turned away: first they are told to come back, then, while Odoo starts, they
wait for it.
"""

import os
import time
from contextlib import nullcontext

from .apology import apologising
from .errors import LauncherError

FIRST_WAIT = 1
LONGEST_WAIT = 30
CALM_SECONDS = 60
LOOK_EVERY = 0.5


class Backoff:
    """How long to wait before the next start: longer each time, as long as what was
    started dies again soon.
    """

    def __init__(self):
        self._wait = 0
        self._last = None

    def next(self, now):
        """Seconds to wait before what died at ``now`` (in seconds) is started again."""
        if self._last is None or now - self._last > CALM_SECONDS + self._wait:
            self._wait = FIRST_WAIT
        else:
            self._wait = min(2 * self._wait, LONGEST_WAIT)
        self._last = now
        return self._wait


def keep(serving, postgres, report):
    """Start again what dies, for ever.

    :param serving: the ``server.OwnServer`` that runs
    :param postgres: has ``is_alive()`` and ``start()``
    :param report: function that gets a line to tell
    """
    backoff = Backoff()
    while True:
        time.sleep(LOOK_EVERY)
        if dead := _dead(serving, postgres):
            wait = backoff.next(time.monotonic())
            report(f"{dead} died and will be started again in {wait} s")
            try:
                _revive(serving, postgres, wait)
                report(f"{dead} runs again")
            except LauncherError as error:
                report(str(error))


def _dead(serving, postgres):
    alive = {"PostgreSQL": postgres.is_alive(), "Odoo": serving.is_alive}
    return " and ".join(name for name in alive if not alive[name])


def _revive(serving, postgres, wait):
    """Odoo that lives without its database says so by itself."""
    alone = serving.is_alive
    with nullcontext() if alone else apologising(serving.listening):
        time.sleep(wait)
        postgres.start()
    if not serving.is_alive:
        serving.start()
        serving.remember(os.getpid())
