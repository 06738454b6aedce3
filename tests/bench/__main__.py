"""``python -m tests.bench``: run the benchmarks, print the table and keep it in
docs/benchmarks.md. The status is 1 when a bar is not met.
"""

import argparse
import os
import platform
from datetime import date
from string import Template

from odoo import release

from launcher import paths, postgres, server
from launcher.console import say, step

from .dossiers import move_one, receive_batch, receive_one
from .due_dates import due_dates
from .measure import table
from .scene import Scene

WORKERS = 2
DOCUMENT = paths.ROOT / "docs" / "benchmarks.md"
TEXT = Template(
    """# Benchmarks

`./motcua bench` on $day: $machine.

One machine, one run: a server with $workers workers and one client that calls it over
HTTP as the web client does (`/web/dataset/call_kw`). The actions of a row take turns
(A B C, B C A, …) after a warm-up, $rounds times each (a batch 3 times): whatever else
the machine does hits all of them alike. Absolute times differ from machine to machine;
the ratios count.

$table

- *Receive one*: a complete reception by a receiving officer with
  `motcua.dossier.receive_new`: register and dossier number, due date, four papers, an
  e-form with $answers answers, the fee, the first task and the chained event. Against
  one ticket of OCA's helpdesk_mgmt and one task of Odoo's project with the same text.
- *Move one*: `action_forward` to the next desk with task and event, against writing
  `stage_id`.
- *At once*: all records in one request.
- *Due dates*: `tools/clock.py` alone, all kinds of terms mixed.
"""
)


def main():
    parser = argparse.ArgumentParser(prog="./motcua bench")
    parser.add_argument(
        "--rounds", type=int, default=200, help="how often each is timed (200)"
    )
    rounds = parser.parse_args().rounds
    with step(f"Starting a server with {WORKERS} workers"):
        running = server.start(
            os.environ["MOTCUA_BENCH_DATABASE"],
            server.free_port(),
            "bench-server.log",
            WORKERS,
        )
    try:
        with step("Setting the scene"):
            scene = Scene(running)
        results = []
        for bench, arguments in (
            (receive_one, (rounds,)),
            (move_one, (rounds,)),
            (receive_batch, ()),
        ):
            with step(f"Measuring: {bench.__name__.replace('_', ' ')}"):
                results.append(bench(scene, *arguments))
    finally:
        running.stop()
    with step("Measuring: due dates"):
        rates = due_dates()
    lines = table(results, rates)
    say()
    say(lines)
    DOCUMENT.write_text(
        TEXT.substitute(
            day=f"{date.today():%d/%m/%Y}",
            machine=_machine(),
            workers=WORKERS,
            rounds=rounds,
            answers=len(scene.dossier["form_values"]),
            table=lines,
        )
    )
    return 0 if all(row.is_met for row in [*results, *rates]) else 1


def _machine():
    version = postgres.query("SHOW server_version").split()[0]
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()},"
        f" PostgreSQL {version}, Odoo {release.version}"
    )


raise SystemExit(main())
