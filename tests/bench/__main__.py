"""``python -m tests.bench``: run the benchmarks and print the tables; when all groups
were run, keep them in docs/benchmarks.md. The status is 1 when a bar is not met.
"""

import argparse
import os
import platform
from datetime import date
from string import Template

from odoo import release

from launcher import paths, postgres
from launcher.console import say

from . import desk, dossiers, pure, studio
from .serving import WORKERS
from .table import all_met, report

GROUPS = {"dossiers": dossiers, "desk": desk, "studio": studio, "pure": pure}
DOCUMENT = paths.ROOT / "docs" / "benchmarks.md"
TEXT = Template(
    """# Benchmarks

`./motcua bench` on $day: $machine.

One machine, one run: servers with $workers workers each and one client that calls them
over HTTP as the web client does (`/web/dataset/call_kw`). The actions of a row take
turns (A B C, B C A, …) after a warm-up: whatever else the machine does hits all of them
alike. Absolute times differ from machine to machine; the ratios count.
`./motcua bench dossiers`, `desk`, `studio` or `pure` runs one group of them.

$tables

- *Receive one*: a complete reception by a receiving officer with
  `motcua.dossier.receive_new`: register and dossier number, due date, four papers, an
  e-form, the fee, the first task and the chained event. Against one ticket of OCA's
  helpdesk_mgmt and one task of Odoo's project with the same text.
- *Move one*: `action_forward` to the next desk with task and event, against writing
  `stage_id`.
- *At once*: all records in one request.
- *Board*, *list*, *my work*: what the web client itself asks for when they open,
  recorded in Chromium. A province of 20 communes; 4,000 dossiers are open, a quarter of
  them in the commune of the officer, who has two posts there; the province's leader
  sees all.
- *Ready to type*: in the running web client, from the call of the action until the
  cursor stands in the first field, on the intake screen and in Odoo's form of a new
  contact.
- *Search*: the command palette over all 200,000 dossiers, and the search bar of the
  list of open ones: names with and without accents, parts of names, of codes and of
  procedures, phones, ID numbers, and what is not there.
- *Batch*: from the button in the list to the last dossier.
- *Published*: with three channels, five papers, three conditions and a repeating
  section; everything is checked, the form compiled.
- *Due dates*: `tools/clock.py` alone, all kinds of terms mixed. *Form*: `tools/form.py`
  alone; all kinds of fields, three conditions, a repeating section with three rows.
"""
)


def main():
    parser = argparse.ArgumentParser(prog="./motcua bench")
    parser.add_argument(
        "groups",
        nargs="*",
        metavar="GROUP",
        help=f"what to measure: {', '.join(GROUPS)} (all of them)",
    )
    parser.add_argument(
        "--rounds", type=int, default=200, help="how often each is timed (200)"
    )
    arguments = parser.parse_args()
    unknown = set(arguments.groups) - GROUPS.keys()
    if unknown:
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    results = []
    for name in arguments.groups or GROUPS:
        results += GROUPS[name].run(
            os.environ["MOTCUA_BENCH_DATABASE"], arguments.rounds
        )
    tables = report(results)
    say()
    say(tables)
    if not arguments.groups:
        _write(tables)
    return 0 if all_met(results) else 1


def _write(tables):
    DOCUMENT.write_text(
        TEXT.substitute(
            day=f"{date.today():%d/%m/%Y}",
            machine=_machine(),
            workers=WORKERS,
            tables=tables,
        )
    )


def _machine():
    version = postgres.query("SHOW server_version").split()[0]
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()},"
        f" PostgreSQL {version}, Odoo {release.version}"
    )


raise SystemExit(main())
