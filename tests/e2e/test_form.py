"""A form with every kind of field, at the counter and in the dossier."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.world import Commune, field

OFFICER = "quay.bieu.mau"
CODE = "9.777001"
SECTION = "I. Vườn"


FIELDS = [
    field("ho_ten", "Họ và tên", required=True, prefill="name"),
    field("noi_o", "Nơi ở", "place"),
    field("co_quan", "Cơ quan cấp", "agency"),
    field("anh", "Ảnh vườn", "file", required=True),
    field("dien_tich", "Diện tích", "float", section=SECTION),
    field("cay", "Cây trồng", "repeat", section=SECTION),
    field("loai", "Loại cây", parent_name="cay", required=True),
    field("so", "Số cây", "integer", parent_name="cay"),
    field(
        "tong",
        "Tổng số cây",
        "computed",
        formula="sum(cay.so)",
        section=SECTION,
    ),
    field(
        "mat_do",
        "Mật độ",
        "computed",
        formula="round(tong / dien_tich, 1)",
        section=SECTION,
    ),
]


@pytest.fixture(scope="module")
def commune(rpc):
    admin = rpc("admin")
    commune = Commune(admin, "Xã Thử nghiệm Biểu mẫu", "H98.78")
    commune.hire("receiving_officer", {OFFICER: "Lê Thị Mẫu"})
    commune.publish(CODE, "Hỗ trợ cải tạo vườn", FIELDS)
    return commune


def picture():
    content = BytesIO()
    Image.new("RGB", (300, 200), "green").save(content, "PNG")
    return {"name": "vuon.png", "mimeType": "image/png", "buffer": content.getvalue()}


def see_computed(page, name, text):
    page.wait_for_function(
        "([name, text]) => document.querySelector(`output[name=${name}]`)"
        "?.innerText === text",
        arg=[name, text],
    )


def choose_suggestion(page, name, typed, text):
    page.fill(f"#{name}", typed)
    # As long as a hand presses a mouse.
    page.click(f".o-autocomplete--dropdown-item:has-text('{text}')", delay=200)
    expect(page.locator(f"#{name}")).to_have_value(re.compile(re.escape(text)))


def test_every_kind_of_field_from_the_counter_to_the_dossier(
    commune, login, rpc, screenshots
):
    page = login(OFFICER)
    page.context.add_init_script("window.print = () => {}")
    page.goto("/odoo/tiep-nhan")
    page.wait_for_selector("[name=scan]")
    page.fill("[name=name]", "Trần Văn Mít")
    page.fill("[name=scan]", CODE)
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_motcua_eform")
    # What was scanned is gone when the cursor is back in the field for the next scan.
    expect(page.locator("[name=scan]")).to_have_value("")

    choose_suggestion(page, "noi_o", "Thôn 3, khe sanh", "Thôn 3, Xã Khe Sanh")
    choose_suggestion(page, "co_quan", "bieu mau", "Xã Thử nghiệm Biểu mẫu")
    page.set_input_files("input[name=anh]", files=[picture()])
    page.wait_for_selector(".o_motcua_eform :text('vuon.pdf')")
    for number, (kind, count) in enumerate((("Mít", "10"), ("Xoài", "5"))):
        page.click("[name=add_cay]")
        page.locator("[name=loai]").nth(number).fill(kind)
        page.locator("[name=so]").nth(number).fill(count)
    see_computed(page, "tong", "15")
    page.fill("[name=dien_tich]", "0")
    page.wait_for_selector(".o_motcua_eform .text-danger:has-text('Mật độ')")
    page.fill("[name=dien_tich]", "7,5")
    see_computed(page, "mat_do", "2")
    page.screenshot(path=screenshots / "form-counter.png")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("[name=add_cay]").scroll_into_view_if_needed()
    page.screenshot(path=screenshots / "form-counter-phone.png")
    page.set_viewport_size({"width": 1366, "height": 768})
    page.click("[name=confirm]")
    page.wait_for_selector(".o_motcua_last.alert-success")

    [dossier] = rpc("admin").call(
        "motcua.dossier", "search", [("procedure_id.code", "=", CODE)]
    )
    page.goto(f"/odoo/motcua.dossier/{dossier}")
    page.click("a[name=form]")
    # What is computed is read, not typed over; what is answered can be corrected.
    answers = page.locator(".o_field_widget[name=form_values]")
    expect(answers.locator("[property-name=dien_tich] input")).to_be_visible()
    for name, text in (("tong", "15"), ("mat_do", "2")):
        answer = answers.locator(f".o_property_field[property-name={name}]")
        expect(answer.locator(".o_property_field_value")).to_contain_text(text)
        expect(answer.locator("input, textarea")).to_have_count(0)
    page.click("[name=edit_cay]")
    dialog = page.locator(".modal")
    dialog.locator("[name=add_cay]").click()
    dialog.locator("[name=so]").nth(2).fill("7")
    dialog.locator("[name=save]").click()
    dialog.locator(".alert:has-text('Loại cây')").wait_for()
    dialog.locator("[name=loai]").nth(2).fill("Bơ")
    dialog.locator("[name=save]").click()
    dialog.wait_for(state="detached")
    page.wait_for_selector(".o_motcua_form_rows :text('Bơ')")
    page.screenshot(path=screenshots / "form-dossier.png")
    [stored] = rpc("admin").call(
        "motcua.dossier", "search_read", [("id", "=", dossier)], ["form_values"]
    )
    values = {item["name"]: item.get("value") for item in stored["form_values"]}
    assert values["tong"] == 22
    assert values["mat_do"] == 2.9
