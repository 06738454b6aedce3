"""What the benchmarks work on: a one-stop desk, a helpdesk team and a project, and two
users with the rights of their trade and no more.
"""

from tests.rpc import Rpc
from tests.world import Commune

# Registering a household business: four papers, a declaration of 54 fields, a fee.
PROCEDURE = "1.001612"
ANSWERS = {
    "chu_ho_ho_ten": "NGUYỄN THỊ HOA",
    "chu_ho_ngay_sinh": "1990-05-12",
    "chu_ho_gioi_tinh": "nu",
    "chu_ho_so_dinh_danh": "045190001234",
    "chu_ho_dien_thoai": "0912345678",
    "ten_ho": "HỘ KINH DOANH HOA TƯƠI",
    "tru_so_so_nha": "Thôn 1",
    "tru_so_xa": "Xã Khe Sanh",
    "tru_so_tinh": "Quảng Trị",
    "von_so_tien": 50_000_000,
    "so_lao_dong": 2,
}
# Neither phone nor e-mail: no measured action writes to anybody.
CITIZEN = {
    "name": "Nguyễn Thị Hoa",
    "motcua_type": "1",
    "motcua_id_number": "045190001234",
}
TITLE = "Đăng ký thành lập hộ kinh doanh"


class Scene:
    """Makes everything anew over RPC in the server's database.

    ``officer`` is the session of a receiving officer, ``agent`` that of a user who
    works on tickets and tasks.
    """

    def __init__(self, server):
        self._admin = Rpc(server.url, server.database, "admin", "admin")
        commune = Commune(self._admin, "xã Đo Lường", "H99.1")
        commune.hire("receiving_officer", {"officer": "Officer"})
        self.officer = Rpc(server.url, server.database, "officer", "officer")
        agent_id = self._add_agent()
        self.agent = Rpc(server.url, server.database, "agent", "agent")

        citizen = self._create("res.partner", **CITIZEN)
        self.dossier = {
            "procedure_id": commune.offer(PROCEDURE),
            "agency_id": commune.id,
            "applicant_name": CITIZEN["name"],
            "applicant_id_number": CITIZEN["motcua_id_number"],
            "channel": "counter",
            "form_values": ANSWERS,
        }
        answers = "<br/>".join(f"{name}: {value}" for name, value in ANSWERS.items())
        described = {
            "name": TITLE,
            "description": f"<p>{answers}</p>",
            "partner_id": citizen,
        }
        team = self._create(
            "helpdesk.ticket.team", name="Bench", user_ids=[(6, 0, [agent_id])]
        )
        self.ticket = {**described, "team_id": team, "user_id": agent_id}
        [self.ticket_stage] = self._admin.call(
            "helpdesk.ticket.stage", "search", [("name", "=", "In Progress")]
        )
        project = self._create("project.project", name="Bench")
        _first, self.task_stage = (
            self._create(
                "project.task.type", name=name, project_ids=[(6, 0, [project])]
            )
            for name in ("New", "In progress")
        )
        self.task = {
            **described,
            "project_id": project,
            "user_ids": [(6, 0, [agent_id])],
        }

    def _add_agent(self):
        groups = [
            self._admin.call("ir.model.data", "check_object_reference", *name)[1]
            for name in (
                ("helpdesk_mgmt", "group_helpdesk_user"),
                ("project", "group_project_user"),
            )
        ]
        return self._create(
            "res.users",
            name="agent",
            login="agent",
            password="agent",
            lang="vi_VN",
            tz="Asia/Ho_Chi_Minh",
            group_ids=[(6, 0, groups)],
        )

    def _create(self, model, **values):
        # Nobody follows, for the same reason.
        quiet = {"no_reset_password": True, "mail_create_nosubscribe": True}
        return self._admin.call(model, "create", values, context=quiet)

    # ------------------------------------------------------------------

    def receive(self, count=1):
        """Receive dossiers in one request; return their ids."""
        received = self.officer.call(
            "motcua.dossier", "receive_new", [self.dossier] * count
        )
        return [dossier["id"] for dossier in received]

    def create_tickets(self, count=1):
        return self.agent.call("helpdesk.ticket", "create", [self.ticket] * count)

    def create_tasks(self, count=1):
        return self.agent.call("project.task", "create", [self.task] * count)

    def forward(self, dossier):
        self.officer.call("motcua.dossier", "action_forward", [dossier])

    def move_ticket(self, ticket):
        values = {"stage_id": self.ticket_stage}
        self.agent.call("helpdesk.ticket", "write", [ticket], values)

    def move_task(self, task):
        values = {"stage_id": self.task_stage}
        self.agent.call("project.task", "write", [task], values)
