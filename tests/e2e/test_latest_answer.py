"""An answer of the server that comes late undoes nothing that was done since."""

import pytest
from playwright.sync_api import expect

from ..world import Commune
from .screen import settle, text_of

OFFICER = "tra.loi.muon"
CONFIRMATION = "1.004873"  # 3 working days, or 23 where something is to be verified
COPIES = "2.000815"  # certified copies
DESCRIBE = "**/motcua.desk/describe"
FIND = "**/motcua.desk/find_procedures"


@pytest.fixture(scope="module")
def commune(rpc):
    commune = Commune(rpc("admin"), "xã Trả Lời Muộn", "H97.54")
    commune.hire("receiving_officer", {OFFICER: "Phan Thị Muộn"})
    commune.offer(CONFIRMATION)
    commune.offer(COPIES)
    return commune


@pytest.fixture
def desk(commune, login):
    page = login(OFFICER)
    page.goto("/odoo/tiep-nhan")
    expect(page.locator("[name=scan]")).to_be_focused()
    settle(page)
    return page


def hold_next(page, pattern):
    """Keep the next such request back: it goes on by ``held[0].continue_()``."""
    held = []
    page.route(pattern, lambda route: held.append(route), times=1)
    return held


def test_what_was_chosen_last_stays(desk):
    """Two cases chosen in a row, and the server speaks of the first one last."""
    desk.keyboard.insert_text(CONFIRMATION)
    desk.keyboard.press("Enter")
    ordinary, verified = (desk.locator("[name=case]").nth(index) for index in (0, 1))
    expect(ordinary).to_be_checked()
    held = hold_next(desk, DESCRIBE)
    with desk.expect_request(DESCRIBE):
        verified.check()
    with desk.expect_response(DESCRIBE):
        ordinary.check()
    held[0].continue_()
    settle(desk)
    expect(ordinary).to_be_checked()
    expect(desk.locator(".o_motcua_promise")).to_contain_text("03 ngày làm việc")


def test_the_procedure_chosen_last_stays(desk):
    """Another procedure is chosen while the server still describes the first one."""
    shortcuts = desk.locator(".o_motcua_shortcuts button")
    last = text_of(shortcuts.nth(1).locator("span"))
    held = hold_next(desk, DESCRIBE)
    with desk.expect_request(DESCRIBE):
        shortcuts.nth(0).click()
    with desk.expect_response(DESCRIBE):
        shortcuts.nth(1).click()
    held[0].continue_()
    settle(desk)
    expect(desk.locator(".o_motcua_case h2")).to_have_text(last)


def test_suggestions_do_not_come_back(desk):
    """What was found for words that are gone is not shown over what came since."""
    held = hold_next(desk, FIND)
    with desk.expect_request(FIND):
        desk.keyboard.type("hôn nhân")
    desk.keyboard.press("Escape")
    held[0].continue_()
    settle(desk)
    expect(desk.locator(".o_motcua_found")).to_have_count(0)
