"""The case of a dossier: chosen at the desk by keyboard, and corrected on its page."""

import re

import pytest
from playwright.sync_api import expect

from ..world import Commune
from .screen import record_on, shoot, text_of

OFFICER = "chon.truong.hop"
CODE = r"H97\.49-\d{6}-\d{4}"
CONFIRMATION = "1.004873"  # 3 working days, or 23 where something is to be verified
VERIFY = "Phải xác minh tại nơi đã cư trú"


@pytest.fixture(scope="module")
def commune(rpc):
    commune = Commune(rpc("admin"), "xã Chọn Trường Hợp", "H97.49")
    commune.hire("receiving_officer", {OFFICER: "Đỗ Thị Chọn"})
    commune.offer(CONFIRMATION)
    return commune


def test_chosen_by_keyboard_and_corrected(commune, login, rpc, screenshots):
    page = login(OFFICER)
    page.add_init_script("window.print = () => {}")
    page.goto("/odoo/tiep-nhan")
    scan = page.locator("[name=scan]")
    expect(scan).to_be_focused()
    page.keyboard.insert_text("045085007001||Hồ Văn Chọn|02011985|Nam|Thôn 7|01012022")
    page.keyboard.press("Enter")
    expect(page.locator("[name=name]").first).to_have_value("Hồ Văn Chọn")
    page.keyboard.insert_text(CONFIRMATION)
    page.keyboard.press("Enter")
    rows = page.locator(".o_motcua_case_choice label")
    expect(rows).to_have_text(
        [re.compile(r"03 ngày làm việc"), re.compile(rf"{VERIFY}.*23 ngày làm việc")]
    )
    summary = page.locator(".o_motcua_promise")
    expect(summary).to_contain_text("Thời hạn: 03 ngày làm việc")
    page.keyboard.press("Alt+c")
    expect(rows.nth(0).locator("input")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1).locator("input")).to_be_checked()
    expect(summary).to_contain_text("23 ngày làm việc")
    shoot(page, screenshots, "case-at-the-desk")
    page.keyboard.press("Alt+Enter")
    done = page.locator(".o_motcua_last.alert-success", has_text="Hồ Văn Chọn")
    code = text_of(done, CODE)
    [row] = rpc(OFFICER).call(
        "motcua.dossier", "search_read", [("code", "=", code)], ["case_id"]
    )
    assert row["case_id"][1] == VERIFY

    page.goto(f"/odoo/motcua.dossier/{row['id']}")
    assert record_on(page) == row["id"]
    page.locator(".o_motcua_more").click()
    page.locator(".o-dropdown--menu").get_by_text("Sửa trường hợp", exact=True).click()
    dialogue = page.locator(".modal")
    # Proposed is what the dossier is not: the ordinary case.
    expect(dialogue.locator("div[name=case_id] input")).to_have_value("")
    expect(dialogue.locator("div[name=case_term]")).to_have_text(
        re.compile("0?3 ngày làm việc")
    )
    dialogue.locator("div[name=text] textarea").fill("Đã có xác nhận nơi cư trú cũ.")
    shoot(page, screenshots, "case-corrected")
    dialogue.locator("button[name=action_apply]").click()
    expect(dialogue).to_have_count(0)
    expect(page.locator("div[name=case_id]")).to_have_count(0)
    shoot(page, screenshots, "case-on-the-dossier")
    [row] = rpc(OFFICER).call("motcua.dossier", "read", row["id"], ["case_id"])
    assert not row["case_id"]
    receipt = rpc(OFFICER).http.get(
        f"{rpc(OFFICER).url}/report/html/motcua_base.report_receipt/{row['id']}"
    )
    assert "Giấy lần 2, thay thế giấy đã cấp ngày" in receipt.text
