"""What officers look at all day: the board, the list of what is open, and their own
work, each beside itself where there is less history.
"""

from .browser import recording
from .measure import Ratio, interleave

BOARD = ".o_motcua_board .o_kanban_record .o_motcua_card"
LIST = ".o_list_view .o_data_row"
BAR = 1.5


def record(page):
    """The calls of the web client when the board opens, and when it turns into a list:
    two lists.
    """
    with recording(page, "motcua.dossier") as board:
        page.goto("/odoo/motcua-board")
        page.wait_for_selector(BOARD)
    with recording(page, "motcua.dossier") as rows:
        page.click("button.o_switch_view.o_list")
        page.wait_for_selector(LIST)
    return board, rows


def compare(board, rows, officers, leaders, rounds):
    """Rows of the table.

    :param board, rows: what ``record`` has returned
    :param officers, leaders: the sessions of the same two users in both databases
    """
    benches = (
        ("board, commune", [_asking(board, rpc) for rpc in officers]),
        ("board, province", [_asking(board, rpc) for rpc in leaders]),
        ("list of the open, commune", [_asking(rows, rpc) for rpc in officers]),
        ("list of the open, province", [_asking(rows, rpc) for rpc in leaders]),
        ("my work, two posts", [_working(rpc) for rpc in officers]),
    )
    return [Ratio(name, interleave(asking, rounds, 5), BAR) for name, asking in benches]


def _asking(calls, rpc):
    return lambda: [call.repeat(rpc) for call in calls]


def _working(rpc):
    return lambda: rpc.call("motcua.my.work", "load")
