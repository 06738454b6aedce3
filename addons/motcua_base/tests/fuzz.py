"""Calling with rubbish, as over RPC: every call is answered, or refused with a sentence
that changes nothing.
"""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tools import mute_logger

from odoo.addons.motcua_base.tools.arguments import Refused

# What a refusal may be. (Of a constraint that is broken Odoo makes a ValidationError.)
REFUSALS = (UserError, IntegrityError)
DEEP = [{"x": [{"y": [{"z": [None, "x", 0.5]}]}]}]
# One of each sort of what is wrong, and some that are right here and there.
RUBBISH = (
    "x",
    "",
    " \u200b",
    "\ud800",
    "a\0b",
    "x" * 1_000_001,
    "2026-02-30",
    0,
    1,
    -1,
    0.5,
    2**31,
    10**30,
    float("nan"),
    float("inf"),
    True,
    False,
    None,
    [],
    ["x"],
    [None],
    [-1],
    [2**31 - 1],
    [[4, "x"]],
    [[4, 2**31 - 1]],
    [[0, 0, {"x": 1}]],
    [[7]],
    {},
    {"x": 1},
    {"id": "x"},
    {"\ud800": "\ud800"},
    DEEP,
    [*DEEP, DEEP],
)
# What stands for records: no ids at all, and ids of nothing.
NO_IDS = ("x", "\ud800", -1, 0.5, 10**30, 2**31 - 1, None, True, [1], {})


class _Undone(Exception):
    """Nothing was refused; what was done is taken back."""


class Fuzz:
    """Mixin of test cases: counts its ``calls`` and what was ``broken`` by them."""

    def setUp(self):
        super().setUp()
        self.calls, self.broken = 0, []

    def fuzz(self, records, name, arguments):
        """Call with each argument wrong in every way, and on what are no records: what
        is not of the argument's kind is never taken silently."""
        kinds = getattr(type(records), name)._takes
        for argument in arguments:
            for wrong in RUBBISH:
                refused = self.call(records, name, {**arguments, argument: wrong})
                if not refused and not self._is_of(kinds[argument], wrong):
                    self.broken.append(f"{records._name}.{name} takes {wrong!a:.50}")
        if not hasattr(getattr(type(records), name), "_api_model"):
            for wrong in NO_IDS:
                self.call(records.browse([wrong]), name, arguments)

    def _is_of(self, kind, value):
        try:
            kind.read(value)
        except Refused:
            return False
        return True

    def call(self, records, name, arguments):
        """Call as over RPC, and take it back.

        :return: whether it was refused
        """
        self.calls += 1
        is_model = hasattr(getattr(type(records), name), "_api_model")
        args = [] if is_model else [list(records._ids)]
        if name in ("create", "write"):
            args += arguments.values()
            arguments = {}
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                try:
                    call_kw(records.browse(), name, args, arguments)
                    self.env.flush_all()
                except REFUSALS as refused:
                    # Nothing that was refused leads an answer astray.
                    str(refused).encode()
                    raise
                raise _Undone
        except _Undone:
            return False
        except REFUSALS:
            return True
        except Exception as error:
            shown = f"{records!r:.40}.{name}({args} {arguments})".encode(
                errors="replace"
            )
            self.broken.append(f"{type(error).__name__} {error!s:.200} {shown!r:.300}")
            return True
        finally:
            self.env.invalidate_all(flush=False)

    def assertUnbroken(self):
        kinds = "\n".join(dict.fromkeys(self.broken))
        if self.broken:
            self.fail(f"{len(self.broken)} of {self.calls} calls\n{kinds:.20000}")
