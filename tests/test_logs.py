"""What was refused stands in no log: not in Odoo's, not in PostgreSQL's."""

import uuid

import pytest

from launcher import postgres

from .rpc import RpcError

NAME, ADDRESS = "Hồ Thị Kín Đáo", "Bản Không Ai Biết"
NUMBER, PHONE, MAILBOX = "045085007123", "0912007123", "kin.dao.007123"


def test_refused_values_stand_in_no_log(server, rpc):
    person = {
        "name": NAME,
        "motcua_id_number": NUMBER,
        "phone": PHONE,
        "email": f"{MAILBOX}@example.vn",
        "street": ADDRESS,
    }
    admin = rpc("admin")
    admin.call("res.partner", "create", [person])
    logs = {server.log: 0, postgres.home() / "postgres.log": 0}
    for file in logs:
        logs[file] = file.stat().st_size
    # Refused by Odoo's rules, and by the database.
    for model, values in (
        ("res.partner", {**person, "name": f"{NAME} {uuid.uuid4()}"}),
        ("res.users", {"name": NAME, "login": "admin", "email": person["email"]}),
    ):
        with pytest.raises(RpcError):
            admin.call(model, "create", [values])
    for file, before in logs.items():
        with open(file, encoding="utf-8", errors="replace") as log:
            log.seek(before)
            written = log.read()
        for secret in (NAME, ADDRESS, NUMBER, PHONE, MAILBOX):
            assert secret not in written, f"{secret} in {file.name}"
