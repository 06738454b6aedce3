"""Received at one commune's desk for another commune, which decides; fetched where it
was handed in."""

import re

import pytest
from playwright.sync_api import expect

from ..world import Commune
from .screen import record_on, shoot, text_of

NEAR, FAR = "nhan.thay", "giai.quyet.thay"
CODE = r"H97\.78-\d{6}-\d{4}"
COPY = "2.000635"  # in the demo data, received at every desk


@pytest.fixture(scope="module")
def communes(rpc):
    near = Commune(rpc("admin"), "xã Nhận Thay", "H97.77")
    far = Commune(rpc("admin"), "xã Giải Quyết Thay", "H97.78", near.units["province"])
    for commune, login, name in (
        (near, NEAR, "Lê Thị Nhận"),
        (far, FAR, "Lê Văn Giải"),
    ):
        commune.hire("receiving_officer", {login: name})
    near.offer("1.004873")
    far.offer(COPY)
    return near, far


def test_received_here_decided_there(communes, login, rpc, screenshots):
    page = login(NEAR)
    page.add_init_script("window.print = () => {}")
    page.goto("/odoo/tiep-nhan")
    expect(page.locator("[name=scan]")).to_be_focused()
    page.keyboard.insert_text("045085007777||Hồ Thị Xa|02011985|Nữ|Thôn 7|01012022")
    page.keyboard.press("Enter")
    expect(page.locator("[name=name]").first).to_have_value("Hồ Thị Xa")
    # This desk offers it for nobody of its own: the screen asks for whom.
    page.keyboard.insert_text(COPY)
    page.keyboard.press("Enter")
    agency = page.locator(".o_motcua_agency_choice input")
    expect(agency).to_be_focused()
    page.locator("button[name=confirm]").click()
    expect(page.locator(".o_motcua_alert")).to_contain_text("Cơ quan nào giải quyết?")
    agency.fill("giai quyet thay")
    page.locator(
        ".o-autocomplete--dropdown-item", has_text="xã Giải Quyết Thay"
    ).click()
    expect(agency).to_have_value("xã Giải Quyết Thay")
    summary = page.locator(".o_motcua_promise")
    expect(summary).to_contain_text("Chuyển đến cơ quan giải quyết trước:")
    # What was typed and not chosen is no agency.
    agency.fill("xã nào đó")
    page.locator("[name=phone]").first.focus()
    expect(agency).to_have_value("xã Giải Quyết Thay")
    shoot(page, screenshots, "nonterritorial-at-the-desk")
    page.keyboard.press("Alt+Enter")
    done = page.locator(".o_motcua_last.alert-success", has_text="Hồ Thị Xa")
    code = text_of(done, CODE)
    [row] = rpc(NEAR).call(
        "motcua.dossier", "search_read", [("code", "=", code)], ["id"]
    )

    page.goto(f"/odoo/motcua.dossier/{row['id']}")
    assert record_on(page) == row["id"]
    expect(page.locator("div[name=date_handover_due]")).to_have_text(re.compile(r"\d"))
    expect(page.locator("button", has_text="Chuyển bước")).to_have_count(0)
    shoot(page, screenshots, "nonterritorial-before")
    page.locator("button[name=action_hand_over]:visible").click()
    expect(page.locator("button[name=action_hand_over]")).to_have_count(0)
    expect(page.locator("div[name=date_competent]")).to_have_text(re.compile(r"\d"))
    shoot(page, screenshots, "nonterritorial-after")

    page = login(FAR)
    page.goto("/odoo")
    expect(page.locator(".o_motcua_my_work")).to_contain_text(code)
    shoot(page, screenshots, "nonterritorial-at-the-agency")
