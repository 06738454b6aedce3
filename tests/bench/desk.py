"""The desk of a province with years of history behind it."""

from contextlib import ExitStack

from launcher.console import step

from . import intake, screens
from .batch import forward_many
from .browser import browsing
from .history import fill
from .province import Province
from .search import search_all, search_open
from .serving import copy, log_in, serving
from .table import Comparison

LARGE, SMALL = 200_000, 5_000


def run(source, rounds):
    """Measure in copies of the database ``source``.

    :return: list of results for ``table.report``
    """
    province = copy(source, "province")
    with serving(province) as server, step("Setting the scene of a province"):
        scene = Province(server)
    databases = [_with_history(province, total) for total in (LARGE, SMALL)]
    with ExitStack() as stack:
        both = [stack.enter_context(serving(database)) for database in databases]
        officers = [log_in(server, scene.officer) for server in both]
        leaders = [log_in(server, scene.leader) for server in both]
        with browsing(both[0], scene.officer) as page:
            with step("Measuring: how soon one can type"):
                ready = intake.ready_to_type(page, rounds // 4)
            board, rows = screens.record(page)
        with step("Measuring: board, list and my work"):
            growth = screens.compare(board, rows, officers, leaders, rounds // 4)
        officer, leader = officers[0], leaders[0]
        with step("Measuring: search"):
            searches = [
                search_all(officer, "commune", rounds),
                search_all(leader, "province", rounds),
                search_open(officer, "commune", rows, rounds),
                search_open(leader, "province", rows, rounds),
            ]
        with step("Measuring: a batch"):
            batch = forward_many(officer, lambda count: scene.receive(officer, count))
    return [
        Comparison((f"{LARGE:,} dossiers", f"{SMALL:,}"), growth),
        Comparison(("intake", "new contact"), [ready]),
        *searches,
        batch,
    ]


def _with_history(province, total):
    with step(f"Making a history of {total:,} dossiers"):
        database = copy(province, total)
        fill(database, total)
    return database
