"""A commune of its own, made over RPC: for tests and benchmarks that rely on no demo
data.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

UNIT_OF_ROLE = {
    "receiving_officer": "desk",
    "handler": "department",
    "approver": "commune",
    "unit_leader": "province",
}


def today():
    """The day in Vietnam, which is what the screens count by, whatever this computer's
    is."""
    return datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()


class Commune:
    """A commune with a one-stop desk and a department.

    :param admin: the administrator's session, a ``tests.rpc.Rpc``
    :param identifier: what its dossier codes begin with; not in use elsewhere
    :param province: id of the province it belongs to; a new one unless given
    """

    def __init__(self, admin, name, identifier, province=None):
        self.admin = admin
        self.identifier = identifier
        if not province:
            province = self._add_agency(f"Tỉnh của {name}", tier="province")
        self.units = {
            "province": province,
            "commune": self._add_agency(
                name, parent_id=province, identifier=identifier
            ),
        }
        for kind, unit_name in (
            ("desk", "Bộ phận Một cửa"),
            ("department", "Phòng Chuyên môn"),
        ):
            self.units[kind] = self._add_agency(
                f"{unit_name} {name}", kind=kind, parent_id=self.id
            )

    @property
    def id(self):
        return self.units["commune"]

    def _add_agency(self, name, **values):
        return self.admin.call("motcua.agency", "create", {"name": name, **values})

    def hire(self, role, people):
        """Add officers with this role where it is done; the password is the login.

        :param people: dict login -> name
        :return: their user ids
        """
        users = self.admin.call(
            "res.users",
            "create",
            [
                {
                    "name": name,
                    "login": login,
                    "password": login,
                    "lang": "vi_VN",
                    "tz": "Asia/Ho_Chi_Minh",
                }
                for login, name in people.items()
            ],
            context={"no_reset_password": True},
        )
        for user in users:
            self.assign(user, role)
        return users

    def assign(self, user, role):
        """One more role for an officer, where it is done."""
        self.admin.call(
            "motcua.membership",
            "create",
            {
                "user_id": user,
                "agency_id": self.units[UNIT_OF_ROLE[role]],
                "role": role,
            },
        )

    def offer(self, code, **values):
        """Offer a published procedure of the catalogue here.

        :param code: its national code
        :return: its id
        """
        [procedure] = self.admin.call(
            "motcua.procedure", "search", [("code", "=", code)]
        )
        self.admin.call(
            "motcua.offering",
            "create",
            {
                "agency_id": self.id,
                "procedure_id": procedure,
                "department_id": self.units["department"],
                **values,
            },
        )
        return procedure

    def publish(self, code, name, fields, papers=(), **channel):
        """A new procedure with an e-form, published for the counter and offered here.

        :param fields: values of its ``motcua.form.field``, in the order of the form
        :param papers: values of its ``motcua.procedure.component``
        :param channel: what its counter has besides (five working days)
        :return: its id
        """
        procedure = self.admin.call(
            "motcua.procedure", "create", {"code": code, "name": name}
        )
        [workflow] = self.admin.call(
            "motcua.workflow", "search", [("name", "=", "Giải quyết ngay")], limit=1
        )
        term = {"term_quantity": 5, "term_unit": "working_day"}
        version = self.admin.call(
            "motcua.procedure.version",
            "create",
            {
                "procedure_id": procedure,
                "date_from": "2026-01-01",
                "workflow_id": workflow,
                "channel_ids": [(0, 0, {"channel": "counter", **term, **channel})],
                "field_ids": [
                    (0, 0, {"sequence": place, **values})
                    for place, values in enumerate(fields, start=1)
                ],
                "component_ids": [(0, 0, values) for values in papers],
            },
        )
        self.admin.call("motcua.procedure.version", "action_publish", [version])
        return self.offer(code)


def field(name, label, kind="char", **rest):
    """One field of an e-form, as ``publish`` takes it."""
    return {"name": name, "label": label, "type": kind, **rest}
