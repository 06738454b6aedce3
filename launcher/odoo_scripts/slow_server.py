"""``./motcua test --slow N``: Odoo as on a machine that takes N times as long."""

import threading
import time

from odoo.http import Application


def slow_down(times):
    """Keep every answer back for ``times`` as long as it took to make. Live connections
    end when the browser leaves, not when something is made, and are let be.
    """
    answer = Application.__call__

    def answer_late(self, environ, start_response):
        start = time.monotonic()
        result = answer(self, environ, start_response)
        if environ["PATH_INFO"] != "/websocket":
            # Waiting is no work: Odoo's limit of time for a request counts that alone.
            threading.current_thread().start_time = None
            time.sleep(times * (time.monotonic() - start))
        return result

    Application.__call__ = answer_late
