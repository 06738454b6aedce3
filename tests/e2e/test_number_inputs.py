"""Numbers typed elsewhere than in e-forms: answers of a dossier, fees in a dialog,
terms of an agency, shares of steps, pages at the counter. They are read as in
forms, said back, and refused with both readings."""

import pytest
from playwright.sync_api import expect

from tests.world import Commune, field

from .screen import settle, shoot
from .studio import WorkflowEditor

CODE = "9.777023"
OFFICER = "quay.so.tien"
ADMIN = "admin"
TYPED, SHOWN, SAID = "10,800,000.00", "10.800.000", "mười triệu tám trăm nghìn"


@pytest.fixture(scope="module")
def commune(rpc):
    commune = Commune(rpc(ADMIN), "Xã Thử nghiệm Ô số", "H98.93")
    commune.hire("receiving_officer", {OFFICER: "Lê Thị Số"})
    fee = {"name": "Phí thử ô số", "kind": "fee", "amount": 2000, "unit": "page"}
    form = [field("so_tien", "Số tiền", "money"), field("ghi_chu", "Ghi chú")]
    commune.procedure = commune.publish(
        CODE, "Thử ô nhập số", form, fee_ids=[(0, 0, fee)]
    )
    return commune


@pytest.fixture(scope="module")
def dossier(commune, rpc):
    [row] = rpc(OFFICER).call(
        "motcua.dossier",
        "receive_new",
        [
            {
                "procedure_id": commune.procedure,
                "agency_id": commune.id,
                "applicant_id": rpc(ADMIN).call(
                    "res.partner", "create", {"name": "Trần Văn Ô"}
                ),
                "channel": "counter",
                "form_values": {"so_tien": 1000},
            }
        ],
    )
    return row["id"]


def expect_both_readings(place, number):
    refused = place.locator("[role=alert]")
    expect(refused).to_contain_text("2,5")
    expect(refused).to_contain_text("25")
    expect(number).to_have_value("2.5")


def test_answers_on_the_page_of_a_dossier(dossier, login, rpc, screenshots):
    page = login(OFFICER)
    page.goto(f"/odoo/motcua.dossier/{dossier}")
    page.click("a[name=form]")
    answer = page.locator(".o_property_field[property-name=so_tien]")
    amount = answer.locator("input")
    amount.fill("2.5")
    amount.press("Tab")
    expect_both_readings(answer, amount)
    amount.fill(TYPED)
    amount.press("Tab")
    expect(amount).to_have_value(SHOWN)
    expect(answer.locator(".o_motcua_understood")).to_have_text(SAID)
    shoot(page, screenshots, "number-answer")
    page.click(".o_form_button_save")
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    [stored] = rpc(ADMIN).call(
        "motcua.dossier", "search_read", [("id", "=", dossier)], ["form_values"]
    )
    values = {item["name"]: item.get("value") for item in stored["form_values"]}
    assert values["so_tien"] == 10_800_000


def test_fees_in_a_dialog(dossier, login, rpc, screenshots):
    page = login(OFFICER)
    page.goto(f"/odoo/motcua.dossier/{dossier}")
    page.click("a[name=fees]")
    page.get_by_role("button", name="Điều chỉnh khoản thu").click()
    dialog = page.locator(".modal")
    cell = dialog.locator("[name=fee_ids] .o_data_row td[name=amount]")
    cell.click()
    amount = cell.locator("input")
    amount.fill("2.5")
    amount.press("Tab")
    expect_both_readings(cell, amount)
    shoot(page, screenshots, "number-fee-refused")
    amount.fill(TYPED)
    # While it is typed, as it would be kept.
    expect(cell.locator(".o_motcua_understood")).to_have_text(f"{SHOWN} ({SAID})")
    shoot(page, screenshots, "number-fee")
    # Hands that do not wait until the list has worked out the row.
    reason = dialog.locator("div[name=text] textarea")
    reason.click()
    page.keyboard.type("Thu theo mức mới", delay=20)
    expect(reason).to_have_value("Thu theo mức mới")
    dialog.locator("button[name=action_apply]").click()
    expect(dialog).to_have_count(0)
    [fee] = rpc(ADMIN).call(
        "motcua.dossier.fee", "search_read", [("dossier_id", "=", dossier)], ["amount"]
    )
    assert fee["amount"] == 10_800_000


def test_pages_at_the_counter(commune, login, screenshots):
    page = login(OFFICER)
    page.goto("/odoo/tiep-nhan")
    page.fill("[name=scan]", CODE)
    page.keyboard.press("Enter")
    pages = page.locator("[name=pages]")
    pages.fill("1.200")
    pages.press("Tab")
    fees = page.locator(".o_motcua_fees")
    expect(fees).to_contain_text("2.400.000")
    pages.fill("2.5")
    pages.press("Tab")
    refused = page.locator(".o_motcua_summary [role=alert]")
    expect(refused).to_contain_text("2,5 hoặc 25")
    # What cannot be read is not received as something else.
    page.fill("[data-target=applicant] [name=name]", "Trần Văn Trang")
    page.click("[name=confirm]")
    expect(page.locator(".o_motcua_intake")).to_contain_text("có thể hiểu là 2,5")
    shoot(page, screenshots, "number-pages")
    pages.fill("2")
    pages.press("Tab")
    expect(fees).to_contain_text("4.000")
    expect(refused).to_have_count(0)


def test_a_fee_line_and_a_term_of_an_agency(commune, login, rpc, screenshots):
    [offering] = rpc(ADMIN).call(
        "motcua.offering",
        "search",
        [("procedure_id", "=", commune.procedure), ("agency_id", "=", commune.id)],
    )
    page = login(ADMIN)
    page.goto(f"/odoo/motcua.offering/{offering}")
    # Half a day more is no twenty-five days.
    term = page.locator("div[name=term_quantity]")
    term.locator("input").fill("2.5")
    expect(term.locator(".o_motcua_understood")).to_have_text("2,5")
    page.locator("div[name=term_unit] input").click()
    page.locator(".o_select_menu_item", has_text="ngày làm việc").click()
    expect(term.locator("input")).to_have_value("2,50")
    expect(term.locator(".o_motcua_understood")).to_have_count(0)
    page.locator("[name=fee_ids] .o_field_x2many_list_row_add a").click()
    row = page.locator("[name=fee_ids] .o_selected_row")
    row.locator("td[name=name] input").fill("Phí địa phương")
    amount = row.locator("td[name=amount] input")
    amount.fill("2.5")
    amount.press("Tab")
    cell = page.locator("[name=fee_ids] td[name=amount]")
    expect_both_readings(cell, cell.locator("input"))
    shoot(page, screenshots, "number-offering")
    cell.locator("input").fill(TYPED)
    page.click(".o_form_button_save")
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    [stored] = rpc(ADMIN).call(
        "motcua.offering",
        "search_read",
        [("id", "=", offering)],
        ["term_quantity"],
    )
    assert stored["term_quantity"] == 2.5
    [fee] = rpc(ADMIN).call(
        "motcua.procedure.fee",
        "search_read",
        [("offering_id", "=", offering)],
        ["amount"],
    )
    assert fee["amount"] == 10_800_000


def test_the_share_of_a_step(login, rpc, screenshots):
    [workflow] = rpc("quantri").call(
        "motcua.workflow", "create", [{"name": "Thử tỷ lệ thời hạn"}]
    )
    page = login("quantri")
    editor = WorkflowEditor(page).open(workflow)
    editor.begin()
    settle(page)
    share = editor.chosen.locator("[name=term_share]")
    share.fill("1.500")
    share.press("Tab")
    expect(editor.chosen.get_by_role("alert")).to_contain_text("1,5 hoặc 1500")
    page.screenshot(path=screenshots / "number-share-refused.png")
    share.fill("12.50")
    share.press("Tab")
    expect(share).to_have_value("12,5")
    expect(editor.chosen.get_by_role("alert")).to_have_count(0)
