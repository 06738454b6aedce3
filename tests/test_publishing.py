"""Two administrators at the same moment: a draft is published once, as it was seen, and
one procedure never has two published versions.
"""

import pytest

from .at_once import at_once
from .rpc import RpcError

PROCEDURE = "9.900001"
ROUNDS = 5
SENTENCES = (
    "ở cùng thời điểm",
    "Người khác đang",
    "Another version of this procedure was published",
    "Somebody else is saving or publishing",
    "đã công bố",
    "đã được công bố",
    "is published and can no longer be changed",
    "same day or later",
    "cùng ngày",
)


@pytest.fixture(scope="module")
def admins(rpc):
    """Two administrators, and a published procedure of their own."""
    admin = rpc("quantri")
    [procedure] = admin.call(
        "motcua.procedure",
        "create",
        [{"code": PROCEDURE, "name": "Xác nhận cùng lúc"}],
    )
    [workflow] = admin.call(
        "motcua.workflow", "search", [("name", "=", "Giải quyết ngay")], limit=1
    )
    [version] = admin.call(
        "motcua.procedure.version",
        "create",
        [
            {
                "procedure_id": procedure,
                "date_from": "2026-01-01",
                "workflow_id": workflow,
                "channel_ids": [(0, 0, {"channel": "counter", "term_quantity": 5})],
            }
        ],
    )
    admin.call("motcua.procedure.version", "action_publish", [version])
    return [admin, rpc("admin")]


def _draft(admin, **values):
    """The id of a new draft of the procedure, from a day of its own."""
    [procedure] = admin.call(
        "motcua.procedure", "search", [("code", "=", PROCEDURE)], limit=1
    )
    versions = admin.call(
        "motcua.procedure.version",
        "search_read",
        [("procedure_id", "=", procedure), ("state", "!=", "draft")],
        ["date_from"],
        order="date_from desc",
    )
    action = admin.call(
        "motcua.procedure.version", "action_new_version", [versions[0]["id"]]
    )
    day = max("2027-01-01", versions[0]["date_from"])
    year = int(day[:4]) + 1
    values = {"date_from": f"{year}-01-01", **values}
    admin.call("motcua.procedure.version", "write", [action["res_id"]], values)
    return action["res_id"]


def _publish(admin, version):
    return lambda: admin.call("motcua.procedure.version", "action_publish", [version])


def _published(admin, version):
    [row] = admin.call("motcua.procedure.version", "read", [version], ["procedure_id"])
    return admin.call(
        "motcua.procedure.version",
        "search",
        [("procedure_id", "=", row["procedure_id"][0]), ("state", "=", "published")],
    )


def _assert_told(errors):
    """Whoever was second reads a sentence, not a fault of the database."""
    for error in errors:
        assert error.name.startswith("odoo.exceptions."), error.name
        assert any(sentence in str(error) for sentence in SENTENCES), str(error)


def test_the_same_draft(admins):
    for _round in range(ROUNDS):
        draft = _draft(admins[0])
        answers = at_once(*(_publish(admin, draft) for admin in admins))
        lost = [answer for answer in answers if isinstance(answer, RpcError)]
        assert len(lost) == 1, answers
        _assert_told(lost)
        assert _published(admins[0], draft) == [draft]


def test_two_drafts_of_one_procedure(admins):
    for _round in range(ROUNDS):
        drafts = [_draft(admins[0]), _draft(admins[0])]
        answers = at_once(*map(_publish, admins, drafts))
        lost = [answer for answer in answers if isinstance(answer, RpcError)]
        assert len(lost) == 1, answers
        _assert_told(lost)
        assert len(_published(admins[0], drafts[0])) == 1


def test_publishing_while_somebody_edits(admins):
    """What is published has every field that was saved before, and none after."""
    for number in range(ROUNDS):
        draft = _draft(admins[0])
        field = {"version_id": draft, "name": f"extra_{number}", "label": "Thêm"}
        published, added = at_once(
            _publish(admins[0], draft),
            lambda f=field: admins[1].call("motcua.form.field", "create", [f]),
        )
        _assert_told([a for a in (published, added) if isinstance(a, RpcError)])
        if isinstance(published, RpcError):
            admins[0].call("motcua.procedure.version", "action_publish", [draft])
        [row] = admins[0].call(
            "motcua.procedure.version", "read", [draft], ["form_spec", "field_ids"]
        )
        compiled = {entry["name"] for entry in row["form_spec"] or []}
        there = isinstance(added, list)
        assert (field["name"] in compiled) == there, (published, added)
