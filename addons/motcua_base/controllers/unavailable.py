"""A polite 503 where Odoo would answer with an error, or that there is no such page.

- Without its database Odoo logs everybody out and answers 404. The fault passes by
  itself: sessions stay, and the browser is told when to come back.
- One process with threads takes on any number of requests at once, and those that get
  no connection of the pool fail. They wait for one another here, and who has waited
  too long is told to come back.

Answers to requests of which nothing was done yet say so in a header: whoever sent such
a one may send it once more.
"""

import logging
from threading import BoundedSemaphore

import psycopg2
from psycopg2.pool import PoolError
from werkzeug.exceptions import ServiceUnavailable

from odoo.http import RegistryError, Request, Response
from odoo.sql_db import db_connect
from odoo.tools import config, file_open

PAGE = "motcua_base/static/unavailable.html"
RETRY_SECONDS = 5
PATIENCE = 20  # seconds until a waiting request is refused
NOT_BEGUN = "Motcua-Not-Begun"
# A request, the number that a reception takes aside, and the page that a PDF is made of
# each take a connection.
CONNECTIONS_OF_REQUEST = 3
SYSTEM_DATABASE = "postgres"
PDF_PROGRAM = "wkhtmltopdf"
LOST_CONNECTION = ("08", "53300", "57P")  # classes of PostgreSQL's errors (SQLSTATE)

_logger = logging.getLogger(__name__)


class Places:
    """How many requests are worked on at the same time.

    :param connections: how many connections to the database there may be
    """

    def __init__(self, connections):
        self._free = BoundedSemaphore(max(connections // CONNECTIONS_OF_REQUEST, 1))

    def serve(self, request, serve):
        """What ``serve(request)`` returns, as soon as there is room for it. What a PDF
        is made of belongs to a request that has its place.
        """
        if PDF_PROGRAM in request.httprequest.headers.get("User-Agent", ""):
            return serve(request)
        if not self._free.acquire(timeout=PATIENCE):
            _logger.info("Too many requests at once: one is told to come back")
            raise unavailable(begun=False)
        try:
            return serve(request)
        finally:
            self._free.release()


def unavailable(begun):
    """The exception that makes a request end in the page of ``PAGE``."""
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    if not begun:
        headers[NOT_BEGUN] = "1"
    with file_open(PAGE, "rb") as page:
        response = Response(
            page.read(),
            status=503,
            headers=headers,
            content_type="text/html; charset=utf-8",
        )
    error = ServiceUnavailable(response=response)
    error.error_response = response  # also to those who asked for JSON
    return error


def is_lost_connection(error):
    """Whether PostgreSQL could not be reached, or went away in the midst."""
    if not isinstance(error, psycopg2.Error) or isinstance(error, PoolError):
        return False
    return error.pgcode.startswith(LOST_CONNECTION) if error.pgcode else True


def serve_politely(serve):
    """``Request._serve_db`` that says 503 where the database is out of reach."""

    def serve_db(request):
        try:
            return serve(request)
        except RegistryError as error:
            if not is_lost_connection(error.__cause__):
                raise
            _logger.warning("The database cannot be reached: %s", error.__cause__)
            raise unavailable(begun=False) from error
        except PoolError as error:
            _logger.warning("No connection to the database is free: %s", error)
            raise unavailable(begun=True) from error
        except psycopg2.Error as error:
            if not is_lost_connection(error):
                raise
            _logger.warning("The connection to the database was cut: %s", error)
            raise unavailable(begun=True) from error

    return serve_db


def serve_nodb_politely(serve):
    """``Request._serve_nodb`` that tells a server whose databases cannot be listed from
    one that has none.
    """

    def serve_nodb(request):
        try:
            db_connect(SYSTEM_DATABASE).cursor().close()
        except psycopg2.Error as error:
            raise unavailable(begun=False) from error
        return serve(request)

    return serve_nodb


def install():
    """Make Odoo serve like this (once in a process)."""
    places = Places(config["db_maxconn"])
    serve = serve_politely(Request._serve_db)
    Request._serve_db = lambda request: places.serve(request, serve)
    Request._serve_nodb = serve_nodb_politely(Request._serve_nodb)
