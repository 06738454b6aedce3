"""The command line of ./motcua."""

import argparse
from pathlib import Path

from . import (
    application,
    backup,
    bench,
    lint,
    odoo_command,
    postgres,
    setup,
    testing,
)
from .console import complain, say
from .errors import LauncherError

DATABASE = "motcua"
PORT = 8069


def main(arguments):
    """Run one command.

    :return: the exit status: 0, 1 after an error said in one sentence, 2 for a wrong
        command line, 130 after Ctrl-C
    """
    parser = _parser()
    options, options.passed_on = parser.parse_known_args(arguments)
    if options.passed_on and not options.passes_on:
        parser.error(f"unknown argument: {' '.join(options.passed_on)}")
    try:
        return options.command(options) or 0
    except LauncherError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def _parser():
    parser = argparse.ArgumentParser(
        prog="./motcua", description="Motcua: the electronic one-stop shop."
    )
    parser.set_defaults(passes_on=False)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    command = commands.add_parser("run", help="set up what is missing, then serve")
    command.add_argument(
        "--port", type=int, default=PORT, help=f"port on this machine (default {PORT})"
    )
    _add_database(command)
    command.add_argument(
        "--workers",
        type=int,
        default=0,
        help="worker processes; 0 means one process with threads",
    )
    command.add_argument(
        "--no-demo", action="store_true", help="a new database starts without demo data"
    )
    command.add_argument(
        "--daemon", action="store_true", help="go on in the background"
    )
    command.set_defaults(command=_run)

    command = commands.add_parser("stop", help="stop what run started")
    command.add_argument("--db", help="only the server of this database")
    command.set_defaults(command=lambda options: application.stop(options.db))

    command = commands.add_parser(
        "setup", help="install what is missing, without starting anything"
    )
    command.add_argument(
        "--test", action="store_true", help="also what the tests and lint need"
    )
    command.set_defaults(command=_setup)

    command = commands.add_parser(
        "test",
        allow_abbrev=False,
        help="run the whole suite; other arguments go to pytest",
        epilog="Other arguments go to pytest: ./motcua test --slow 6 tests/e2e",
    )
    command.add_argument(
        "--slow",
        type=_times,
        default=1,
        metavar="N",
        help="browser and server take N times as long as they can, and every test waits"
        " N times as long before it fails",
    )
    command.set_defaults(
        command=lambda options: testing.run(options.passed_on, options.slow),
        passes_on=True,
    )

    command = commands.add_parser(
        "bench",
        add_help=False,
        help="measure, beside OCA's helpdesk and Odoo's project",
    )
    command.set_defaults(
        command=lambda options: bench.run(options.passed_on), passes_on=True
    )

    command = commands.add_parser("lint", help="check the code without running it")
    command.add_argument(
        "--fix",
        action="store_true",
        help="first put right what can be put right automatically",
    )
    command.set_defaults(command=lambda options: lint.run(options.fix))

    command = commands.add_parser(
        "backup", help="write a database and its files into one archive"
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        "--encrypt-for",
        metavar="KEY",
        help="encrypt it with GnuPG for this key of your key ring",
    )
    _add_database(command)
    command.set_defaults(
        command=lambda options: backup.save(
            options.file, options.db, options.encrypt_for
        )
    )

    command = commands.add_parser(
        "restore", help="make a database from an archive that backup wrote"
    )
    command.add_argument("file", type=Path, metavar="FILE")
    _add_database(command)
    command.set_defaults(
        command=lambda options: backup.restore(options.file, options.db)
    )

    command = commands.add_parser("shell", help="a Python prompt on a database")
    _add_database(command)
    command.set_defaults(
        command=lambda options: _odoo("shell", "-d", options.db, "--no-http")
    )

    command = commands.add_parser(
        "odoo",
        add_help=False,
        help="Odoo's own command line, as in ./motcua odoo --help",
    )
    command.set_defaults(
        command=lambda options: _odoo(*options.passed_on), passes_on=True
    )
    return parser


def _times(text):
    number = int(text)
    if not 1 <= number <= 20:
        raise argparse.ArgumentTypeError("a whole number from 1 to 20")
    return number


def _add_database(command):
    command.add_argument(
        "--db", default=DATABASE, help=f"database (default {DATABASE})"
    )


def _run(options):
    application.run(
        options.db, options.port, options.workers, not options.no_demo, options.daemon
    )


def _setup(options):
    setup.ensure(with_tests=options.test)
    say("Everything is in place.")


def _odoo(*arguments):
    setup.ensure()
    postgres.start()
    return odoo_command.run(*arguments)
