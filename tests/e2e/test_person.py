"""What the intake screen asks and says about the person at the desk."""

import pytest
from playwright.sync_api import expect

from tests.world import Commune

from .screen import tick

OFFICER = "quay.nguoi.nop"
NUMBER = "045190004399"


@pytest.fixture(scope="module")
def commune(rpc):
    """A commune whose desk knows one citizen."""
    commune = Commune(rpc("admin"), "Xã Thử nghiệm Người nộp", "H98.79")
    commune.hire("receiving_officer", {OFFICER: "Lê Thị Quầy"})
    copies = commune.offer("2.000815")
    values = {
        "procedure_id": copies,
        "agency_id": commune.id,
        "applicant_name": "Hồ Thị Mai Hương",
        "applicant_id_number": NUMBER,
        "applicant_address": "Thôn 3, Khe Sanh",
    }
    rpc(OFFICER).call("motcua.dossier", "receive_new", [values])
    return commune


def test_a_card_asks_before_it_replaces(commune, login, screenshots):
    page = login(OFFICER)
    page.goto("/odoo/tiep-nhan")
    scan = page.locator(".o_motcua_scan input")
    scan.fill(f"{NUMBER}||Hồ Mai|02011990|Nữ|Thôn 7, Khe Sanh|01012022")
    scan.press("Enter")
    applicant = page.locator("[data-target=applicant]")
    name = applicant.locator("[name=name]")
    address = applicant.locator("[name=address]")
    expect(name).to_have_value("Hồ Thị Mai Hương")
    expect(address).to_have_value("Thôn 3, Khe Sanh")
    choice = applicant.locator("[data-change=address]")
    expect(choice).to_contain_text("Thôn 3, Khe Sanh")
    page.screenshot(path=screenshots / "person_choice.png")
    tick(choice.get_by_role("radio").last)
    expect(address).to_have_value("Thôn 7, Khe Sanh")
    expect(name).to_have_value("Hồ Thị Mai Hương")
    tick(choice.get_by_role("radio").first)
    expect(address).to_have_value("Thôn 3, Khe Sanh")


def test_the_keyboard_is_named(commune, login):
    page = login(OFFICER)
    page.goto("/odoo/tiep-nhan")
    scan = page.locator(".o_motcua_scan input")
    scan.fill("đôđ\u0323đđôê\u0300\u0309\u0303")
    scan.press("Enter")
    expect(page.get_by_text("chuyển bàn phím sang English")).to_be_visible()
