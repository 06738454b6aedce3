"""Two hands on a slow line: what was typed stays, whenever the server answers."""

import pytest
from playwright.sync_api import expect

from tests.world import Commune, field

OFFICER = "quay.duong.cham"
CODE = "9.777021"
LATENCY = 250  # milliseconds that each answer takes on its way
CLICK = 100  # milliseconds that a hand presses a mouse


FIELDS = [
    field("so_tien", "Số tiền", "money"),
    field("dien_tich", "Diện tích", "float"),
    field("so_nguoi", "Số người", "integer"),
    field("nam_sinh", "Năm sinh", "integer", minimum="1900", maximum="2100"),
    field("ghi_chu", "Ghi chú"),
    field("noi_dung", "Nội dung", "text"),
    field("ngay", "Ngày cấp", "date"),
    field("ho_ngheo", "Hộ nghèo", "boolean"),
    field(
        "nhom",
        "Nhóm",
        "selection",
        options="mot=Nhóm một\nkhac=Nhóm khác",
    ),
    field("gap_doi", "Gấp đôi", "computed", formula="so_tien * 2"),
]
# What the counter has inputs of its own for.
MORE_FIELDS = [
    field("hen", "Hẹn", "datetime"),
    field("dien_thoai", "Điện thoại", "phone"),
    field("thu_dien_tu", "Thư điện tử", "email"),
    field("so_dinh_danh", "Số định danh", "id_number"),
    field("loai", "Loại", "tags", options="a=Loại A\nb=Loại B"),
    field("noi_o", "Nơi ở", "place"),
    field("thanh_vien", "Thành viên", "repeat"),
    field("ten", "Tên", parent_name="thanh_vien"),
    field("thu_nhap", "Thu nhập", "money", parent_name="thanh_vien"),
]


@pytest.fixture(scope="module")
def commune(rpc):
    admin = rpc("admin")
    commune = Commune(admin, "Xã Thử nghiệm Đường chậm", "H98.91")
    commune.hire("receiving_officer", {OFFICER: "Lê Thị Chậm"})
    commune.publish(CODE, "Thử gõ nhanh", FIELDS + MORE_FIELDS)
    return commune


def slow_line(page, latency=LATENCY):
    """Every answer of the server comes so many milliseconds late."""
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency,
            "downloadThroughput": -1,
            "uploadThroughput": -1,
        },
    )


def fill_in(page, box):
    """Everything in one go, each control left by a click on the next."""
    for name, typed in (
        ("so_tien", "10.800.000"),
        ("dien_tich", "7,5"),
        ("so_nguoi", "1.200"),
        ("nam_sinh", "1985"),
        ("ghi_chu", "gõ nhanh"),
        ("noi_dung", "hai tay"),
        ("ngay", "05/03/2026"),
    ):
        control = box(name)
        control.click(delay=CLICK)
        page.keyboard.press("Control+a")
        page.keyboard.type(typed, delay=40)
    box("ho_ngheo").click(delay=CLICK)
    box("nhom").select_option(label="Nhóm khác")


ANSWERS = {
    "so_tien": 10800000,
    "dien_tich": 7.5,
    "so_nguoi": 1200,
    "nam_sinh": 1985,
    "ghi_chu": "gõ nhanh",
    "noi_dung": "hai tay",
    "ngay": "2026-03-05",
    "ho_ngheo": True,
    "nhom": "khac",
    "gap_doi": 21600000,
}


def fill_in_more(form):
    """What the counter alone has, in one go as well."""
    for name, typed in (
        ("hen", "05/03/2026 08:30"),
        ("dien_thoai", "0912345678"),
        ("thu_dien_tu", "nhanh@example.com"),
        ("so_dinh_danh", "045088012733"),
    ):
        control = form.locator(f"[name={name}]")
        control.click(delay=CLICK)
        form.page.keyboard.type(typed, delay=40)
    form.get_by_text("Loại B").click(delay=CLICK)
    form.get_by_text("Loại A").click(delay=CLICK)
    form.locator("[name=add_thanh_vien]").click(delay=CLICK)
    form.locator("[name=ten]").click(delay=CLICK)
    form.page.keyboard.type("Lê Văn Con", delay=40)
    form.locator("[name=thu_nhap]").click(delay=CLICK)
    form.page.keyboard.type("1.500.000", delay=40)
    form.locator("#noi_o").click(delay=CLICK)
    form.page.keyboard.type("Xã Khe Sanh, tỉnh Quảng Trị", delay=40)


MORE_ANSWERS = {
    "hen": "2026-03-05 01:30:00",  # UTC
    "loai": ["b", "a"],
    "dien_thoai": "0912345678",
    "thu_dien_tu": "nhanh@example.com",
    "so_dinh_danh": "045088012733",
    "noi_o": "Xã Khe Sanh, tỉnh Quảng Trị",
}
ROW = {"ten": "Lê Văn Con", "thu_nhap": 1500000}


def answers_of(rpc, dossier):
    [stored] = rpc("admin").call(
        "motcua.dossier", "search_read", [("id", "=", dossier)], ["form_values"]
    )
    return {
        item["name"]: item.get("value")
        for item in stored["form_values"]
        if not item["name"].startswith("_") and item.get("value")
    }


def test_nothing_typed_at_the_counter_is_lost(commune, login, rpc, screenshots):
    page = login(OFFICER)
    page.context.add_init_script("window.print = () => {}")
    page.goto("/odoo/tiep-nhan")
    page.wait_for_selector("[name=scan]")
    page.fill("[name=name]", "Trần Văn Nhanh")
    page.fill("[name=scan]", CODE)
    page.keyboard.press("Enter")
    page.wait_for_selector(".o_motcua_eform")
    slow_line(page)
    fill_in(page, lambda name: page.locator(f".o_motcua_eform [name={name}]"))
    fill_in_more(page.locator(".o_motcua_eform"))
    understood = page.locator(".o_motcua_understood")
    expect(understood.first).to_have_text("10.800.000 (mười triệu tám trăm nghìn)")
    page.screenshot(path=screenshots / "typing-counter.png", full_page=True)
    page.click("[name=confirm]")
    page.wait_for_selector(".o_motcua_last.alert-success")
    [dossier] = rpc("admin").call(
        "motcua.dossier", "search", [("procedure_id.code", "=", CODE)], limit=1
    )
    assert answers_of(rpc, dossier) == {**ANSWERS, **MORE_ANSWERS}
    [row] = rpc("admin").call(
        "motcua.dossier.row",
        "search_read",
        [("dossier_id", "=", dossier)],
        ["row_values"],
    )
    assert row["row_values"] == ROW


def test_nothing_typed_in_the_dossier_is_lost(commune, login, rpc, screenshots):
    # What was asked for, and what the dossier says beforehand.
    admin = rpc("admin")
    person = admin.call("res.partner", "create", {"name": "Trần Văn Chậm"})
    [procedure] = admin.call("motcua.procedure", "search", [("code", "=", CODE)])
    dossier = rpc(OFFICER).call(
        "motcua.dossier",
        "create",
        {
            "procedure_id": procedure,
            "agency_id": commune.id,
            "applicant_id": person,
            "channel": "counter",
            "form_values": {"ghi_chu": "trước"},
        },
    )
    page = login(OFFICER)
    page.goto(f"/odoo/motcua.dossier/{dossier}")
    page.click("a[name=form]")
    slow_line(page)

    def box(name):
        return page.locator(
            f"[property-name={name}] :is(input, select, textarea)"
        ).first

    fill_in(page, box)
    expect(box("so_tien")).to_have_value("10.800.000")
    expect(box("nam_sinh")).to_have_value("1985")
    page.screenshot(path=screenshots / "typing-dossier.png")

    # What may mean two things is named, and keeps the dossier from being saved as 0.
    box("so_tien").fill("2.5")
    box("ghi_chu").click(delay=CLICK)
    refused = page.locator("[property-name=so_tien] [role=alert]")
    expect(refused).to_contain_text("2,5")
    expect(refused).to_contain_text("25")
    expect(box("so_tien")).to_have_value("2.5")
    page.screenshot(path=screenshots / "typing-refused.png")
    box("so_tien").fill("10,800,000.00")
    box("ghi_chu").click(delay=CLICK)
    page.click(".o_form_button_save")
    expect(refused).to_have_count(0)
    expect(page.locator(".o_form_button_save")).to_be_hidden()
    assert answers_of(rpc, dossier) == ANSWERS
