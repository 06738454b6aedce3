"""Many officers at the same moment: every reception succeeds with a number of its own,
every gap is explained, and of two officers who act on one dossier one wins.
"""

import re
from uuid import uuid4

import pytest

from .at_once import at_once
from .rpc import Rpc, RpcError
from .served import copied, serving
from .world import Commune

DESKS = 20
RECEPTIONS = 3
PROCEDURE = "1.001612"


@pytest.fixture(scope="module", params=[0, 2], ids=["threads", "workers"])
def crowded(request):
    """A server of its own: one process with threads, as ``./motcua run`` starts it, and
    two worker processes.
    """
    with copied("crowd") as database, serving(database, request.param) as server:
        yield server


@pytest.fixture
def crowd(crowded, request):
    """A commune of the test's own, whose numbers begin with 1."""
    return Crowd(crowded, request.node.originalname)


class Crowd:
    """Twenty receiving officers and two handlers, each logged in."""

    def __init__(self, server, name):
        self.admin = Rpc(server.url, server.database, "admin", "admin")
        number = self.admin.call("motcua.agency", "search_count", [])
        self.commune = Commune(self.admin, f"xã Đông Người {number}", f"H98.7.{number}")
        receivers = {f"{name}-{desk}": f"Desk {desk}" for desk in range(DESKS)}
        handlers = {f"{name}-handler-{n}": f"Handler {n}" for n in (1, 2)}
        self.officer_ids = self.commune.hire("receiving_officer", receivers)
        self.commune.hire("handler", handlers)
        self.officers, self.handlers = (
            [Rpc(server.url, server.database, login, login) for login in logins]
            for logins in (receivers, handlers)
        )
        self.values = {
            "procedure_id": self.commune.offer(PROCEDURE),
            "agency_id": self.commune.id,
            "applicant_name": "Lê Văn Đợi",
            "channel": "counter",
        }

    def receive(self, officer, count=1):
        return officer.call(
            "motcua.dossier", "receive_new", [self.values for _number in range(count)]
        )

    def add_interrupted_reception(self):
        """A server action that receives a dossier and then breaks off, as if the server
        had died with the number in its hands.
        """
        [model] = self.admin.call(
            "ir.model", "search", [("model", "=", "motcua.dossier")]
        )
        code = (
            f"model.with_user({self.officer_ids[0]}).receive_new([{self.values!r}])\n"
            "raise UserError('interrupted')"
        )
        return self.admin.call(
            "ir.actions.server",
            "create",
            {
                "name": "Interrupted",
                "model_id": model,
                "state": "code",
                "code": code,
            },
        )


def test_numbers_of_twenty_desks(crowd):
    interrupted = crowd.add_interrupted_reception()

    def receive_some(officer):
        return [crowd.receive(officer)[0] for _number in range(RECEPTIONS)]

    def break_off():
        crowd.admin.call("ir.actions.server", "run", [interrupted])

    actions = [lambda o=officer: receive_some(o) for officer in crowd.officers]
    *received, first_failure, second_failure = at_once(*actions, break_off, break_off)

    assert not [answer for answer in received if isinstance(answer, RpcError)]
    assert str(first_failure) == str(second_failure) == "interrupted"
    dossiers = [dossier for answer in received for dossier in answer]
    codes = {dossier["code"] for dossier in dossiers}
    assert len(codes) == DESKS * RECEPTIONS
    pattern = re.escape(crowd.commune.identifier) + r"-\d{6}-\d{4}"
    assert all(re.fullmatch(pattern, code) for code in codes)
    registered = crowd.admin.call(
        "motcua.dossier", "read", [d["id"] for d in dossiers], ["register_code"]
    )
    registers = {dossier["register_code"] for dossier in registered}
    assert len(registers) == len(codes)

    rows = crowd.admin.call(
        "motcua.number",
        "search_read",
        [("series", "=like", f"{crowd.commune.identifier}/%")],
        ["series", "number", "name", "used", "user_id", "date"],
    )
    assert len({row["series"] for row in rows}) == 2, "one a day, one a year"
    for series in {row["series"] for row in rows}:
        numbers = sorted(row["number"] for row in rows if row["series"] == series)
        assert numbers == list(range(1, len(numbers) + 1)), "a gap without a row"
    assert {row["name"] for row in rows if row["used"]} == codes | registers
    gaps = [row for row in rows if not row["used"]]
    assert len(gaps) == 4, "a code and a register number each for two interruptions"
    assert all(row["date"] and row["user_id"] for row in gaps)


def test_batches_at_once(crowd):
    answers = at_once(
        *(lambda o=officer: crowd.receive(o, count=10) for officer in crowd.officers)
    )
    assert not [answer for answer in answers if isinstance(answer, RpcError)]
    codes = [dossier["code"] for answer in answers for dossier in answer]
    assert len(set(codes)) == DESKS * 10


def test_a_hundred_and_twenty_desks(crowd):
    """Three times as many as there are connections to the database, and many more than
    may wait for two worker processes in Odoo's own way: all are served."""
    desks = crowd.officers * 6
    answers = at_once(*(lambda o=officer: crowd.receive(o) for officer in desks))
    refused = [answer for answer in answers if isinstance(answer, RpcError)]
    assert len(desks) == 120 and not refused
    assert len({dossier["code"] for answer in answers for dossier in answer}) == 120


def test_twelve_desks_with_the_same_new_person(crowd):
    """By both doors: the intake screen and the programs' one."""
    number = f"0450850{crowd.commune.id:05d}"
    item = {"procedure_id": crowd.values["procedure_id"], "agency_id": crowd.commune.id}
    desk = crowd.commune.units["desk"]
    papers = crowd.officers[0].call("motcua.desk", "describe", desk, item)["papers"]
    applicant = {"name": "Lê Thị Cùng Lúc", "id_number": number}
    # Who comes second is told of the first one's dossier, and why there is another.
    item = {**item, "papers": papers, "duplicate_reason": "Mười hai bàn cùng lúc"}
    intake = {"applicant": applicant, "items": [item]}
    values = {**crowd.values, "applicant_id_number": number}

    def at_screen(officer):
        return officer.call("motcua.desk", "confirm", desk, str(uuid4()), intake)

    def by_program(officer):
        return officer.call("motcua.dossier", "receive_new", [values])

    answers = at_once(
        *(lambda o=officer: at_screen(o) for officer in crowd.officers[:6]),
        *(lambda o=officer: by_program(o) for officer in crowd.officers[6:12]),
    )
    refused = [answer for answer in answers if isinstance(answer, RpcError)]
    assert not refused
    person = [("motcua_id_number", "=", number)]
    assert crowd.admin.call("res.partner", "search_count", person) == 1
    dossiers = [("applicant_id_number", "=", number)]
    assert crowd.admin.call("motcua.dossier", "search_count", dossiers) == 12


def test_two_officers_on_one_dossier(crowd):
    clerk = crowd.officers[0]
    for number in range(10):
        [dossier] = [row["id"] for row in crowd.receive(clerk)]
        clerk.call("motcua.dossier", "action_forward", [dossier])
        answers = at_once(
            *(
                lambda h=handler: h.call(
                    "motcua.dossier",
                    "action_forward",
                    [dossier],  # noqa: B023 (runs within this round)
                    note="Đủ điều kiện",
                )
                for handler in crowd.handlers
            )
        )
        lost = [answer for answer in answers if isinstance(answer, RpcError)]
        assert len(lost) == 1, f"round {number}: {answers}"
        assert lost[0].name in (
            "odoo.exceptions.UserError",
            "odoo.exceptions.AccessError",
        )
        assert len(str(lost[0])) > 20

        [state] = crowd.admin.call(
            "motcua.dossier", "read", [dossier], ["task_ids", "event_ids"]
        )
        tasks = crowd.admin.call(
            "motcua.dossier.task", "read", state["task_ids"], ["outcome"]
        )
        assert [task["outcome"] for task in tasks] == ["forwarded", "forwarded", False]
        events = crowd.admin.call(
            "motcua.dossier.event", "read", state["event_ids"], ["kind"]
        )
        assert [event["kind"] for event in events] == ["receive", "forward", "forward"]
