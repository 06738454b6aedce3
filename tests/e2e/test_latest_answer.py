"""An answer of the server that comes late undoes nothing that was done since."""

import pytest
from playwright.sync_api import expect

from ..world import Commune
from .screen import hold_next, scan, settle, text_of

OFFICER = "tra.loi.muon"
CONFIRMATION = "1.004873"  # 3 working days, or 23 where something is to be verified
COPIES = "2.000815"  # certified copies
DESCRIBE = "**/motcua.desk/describe"
FIND = "**/motcua.desk/find_procedures"
RECOGNISE = "**/motcua.desk/recognise"
CARD = "{}||{}|02011985|Nam|Thôn 7|01012022"


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


def test_what_was_chosen_last_stays(desk):
    """Two cases chosen in a row, and the server speaks of the first one last."""
    desk.keyboard.insert_text(CONFIRMATION)
    desk.keyboard.press("Enter")
    ordinary, verified = (desk.locator("[name=case]").nth(index) for index in (0, 1))
    expect(ordinary).to_be_checked()
    held = hold_next(desk, DESCRIBE)
    with desk.expect_request(DESCRIBE):
        verified.click()
    with desk.expect_response(DESCRIBE):
        ordinary.click()
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


def test_of_two_cards_the_second_stays(desk):
    """The cards of two people scanned in a row, and the first one takes longer."""
    name = desk.locator("[data-target=applicant] [name=name]")
    held = hold_next(desk, RECOGNISE)
    with desk.expect_request(RECOGNISE):
        scan(desk, CARD.format("045085007101", "Hồ Văn Trước"))
    second = CARD.format("045085007102", "Hồ Văn Sau")
    scan(desk, second)
    expect(desk.locator("[name=scan]")).to_have_value(second)
    held[0].continue_()
    settle(desk)
    expect(name).to_have_value("Hồ Văn Sau")


def test_suggestions_do_not_come_back(desk):
    """What was found for words that are gone is not shown over what came since."""
    held = hold_next(desk, FIND)
    with desk.expect_request(FIND):
        desk.keyboard.type("hôn nhân")
    desk.keyboard.press("Escape")
    held[0].continue_()
    settle(desk)
    expect(desk.locator(".o_motcua_found")).to_have_count(0)
