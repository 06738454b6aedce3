"""A province with its communes, the people whose work the desk's benchmarks measure,
and dossiers at every stage of their lives, which ``history`` multiplies.
"""

from tests.world import Commune

from .serving import log_in

COMMUNES = 20
# Births, marriages, deaths, houses, small traders, copies: most of what comes in.
PROCEDURES = (
    "1.001193",
    "1.000894",
    "1.000656",
    "1.004873",
    "1.013225",
    "1.001612",
    "2.000815",
    "2.000635",
)
EVERYTHING = ("receiving_officer", "handler", "approver")
# Who else works in the commune that is looked at; the password is the login. Officials
# of communes hold two posts, as this one does.
STAFF = {
    "officer": ("receiving_officer", "handler"),
    "receiver": ("receiving_officer",),
    "handler": ("handler",),
    "chairman": ("approver",),
}
CITIZEN = {"applicant_name": "Nguyễn Văn Mẫu", "applicant_id_number": "045190001234"}
ANSWERS = 12


class Province:
    """Made anew over RPC in the server's database.

    ``officer`` works in a commune, ``leader`` leads the province: logins that are their
    passwords.

    :param server: a ``launcher.server.Server``
    """

    officer = "officer"
    leader = "leader"

    def __init__(self, server):
        admin = log_in(server, "admin")
        self.home = Commune(admin, "xã 1", "H98.1")
        province = self.home.units["province"]
        communes = [self.home] + [
            Commune(admin, f"xã {number}", f"H98.{number}", province)
            for number in range(2, COMMUNES + 1)
        ]
        for commune in communes:
            _hire(commune, f"clerk-{commune.identifier}", EVERYTHING)
        for login, roles in STAFF.items():
            _hire(self.home, login, roles)
        self.home.hire("unit_leader", {self.leader: "Lãnh đạo tỉnh"})
        versions = admin.call(
            "motcua.procedure.version",
            "search_read",
            [("procedure_id.code", "in", PROCEDURES), ("state", "=", "published")],
            ["procedure_id", "form_spec"],
        )
        self._answers = {
            version["procedure_id"][0]: _answers(version["form_spec"] or [])
            for version in versions
        }
        admin.call(
            "motcua.offering",
            "create",
            [
                {
                    "agency_id": commune.id,
                    "procedure_id": procedure,
                    "department_id": commune.units["department"],
                }
                for commune in communes
                for procedure in self._answers
            ],
        )
        _allow_contacts(admin, self.officer)
        self._leave_samples(log_in(server, f"clerk-{self.home.identifier}"))

    def receive(self, rpc, count, procedure=None):
        """Receive dossiers in one request, of a procedure that several desks handle
        unless one is given; return their ids.
        """
        procedure = procedure or min(self._answers)
        values = {
            "procedure_id": procedure,
            "agency_id": self.home.id,
            "channel": "counter",
            "form_values": self._answers[procedure],
            **CITIZEN,
        }
        rows = rpc.call("motcua.dossier", "receive_new", [values] * count)
        return [row["id"] for row in rows]

    def _leave_samples(self, clerk):
        """Of each procedure a dossier just received, one with the next officer, one
        that waits for its applicant, one withdrawn, one ready and two handed over."""

        def act(verb, *arguments):
            clerk.call("motcua.dossier", f"action_{verb}", *arguments)

        def may(verb, dossier):
            [row] = clerk.call("motcua.dossier", "read", [dossier], ["available_verbs"])
            return f"action_{verb}" in row["available_verbs"].split()

        for procedure in self._answers:
            _new, passed_on, waiting, withdrawn, *finished = self.receive(
                clerk, 7, procedure
            )
            act("forward", [passed_on], None, None, "Hồ sơ hợp lệ.")
            act("request_supplement", [waiting], [], "Bổ sung giấy tờ tùy thân.")
            act("withdraw", [withdrawn], "Người nộp đề nghị rút hồ sơ.")
            for dossier in finished:
                while not may("complete", dossier):
                    act("forward", [dossier], None, None, "Hồ sơ hợp lệ.")
                act("complete", [dossier], None, "15/QĐ-UBND")
            act("return", finished[1:])


def _answers(spec):
    """Answers to some of the plain questions of a form, as long as real ones are."""
    plain = [
        field["name"]
        for field in spec
        if field["type"] == "char" and not field.keys() & {"pattern", "visible_if"}
    ]
    return dict.fromkeys(plain[:ANSWERS], "Nguyễn Thị Hoa Tươi")


def _hire(commune, login, roles):
    first, *others = roles
    [user] = commune.hire(first, {login: f"Cán bộ {login}"})
    for role in others:
        commune.assign(user, role)


def _allow_contacts(admin, login):
    """Odoo's own contacts, which officers need not see, are compared with intake."""
    [user] = admin.call("res.users", "search", [("login", "=", login)])
    _model, group = admin.call(
        "ir.model.data", "check_object_reference", "base", "group_partner_manager"
    )
    admin.call("res.users", "write", [user], {"group_ids": [(4, group)]})
