"""Amounts typed where fees are kept: read as in forms, refused where unclear."""

import pytest
from playwright.sync_api import expect

from tests.world import Commune

CODE = "9.777022"
ADMIN = "admin"


@pytest.fixture(scope="module")
def offering(rpc):
    admin = rpc(ADMIN)
    commune = Commune(admin, "Xã Thử nghiệm Số tiền", "H98.92")
    procedure = admin.call(
        "motcua.procedure", "create", {"code": CODE, "name": "Thử số tiền"}
    )
    fee = {"name": "Phí thử", "amount": 1000}
    return admin.call(
        "motcua.offering",
        "create",
        {
            "procedure_id": procedure,
            "agency_id": commune.id,
            "fee_ids": [(0, 0, fee)],
        },
    )


def test_an_amount_is_read_as_in_forms(offering, login, rpc, screenshots):
    page = login(ADMIN)
    page.goto(f"/odoo/motcua.offering/{offering}")
    cell = page.locator("[name=fee_ids] .o_data_row td[name=amount]")
    cell.click()
    amount = cell.locator("input")
    amount.fill("2.5")
    amount.press("Tab")
    expect(page.locator("[name=fee_ids] .o_field_invalid[name=amount]")).to_be_visible()
    expect(amount).to_have_value("2.5")
    page.screenshot(path=screenshots / "amount-refused.png")
    amount.fill("10,000,000.00 đ")
    amount.press("Tab")
    expect(cell).not_to_have_class("o_invalid_cell")
    page.click(".o_form_button_save")
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    expect(cell).to_have_text("10.000.000")
    [stored] = rpc(ADMIN).call(
        "motcua.procedure.fee",
        "search_read",
        [("offering_id", "=", offering)],
        ["amount"],
    )
    assert stored["amount"] == 10_000_000
