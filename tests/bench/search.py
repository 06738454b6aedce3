"""Finding dossiers as officers type: names without accents, parts of codes, numbers."""

import random

from . import addon_tools
from .measure import Limit, stopwatch, timing

BAR = 50
WARM_UP = 20
KNOWN = ["code", "applicant_name", "applicant_phone", "applicant_id_number", "subject"]
NOBODY = "nguyen khong ten"


def search_all(rpc, who, rounds):
    """The search of the command palette, over all that the user may see.

    :return: a row of the table
    """

    def search(typed):
        found = rpc.call(
            "motcua.dossier",
            "search_read",
            [["display_name", "ilike", typed]],
            ["display_name", "applicant_name", "subject"],
            limit=8,
            order="id desc",
        )
        if bool(found) == (typed == NOBODY):
            raise RuntimeError(f"“{typed}” found {len(found)} dossiers")

    return _measure(f"search, {who}", search, rpc, rounds)


def search_open(rpc, who, calls, rounds):
    """The search bar above the list of open dossiers.

    :param calls: of the web client when the list opens
    """

    def search(typed):
        for call in calls:
            call.repeat(rpc, [["display_name", "ilike", typed]])

    return _measure(f"search bar, {who}", search, rpc, rounds)


def _measure(name, search, rpc, rounds):
    typed = _typed(rpc, WARM_UP + rounds)
    taken = [stopwatch(lambda text=text: search(text)) for text in typed]
    return Limit(name, timing(taken[WARM_UP:]), BAR)


def _typed(rpc, count):
    """What officers type to find dossiers that are there, and now and then one that is
    not.
    """
    dice = random.Random(2026)
    ids = dice.sample(rpc.call("motcua.dossier", "search", []), count)
    rows = rpc.call("motcua.dossier", "read", ids, KNOWN)
    return [dice.choice(_ways(row)) for row in rows]


def _ways(row):
    unaccent = addon_tools.load("text").unaccent
    name = unaccent(row["applicant_name"])
    surname, middle, given = name.split()
    what = " ".join(unaccent(row["subject"]).split()[-2:])
    _agency, day, number = row["code"].split("-")
    return (
        row["applicant_name"],
        name,
        f"{middle} {given}",
        f"{given} {surname}",
        given,
        surname,
        f"{given} {what}",
        f"{surname} {what}",
        f"{surname} {given} {day}",
        row["code"],
        f"{day}-{number}",
        day,
        row["applicant_phone"],
        row["applicant_id_number"],
        NOBODY,
    )
