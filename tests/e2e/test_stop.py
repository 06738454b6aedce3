"""The head stops a dossier for a while, goes on with it, or refuses it."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from ..world import Commune, today
from .screen import shoot

CLERK, HANDLER, HEAD = "dung-tiep-nhan", "dung-thu-ly", "dung-lanh-dao"
PROCEDURE = "1.001612"


@pytest.fixture(scope="module")
def hand(rpc):
    """A function that gives the handler a new dossier, and answers with its id."""
    commune = Commune(rpc("admin"), "xã Tạm Dừng", "H97.47")
    commune.hire("receiving_officer", {CLERK: "Hồ Thị Nhận"})
    [handler] = commune.hire("handler", {HANDLER: "Lê Văn Xét"})
    commune.hire("approver", {HEAD: "Trần Văn Duyệt"})
    procedure = commune.offer(PROCEDURE)

    def hand(applicant):
        values = {
            "procedure_id": procedure,
            "agency_id": commune.id,
            "applicant_name": applicant,
            "channel": "counter",
        }
        [row] = rpc(CLERK).call("motcua.dossier", "receive_new", [values])
        rpc(CLERK).call(
            "motcua.dossier", "action_forward", [row["id"]], assignee_id=handler
        )
        return row["id"]

    return hand


@pytest.fixture
def open_dossier(login):
    """``open_dossier(id)``: its form, as the head sees it."""

    def show(dossier):
        page = login(HEAD)
        page.goto(f"/odoo/motcua.dossier/{dossier}")
        page.locator(".o_statusbar_buttons button").first.wait_for()
        return page

    return show


def button(page, name):
    """A button of the dossier's header."""
    header = page.locator(".o_statusbar_buttons")
    return header.get_by_role("button", name=name, exact=True)


def begin(page, name):
    """Open the dialogue behind a button that is among the first of the header."""
    button(page, name).click()
    dialogue = page.locator(".modal")
    expect(dialogue.locator("button[name=action_apply]")).to_be_visible()
    return dialogue


def stop_until(dialogue, day):
    box = dialogue.locator("div[name=due_date]")
    box.locator("button, input").first.click()
    box.locator("input").fill(day.strftime("%d/%m/%Y"))
    box.locator("input").press("Enter")


def test_only_the_head_is_offered_to_stop(hand, open_dossier, rpc):
    dossier = hand("Nguyễn Văn Chờ")
    [row] = rpc(HANDLER).call("motcua.dossier", "read", [dossier], ["available_verbs"])
    assert "action_stop" not in row["available_verbs"].split()
    page = open_dossier(dossier)
    expect(button(page, "Dừng giải quyết")).to_be_visible()


def test_stopped_gone_on_with_refused(hand, open_dossier, screenshots):
    dossier = hand("Phạm Thị Đợi")
    page = open_dossier(dossier)
    dialogue = begin(page, "Dừng giải quyết")
    dialogue.locator("div[name=text] textarea").fill("Chờ bản án của tòa án.")
    stop_until(dialogue, today() + timedelta(days=60))
    shoot(page, screenshots, "stop-dialogue")
    dialogue.locator("button[name=action_apply]").click()
    refusal = page.locator(".modal", has_text="tối đa 30 ngày")
    expect(refusal).to_be_visible()
    refusal.locator("footer button").first.click()
    shorter = today() + timedelta(days=20)
    stop_until(dialogue, shorter)
    dialogue.locator("button[name=action_apply]").click()
    expect(page.locator(".modal")).to_have_count(0)
    head = page.locator(".o_motcua_head")
    expect(head).to_contain_text(
        f"Dừng giải quyết đến hết {shorter:%d/%m/%Y}: Chờ bản án của tòa án."
    )
    shoot(page, screenshots, "stop-dossier")
    # Not before its days are over, but refused at once where there is nothing to wait.
    expect(button(page, "Kết thúc hồ sơ")).to_have_count(0)
    dialogue = begin(page, "Từ chối giải quyết")
    dialogue.locator("div[name=text] textarea").fill("Không đủ điều kiện.")
    dialogue.locator("button[name=action_apply]").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(page.locator("div[name=status] button.o_arrow_button_current")).to_have_text(
        re.compile("Đã có kết quả")
    )
    shoot(page, screenshots, "stop-refused")
