"""What the launcher itself answers at Odoo's address while Odoo is not there."""

import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from . import paths

PAGE = paths.ADDONS / "motcua_base" / "static" / "unavailable.html"
RETRY_SECONDS = 5
SECONDS_FOR_BODY = 5
PIECE = 64 * 1024


class Apology(BaseHTTPRequestHandler):
    """Whatever is asked for: 503, and to come back."""

    timeout = SECONDS_FOR_BODY

    def _apologise(self):
        self._take_body()
        page = PAGE.read_bytes()
        self.send_response(503)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Retry-After", str(RETRY_SECONDS))
        self.send_header("Motcua-Not-Begun", "1")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = _apologise

    def _take_body(self):
        """A connection that is closed with something unread is reset, and the answer
        lost.
        """
        left = int(self.headers.get("Content-Length") or 0)
        with suppress(OSError):
            while left > 0 and (piece := self.rfile.read(min(left, PIECE))):
                left -= len(piece)

    def log_message(self, *arguments):
        """Nothing: addresses hold personal data."""


@contextmanager
def apologising(listening):
    """Inside the ``with`` block those who come to the socket ``listening`` get the
    page. Afterwards they wait until somebody else takes their call.
    """
    with ThreadingHTTPServer(
        listening.getsockname(), Apology, bind_and_activate=False
    ) as site:
        site.socket.close()
        site.socket = listening.dup()
        site.daemon_threads = True
        thread = threading.Thread(target=site.serve_forever, args=(0.1,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            site.shutdown()
            thread.join()
