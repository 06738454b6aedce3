"""The command line of ./motcua."""

import argparse

from . import lock, odoo_command, postgres, setup
from .console import complain, say
from .errors import LauncherError


def main(arguments):
    """Run one command.

    :return: the exit status: 0, 1 after an error said in one sentence, 2 for a wrong command line, 130 after Ctrl-C
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
    parser = argparse.ArgumentParser(prog="./motcua", description="Motcua: the electronic one-stop shop.")
    parser.set_defaults(passes_on=False)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    command = commands.add_parser("setup", help="install what is missing, without starting anything")
    command.add_argument("--test", action="store_true", help="also what the tests and lint need")
    command.set_defaults(command=_setup)

    command = commands.add_parser("odoo", add_help=False, help="Odoo's own command line: ./motcua odoo shell -d motcua")
    command.set_defaults(command=_odoo, passes_on=True)
    return parser


def _setup(options):
    with lock.exclusive():
        setup.ensure(with_tests=options.test)
    say("Everything is in place.")


def _odoo(options):
    with lock.exclusive():
        setup.ensure()
        postgres.start()
    return odoo_command.run(*options.passed_on)
