"""Dossiers beside tickets and tasks: one at a time, moved on, in a batch."""

from launcher.console import step

from .measure import Ratio, interleave
from .scene import Scene
from .serving import copy, serving
from .table import Comparison

BATCH = 1000


def run(source, rounds):
    """Measure in a copy of the database ``source``.

    :return: list of results for ``table.report``
    """
    with serving(copy(source, "dossiers")) as server:
        with step("Setting the scene"):
            scene = Scene(server)
        rows = []
        for bench, arguments in (
            (receive_one, (rounds,)),
            (move_one, (rounds,)),
            (receive_batch, ()),
        ):
            with step(f"Measuring: {bench.__name__.replace('_', ' ')}"):
                rows.append(bench(scene, *arguments))
    return [Comparison(("motcua.dossier", "helpdesk.ticket", "project.task"), rows)]


def receive_one(scene, rounds):
    """Number, due date, papers, fee, first task and event of one dossier, against one
    ticket and one task.
    """
    actions = [scene.receive, scene.create_tickets, scene.create_tasks]
    return Ratio("receive one", interleave(actions, rounds, warm_up=20), bar=0.8)


def move_one(scene, rounds):
    """Pass one dossier to the next desk, against a change of stage."""
    warm_up = 20
    actions = [
        _each(scene.forward, scene.receive(warm_up + rounds)),
        _each(scene.move_ticket, scene.create_tickets(warm_up + rounds)),
        _each(scene.move_task, scene.create_tasks(warm_up + rounds)),
    ]
    return Ratio("move one", interleave(actions, rounds, warm_up), bar=1.0)


def receive_batch(scene):
    """A thousand in one request, per record; against tickets only."""
    for create in (scene.receive, scene.create_tickets):
        create(50)
    actions = [
        lambda: scene.receive(BATCH),
        lambda: scene.create_tickets(BATCH),
    ]
    timings = interleave(actions, rounds=5, warm_up=0, share=BATCH)
    return Ratio(f"receive {BATCH:,} at once, each", timings, bar=0.2)


def _each(action, ids):
    """A function that takes the next id at every call."""
    left = iter(ids)
    return lambda: action(next(left))
