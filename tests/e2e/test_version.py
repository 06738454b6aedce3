"""The law changes: an administrator drafts the next version, is told what is wrong with
it, mends it, sees what changed, publishes, and moves what is under way.
"""

import pytest
from playwright.sync_api import expect

from ..world import Commune

CODE, CLERK = "9.765432", "phien-ban-tiep-nhan"


@pytest.fixture(scope="module")
def office(rpc):
    return Office(rpc)


class Office:
    """A commune that serves a procedure of its own, with a dossier under way."""

    def __init__(self, rpc):
        self.admin = rpc("admin")
        self.version = self._publish_first()
        commune = Commune(self.admin, "xã Phiên Bản", "H97.53")
        commune.hire("receiving_officer", {CLERK: "Hồ Thị Mới"})
        procedure = commune.offer(CODE)
        values = {
            "procedure_id": procedure,
            "agency_id": commune.id,
            "applicant_name": "Lê Văn Giữ",
            "channel": "counter",
        }
        [with_answer, without] = rpc(CLERK).call(
            "motcua.dossier",
            "receive_new",
            [{**values, "form_values": {"ly_do": "Vay vốn"}}, values],
        )
        self.with_answer, self.without = with_answer, without

    def _publish_first(self):
        call = self.admin.call
        procedure = call(
            "motcua.procedure", "create", {"code": CODE, "name": "Xác nhận thử nghiệm"}
        )
        [workflow] = call(
            "motcua.workflow",
            "search",
            [("name", "=", "Thẩm định - trình - ký")],
            limit=1,
        )
        channels = [
            (0, 0, {"channel": channel, "term_quantity": 5})
            for channel in ("counter", "online")
        ]
        version = call(
            "motcua.procedure.version",
            "create",
            {
                "procedure_id": procedure,
                "date_from": "2026-01-01",
                "workflow_id": workflow,
                "channel_ids": channels,
                "component_ids": [(0, 0, {"name": "Đơn đề nghị", "originals": 1})],
                "field_ids": [(0, 0, {"name": "ly_do", "label": "Lý do"})],
            },
        )
        call("motcua.procedure.version", "action_publish", [version])
        return version

    def read(self, model, record, name):
        [row] = self.admin.call(model, "read", [record], [name])
        return row[name]

    def version_of(self, dossier):
        return self.read("motcua.dossier", dossier["id"], "version_id")[0]


def test_the_next_version(office, login):
    page = login("quantri")
    page.goto(f"/odoo/motcua.procedure.version/{office.version}")
    page.click("button[name=action_new_version]")
    expect(page.locator(".o_breadcrumb")).to_contain_text(f"{CODE}, phiên bản 2")
    draft = office.admin.call(
        "motcua.procedure.version",
        "search",
        [("procedure_id.code", "=", CODE), ("state", "=", "draft")],
    )[0]
    call = office.admin.call
    [counter, _online] = office.read("motcua.procedure.version", draft, "channel_ids")
    call("motcua.procedure.channel", "write", [counter], {"term_quantity": 3})
    [field] = office.read("motcua.procedure.version", draft, "field_ids")
    call("motcua.form.field", "write", [field], {"name": "muc_dich"})
    [paper] = office.read("motcua.procedure.version", draft, "component_ids")
    call("motcua.procedure.component", "write", [paper], {"max_megabytes": 5000})

    # What is wrong, and the way to mend it
    page.goto(f"/odoo/motcua.procedure.version/{draft}")
    page.click("button[name=action_check]")
    problems = page.locator("[data-section=problem] li")
    expect(problems).to_have_count(1)
    expect(page.locator(".o_motcua_check_sheet > .btn-primary")).to_have_count(0)
    problems.get_by_role("button").click()
    page.fill(".modal [name=max_megabytes] input", "10")
    page.click(".modal .o_form_button_save")
    expect(problems).to_have_count(0)

    # What has changed
    page.goto(f"/odoo/motcua.procedure.version/{draft}")
    page.click("button[name=action_compare]")
    term = page.locator("tr", has_text="03 ngày làm việc")
    expect(term).to_contain_text("05 ngày làm việc")

    # In force from today; the dossiers go on as they began
    page.goto(f"/odoo/motcua.procedure.version/{draft}")
    page.click("button[name=action_check]")
    page.click(".o_motcua_check_sheet > .btn-primary")
    page.click(".modal .btn-primary")
    move = page.locator("button[name=action_move_dossiers]")
    move.wait_for()
    assert office.version_of(office.with_answer) == office.version
    assert office.version_of(office.without) == office.version

    # One may move; the other would lose an answer
    move.click()
    rows = page.locator("[name=line_ids] .o_data_row")
    expect(rows).to_have_count(2)
    stays = rows.filter(has_text=office.with_answer["code"])
    expect(stays).to_contain_text("Lý do")
    expect(rows.filter(has_text=office.without["code"])).not_to_contain_text("Lý do")
    page.click("button[name=action_move]")
    page.click(".modal .btn-primary")
    page.locator(".o_notification", has_text=f"{CODE}, phiên bản 2").wait_for()
    assert office.version_of(office.with_answer) == office.version
    assert office.version_of(office.without) == draft
    due = office.read("motcua.dossier", office.without["id"], "date_due")
    assert due == office.without["date_due"], "what was promised stays"
