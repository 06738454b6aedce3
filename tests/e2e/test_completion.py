"""A filing that is incomplete gets one full notice from the desk, and is received when
it is complete.
"""

import re

import pytest
from playwright.sync_api import expect

from ..world import Commune, today
from .screen import shoot, tick

CLERK = "huong-dan-tiep-nhan"
PROCEDURE = "9.970501"
PLAN = "Bản vẽ thiết kế"
LAND = "Giấy chứng nhận quyền sử dụng đất"
LAND_DATABASE = "CSDL quốc gia về đất đai"
REASON = "Thiếu bản vẽ mặt bằng tầng 2."
GUIDANCE = "Nộp bản vẽ có chữ ký của người thiết kế."
DATABASE_REASON = "Dữ liệu của thửa đất chưa được cập nhật."


@pytest.fixture(scope="module")
def file(rpc):
    """A function that files at the desk for an applicant, and answers with the id."""
    commune = Commune(rpc("admin"), "xã Hướng Dẫn", "H97.51")
    commune.hire("receiving_officer", {CLERK: "Hồ Thị Dẫn"})
    papers = [{"name": PLAN}, {"name": LAND, "database": LAND_DATABASE}]
    procedure = commune.publish(PROCEDURE, "Cấp giấy phép xây dựng", [], papers)

    def file(applicant):
        clerk = rpc(CLERK)
        values = {
            "procedure_id": procedure,
            "agency_id": commune.id,
            "applicant_name": applicant,
            "channel": "counter",
        }
        dossier = clerk.call("motcua.dossier", "create", values)
        clerk.call("motcua.dossier", "action_submit", [dossier])
        return dossier

    return file


@pytest.fixture
def open_dossier(login):
    """``open_dossier(id)``: its form, as the desk sees it."""

    def show(dossier):
        page = login(CLERK)
        page.goto(f"/odoo/motcua.dossier/{dossier}")
        return page

    return show


def open_notice(page):
    header = page.locator(".o_statusbar_buttons")
    header.get_by_role("button", name="Hướng dẫn hoàn thiện", exact=True).click()


def begin(page):
    """Open the dialogue of the notice."""
    open_notice(page)
    dialogue = page.locator(".modal", has_text="Hướng dẫn hoàn thiện")
    expect(dialogue.locator("button[name=action_apply]")).to_be_visible()
    return dialogue


def field(dialogue, name):
    return dialogue.locator(f"div[name={name}] textarea")


def read(rpc, model, domain, *names):
    return rpc("admin").call(model, "search_read", domain, list(names))


def test_one_full_notice_then_received(file, open_dossier, rpc, screenshots):
    dossier = file("Nguyễn Văn Thiếu")
    of_dossier = [("dossier_id", "=", dossier)]
    page = open_dossier(dossier)
    dialogue = begin(page)
    apply = dialogue.locator("button[name=action_apply]")

    # It is full or not given: what is missing is marked, and said in Vietnamese.
    apply.click()
    expect(page.locator(".o_notification")).to_have_text("Còn thiếu thông tin bắt buộc")
    for name in ("text", "guidance"):
        expect(dialogue.locator(f"div[name={name}]")).to_have_class(
            re.compile("o_field_invalid")
        )
    assert not read(rpc, "motcua.guidance", of_dossier)

    # A paper whose data stands in a database is asked for with a reason only.
    expect(field(dialogue, "database_reason")).to_have_count(0)
    tick(dialogue.get_by_label(PLAN))
    expect(field(dialogue, "database_reason")).to_have_count(0)
    tick(dialogue.get_by_label(LAND))
    expect(field(dialogue, "database_reason")).to_be_visible()
    field(dialogue, "text").fill(REASON)
    field(dialogue, "guidance").fill(GUIDANCE)
    apply.click()
    expect(dialogue.locator("div[name=database_reason]")).to_have_class(
        re.compile("o_field_invalid")
    )
    field(dialogue, "database_reason").fill(DATABASE_REASON)
    shoot(page, screenshots, "completion-dialogue")
    apply.click()
    expect(page.locator(".modal")).to_have_count(0)
    head = page.locator(".o_motcua_head")
    expect(head).to_contain_text(f"{today():%d/%m/%Y}")
    shoot(page, screenshots, "completion-given")
    [notice] = read(
        rpc, "motcua.guidance", of_dossier, "reason", "note", "component_ids"
    )
    assert (notice["reason"], notice["note"]) == (REASON, GUIDANCE)
    assert len(notice["component_ids"]) == 2
    [form] = read(rpc, "motcua.outgoing", of_dossier, "code", "database_count")
    assert form["code"] == "01/HDHS"
    assert form["database_count"] == 1

    # One is what the rules allow: a second is refused before it is written.
    open_notice(page)
    refusal = page.locator(".modal", has_text="đã thông báo hoàn thiện 1 lần")
    expect(refusal).to_be_visible()
    shoot(page, screenshots, "completion-refused")
    refusal.locator("footer button").click()
    expect(page.locator(".modal")).to_have_count(0)

    # No clock ran; the same filing is received when it is complete.
    papers = read(rpc, "motcua.dossier.component", of_dossier, "id")
    paper_ids = [paper["id"] for paper in papers]
    rpc(CLERK).call("motcua.dossier.component", "write", paper_ids, {"originals": 1})
    page.reload()
    page.locator(".o_statusbar_buttons button[name=action_receive]").click()
    expect(page.locator("div[name=code]")).to_have_text(re.compile(r"H97\.51-\d{6}-"))
    [row] = read(
        rpc, "motcua.dossier", [("id", "=", dossier)], "status", "date_received"
    )
    assert row["status"] in ("2", "4")
    assert row["date_received"]
