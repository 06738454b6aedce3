"""The form editor as administrators use it: a form of twelve fields drawn by mouse and
keyboard, tried out beside, saved and opened again.
"""

import pytest
from playwright.sync_api import expect

from .screen import shows, tick
from .studio import FormEditor

ADMINISTRATOR = "quantri"
SINGLE, MARRIED = "Chưa kết hôn", "Đã kết hôn"
PERSON, FAMILY, REST = "Người yêu cầu", "Gia đình", "Nội dung khác"
FORM = [
    "Họ và tên",
    "Số định danh",
    "Ngày sinh",
    "Điện thoại",
    "Tình trạng hôn nhân",
    "Họ tên vợ hoặc chồng",
    "Có con chung",
    "Các con",
    "Tên con",
    "Ngày sinh của con",
    "Số bản sao",
    "Đề nghị khác",
]


@pytest.fixture
def version(rpc):
    """A draft without a form, of a procedure of its own."""
    admin = rpc(ADMINISTRATOR)
    count = admin.call("motcua.procedure", "search_count", [])
    [procedure] = admin.call(
        "motcua.procedure",
        "create",
        [{"code": f"8.{100000 + count}", "name": "Thủ tục thử nghiệm biểu mẫu"}],
    )
    [draft] = admin.call(
        "motcua.procedure.version", "create", [{"procedure_id": procedure}]
    )
    return draft


@pytest.fixture
def editor(version, login):
    return FormEditor(login(ADMINISTRATOR)).open(version)


def saved(rpc, version):
    return rpc(ADMINISTRATOR).call("motcua.form.editor", "read_form", version)


def draw_first_section(editor):
    """By mouse: fields dragged from the palette, one after the other."""
    editor.add_section(PERSON)
    for kind, label in (
        ("char", "Họ và tên"),
        ("date", "Ngày sinh"),
        ("id_number", "Số định danh"),
        ("phone", "Điện thoại"),
        ("selection", "Tình trạng hôn nhân"),
    ):
        editor.drag(kind, editor.section(PERSON))
        editor.set_label(label)
    editor.set_options(SINGLE, MARRIED, "Đã ly hôn")
    editor.choose("Họ và tên")
    editor.require()


def draw_second_section(editor):
    """A repeating section, and what depends on other answers."""
    editor.add_section(FAMILY)
    editor.drag("char", editor.section(FAMILY))
    editor.set_label("Họ tên vợ hoặc chồng")
    editor.add_condition("visible_if", "Tình trạng hôn nhân", "=", MARRIED)
    editor.drag("boolean", editor.section(FAMILY))
    editor.set_label("Có con chung")
    editor.drag("repeat", editor.section(FAMILY))
    editor.set_label("Các con")
    editor.add_condition("visible_if", "Có con chung", "=")
    editor.drag("char", editor.columns("Các con"))
    editor.set_label("Tên con")
    editor.drag("date", editor.columns("Các con"))
    editor.set_label("Ngày sinh của con")


def draw_third_section(editor):
    """By keyboard alone."""
    editor.add_section(REST)
    for kind, label in (("text", "Đề nghị khác"), ("integer", "Số bản sao")):
        editor.press_with_keys(kind)
        editor.set_label(label)
    # The field that was added last goes up.
    header = editor.card("Số bản sao").locator("> header")
    header.press("Alt+ArrowUp")
    header.press("Enter")


def test_a_form_of_twelve_fields(editor, version, rpc, screenshots):
    page = editor.page
    draw_first_section(editor)
    draw_second_section(editor)
    draw_third_section(editor)
    # A field is dragged to another place as well as stepped there.
    editor.choose("Số định danh")
    editor.chosen.locator("xpath=..").locator("> header [name=up]").click()
    editor.see_labels(FORM)

    # The preview goes by the answers at once.
    editor.see_gone_from_preview("Họ tên vợ hoặc chồng")
    editor.see_gone_from_preview("Các con")
    editor.answer("tinh_trang_hon_nhan").select_option(label=MARRIED)
    editor.see_in_preview("Họ tên vợ hoặc chồng")
    tick(editor.answer("co_con_chung"))
    editor.see_in_preview("Các con")
    page.click("[name=desktop]")
    page.screenshot(path=screenshots / "form-editor.png")

    # Nothing is lost by a slip.
    editor.card("Tên con").locator("> header").focus()
    page.keyboard.press("Delete")
    editor.card("Tên con").wait_for(state="detached")
    page.keyboard.press("Control+z")
    editor.see_labels(FORM)

    page.keyboard.press("Control+s")
    editor.see_saved()
    rows = saved(rpc, version)
    assert [row["section"] for row in rows] == [PERSON] * 5 + [FAMILY] * 3 + [REST] * 2
    assert [column["name"] for column in rows[7]["columns"]] == [
        "ten_con",
        "ngay_sinh_cua_con",
    ]
    assert rows[0]["required"]
    married = rows[4]["options"][1][0]
    assert rows[5]["visible_if"] == {
        "all": [{"field": "tinh_trang_hon_nhan", "op": "=", "value": married}]
    }

    # Opened again it is the same; renaming a label leaves the name alone.
    editor.open(version)
    editor.see_labels(FORM)
    editor.choose("Họ và tên")
    editor.set_label("Họ, chữ đệm, tên")
    editor.save()
    first = saved(rpc, version)[0]
    assert (first["name"], first["label"]) == ("ho_va_ten", "Họ, chữ đệm, tên")


def test_fifty_steps_are_undone(editor):
    editor.add_section(PERSON)
    for number in range(25):
        editor.press("char")
        editor.set_label(f"Mục {number}")
    for _step in range(50):
        editor.page.keyboard.press("Control+z")
    editor.see_labels([])
    for _step in range(50):
        editor.page.keyboard.press("Control+y")
    editor.see_labels([f"Mục {number}" for number in range(25)])


def test_the_first_field_is_dropped_anywhere(editor):
    editor.drag("date", editor.page.locator(".o_motcua_blank"))
    editor.set_label("Ngày sinh")
    editor.see_labels(["Ngày sinh"])


def test_formulas_are_put_together(editor):
    for kind, label in (("integer", "Số bản"), ("money", "Lệ phí một bản")):
        editor.press(kind)
        editor.set_label(label)
    editor.press("computed")
    editor.set_label("Thành tiền")
    editor.insert_into_formula("Số bản")
    editor.see_finding_gone("Thành tiền")
    editor.type_into_formula(" * ")
    editor.see_finding("Thành tiền")
    editor.insert_into_formula("Lệ phí một bản")
    editor.see_finding_gone("Thành tiền")
    editor.answer("so_ban").fill("3")
    editor.answer("le_phi_mot_ban").fill("8000")
    editor.see_in_preview("24.000")
    # A field that was never saved takes its name along when it is renamed.
    editor.choose("Số bản")
    editor.set_label("Số lượng")
    formula = editor.choose("Thành tiền").locator("[name=formula]")
    expect(formula).to_have_value("so_luong * le_phi_mot_ban")


def test_a_moment_is_typed_as_people_write_it(editor):
    """In whatever language the browser is."""
    editor.press("datetime")
    editor.set_label("Thời điểm xảy ra")
    moment = editor.answer("thoi_diem_xay_ra")
    wrong = editor.preview.locator(".o_motcua_eform .text-danger.small")
    for typed, shown in (
        ("5/3/2026 8:30", "05/03/2026 08:30"),
        ("05032026 17h05", "05/03/2026 17:05"),
    ):
        moment.fill(typed)
        moment.press("Tab")
        expect(moment).to_have_value(shown)
    expect(wrong).to_have_count(0)
    for typed in ("31/02/2026 08:30", "sáng nay"):
        moment.fill(typed)
        moment.press("Tab")
        expect(wrong).to_have_count(1)
        expect(moment).to_have_value(typed)


def test_what_is_to_mend_is_told_at_its_field(editor, version, rpc):
    for label, other in (("Một", None), ("Hai", "Một")):
        editor.press("char")
        editor.set_label(label)
        if other:
            editor.add_condition("visible_if", other, "filled")
    editor.choose("Một")
    editor.add_condition("visible_if", "Hai", "filled")
    editor.see_finding("Một")
    editor.see_finding("Hai")
    editor.page.click("[name=save]")
    editor.see_alert("Một")
    assert saved(rpc, version) == []
    editor.chosen.locator("[name=remove_test]").click()
    editor.see_finding_gone("Một")
    editor.save()
    assert len(saved(rpc, version)) == 2


def test_second_administrator_loses_nothing(editor, version, rpc, login):
    other = FormEditor(login("admin")).open(version)
    editor.press("char")
    editor.set_label("Của tôi")
    other.press("char")
    other.set_label("Của người kia")
    editor.save()
    other.page.click("[name=save]")
    other.see_alert()
    other.see_labels(["Của người kia"])
    assert [row["label"] for row in saved(rpc, version)] == ["Của tôi"]
    other.page.click("[name=reload]")
    other.card("Của tôi").wait_for()


def test_unsaved_form_survives_closing(editor, version):
    editor.press("char")
    editor.set_label("Chưa lưu")
    context = editor.page.context
    editor.page.close()
    again = FormEditor(context.new_page()).open(version)
    again.see_labels(["Chưa lưu"])
    again.page.click(".o_motcua_strip [name=reload]")
    again.page.wait_for_selector(".o_motcua_blank")
    # Pressed by mistake.
    again.page.click("[name=undo]")
    again.see_labels(["Chưa lưu"])
    again.save()


def test_leaving_asks(editor):
    editor.press("char")
    editor.page.click(".o_menu_toggle, .o_navbar_apps_menu button")
    editor.page.locator(".o_app, .o-dropdown-item").first.click()
    editor.page.click("[name=leave_stay]")
    expect(editor.fields).to_have_count(1)


def test_published_form_is_looked_at_only(login, rpc):
    [published] = rpc(ADMINISTRATOR).call(
        "motcua.procedure.version",
        "search",
        [("state", "=", "published"), ("field_ids", "!=", False)],
        limit=1,
    )
    editor = FormEditor(login(ADMINISTRATOR)).open(published)
    expect(editor.fields).not_to_have_count(0)
    expect(editor.page.locator(".o_motcua_palette")).to_have_count(0)
    labels = editor.labels()
    editor.choose(labels[0])
    expect(editor.chosen.locator("[name=label]")).to_be_disabled()
    editor.page.click("[name=new_version]")
    editor.page.wait_for_selector(".o_motcua_palette")
    editor.see_labels(labels)


@pytest.mark.parametrize("width", [1366, 390])
def test_fields_of_another_form(editor, width):
    page = editor.page
    page.set_viewport_size({"width": width, "height": 844})
    page.click("[name=copy]")
    page.fill("[name=find_form]", "khai sinh")
    page.click(".o_motcua_copy .list-group-item")
    tick(page.locator("[name=copy_section]").first)
    page.click("[name=insert]")
    expect(editor.fields).not_to_have_count(0)
    first = editor.labels()[0]
    editor.save()
    if shows(page.locator("[name=pane_preview]")):
        page.click("[name=pane_preview]")
    editor.see_in_preview(first)
