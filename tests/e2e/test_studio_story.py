"""The whole story, without a line of code: an administrator builds a procedure from
nothing and publishes it, an officer receives dossiers for it, the chair signs and
prints the decision; the procedure changes, and what is on its way goes on unharmed.
"""

import io
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from ..world import Commune, today
from .screen import record_on
from .studio import DocumentEditor, FormEditor, WorkflowEditor
from .test_intake import Desk, card

ADMINISTRATOR = "quantri"
CLERK, HANDLER, CHAIR = "st-tiep-nhan", "st-tham-dinh", "st-chu-tich"
COMMUNE, IDENTIFIER = "xã Dựng Thủ Tục", "H97.61"
CODE, NAME = "9.810001", "Hỗ trợ sửa chữa nhà ở"
WORKFLOW = "Hỗ trợ nhà ở: thẩm định, ký"
APPRAISE, SIGN = "Thẩm định", "Ký duyệt"
HOUSEHOLD, WANTED = "Hộ đề nghị", "Nội dung đề nghị"
POOR, OTHER = "Hộ nghèo", "Khác"
COUNTER, DAYS = "Trực tiếp", "Ngày làm việc"


@pytest.fixture(scope="module")
def office(rpc):
    """The people of a commune; what they work on is built in the browser."""
    commune = Commune(rpc("admin"), COMMUNE, IDENTIFIER)
    commune.hire("receiving_officer", {CLERK: "Hồ Thị Nhận"})
    commune.hire("handler", {HANDLER: "Lê Văn Thẩm"})
    commune.hire("approver", {CHAIR: "Phạm Thị Chủ"})
    return commune


class Record:
    """A record on its form, as administrators fill it in."""

    def __init__(self, page):
        self.page = page

    def new(self, action):
        self.page.goto(f"/odoo/action-motcua_base.{action}/new")
        self.page.locator(".o_form_view .o_field_widget").first.wait_for()
        return self

    def open(self, model, record):
        self.page.goto(f"/odoo/{model}/{record}")
        self.page.locator(".o_form_view .o_field_widget").first.wait_for()
        return self

    def fill(self, name, text, inside=None):
        box = (inside or self.page).locator(
            f"div[name={name}] input, div[name={name}] textarea"
        )
        box.first.fill(text)
        box.first.press("Tab")

    def fill_day(self, name, day):
        """A day is a button until it is pressed."""
        self.page.locator(f"div[name={name}] button").click()
        self.fill(name, f"{day:%d/%m/%Y}")

    def choose(self, name, typed, shown=None):
        self.page.locator(f"div[name={name}] input").fill(typed)
        items = self.page.locator(".o-autocomplete--dropdown-item")
        items.filter(has_text=shown or typed).first.click()

    def select(self, name, words, inside):
        """Choose from a list."""
        inside.locator(f"div[name={name}] input").click()
        item = self.page.locator(".o_select_menu_item", has_text=words)
        item.first.click()

    def add_line(self, field):
        """Open the dialog of a new line."""
        self.page.locator(f"div[name={field}] .o_field_x2many_list_row_add a").click()
        dialog = self.page.locator(".modal").last
        dialog.locator(".o_form_view").wait_for()
        return dialog

    def save(self):
        """Save, and return the id."""
        self.page.locator(".o_form_button_save").click()
        self.page.wait_for_selector(
            ".o_form_status_indicator_buttons.invisible", state="attached"
        )
        return record_on(self.page)


def test_a_procedure_from_nothing(office, login, rpc, screenshots):
    admin = login(ADMINISTRATOR)
    workflow = draw_workflow(admin)
    version = describe(admin, office)
    draw_form(admin, version)
    write_decision(admin, version)
    offer(admin)
    publish(admin, version, screenshots)

    first = receive(login(CLERK), rpc, "Nguyễn Văn Nhất", "045085000811", screenshots)
    second = receive(login(CLERK), rpc, "Trần Văn Nhì", "045085000812")
    assert (first["version_id"][0], second["version_id"][0]) == (version, version)
    assert first["workflow_id"][0] == workflow
    hand_on(rpc, first)
    said = sign(login(CHAIR), rpc, first)
    for words in ("Nguyễn Văn Nhất", "Mười lăm triệu đồng chẵn", "Hồ Văn Con"):
        assert words in said, said

    changed = change(admin, rpc, version)
    assert changed != version

    # What is on its way keeps the form, the answers and the words of its time.
    hand_on(rpc, second)
    said = sign(login(CHAIR), rpc, second)
    assert "Mười lăm triệu đồng chẵn" in said
    assert "sửa đổi" not in said
    [kept] = rpc("admin").call(
        "motcua.dossier", "read", [second["id"]], ["version_id", "form_values"]
    )
    assert kept["version_id"][0] == version
    answers = {line["name"]: line.get("value") for line in kept["form_values"]}
    assert answers["dien_thoai"] == "0912000811"
    rpc(CLERK).call("motcua.dossier", "action_return", [first["id"]])


def draw_workflow(page):
    """Four steps, and a way back for a better job."""
    record = Record(page).new("workflow_action")
    record.fill("name", WORKFLOW)
    workflow = record.save()
    editor = WorkflowEditor(page).open(workflow)
    editor.begin()
    editor.set(share=10)
    editor.add_step(APPRAISE, 60, role="handler", requires="opinion")
    editor.add_step(SIGN, 30, role="approver", place="agency")
    editor.may_finish()
    editor.add_way("return", APPRAISE, "Yêu cầu thẩm định lại")
    page.wait_for_selector("[name=sound]")
    editor.save()
    return workflow


def describe(page, office):
    """The procedure with its first version: workflow, term and a paper."""
    record = Record(page).new("procedure_action")
    record.fill("code", CODE)
    record.fill("name", NAME)
    record.save()
    record.new("procedure_version_action")
    record.choose("procedure_id", CODE)
    record.choose("workflow_id", WORKFLOW)
    dialog = record.add_line("channel_ids")
    record.select("channel", COUNTER, dialog)
    record.fill("term_quantity", "10", dialog)
    record.select("term_unit", DAYS, dialog)
    dialog.locator(".o_form_button_save").click()
    dialog.wait_for(state="detached")
    page.locator(".o_notebook [name=papers]").click()
    dialog = record.add_line("component_ids")
    record.fill("name", "Giấy tờ về nhà ở", dialog)
    record.fill("copies", "1", dialog)
    dialog.locator(".o_form_button_save").click()
    dialog.wait_for(state="detached")
    return record.save()


def draw_form(page, version):
    """Twelve fields, two conditions and a repeating section."""
    editor = FormEditor(page).open(version)
    editor.add_section(HOUSEHOLD)
    for kind, label in (
        ("char", "Chủ hộ"),
        ("date", "Ngày sinh"),
        ("id_number", "Số định danh"),
        ("phone", "Điện thoại"),
        ("repeat", "Nhân khẩu"),
    ):
        editor.drag(kind, editor.section(HOUSEHOLD))
        editor.set_label(label)
    for kind, label in (("char", "Tên nhân khẩu"), ("date", "Sinh ngày")):
        editor.drag(kind, editor.columns("Nhân khẩu"))
        editor.set_label(label)
    editor.add_section(WANTED)
    editor.drag("selection", editor.section(WANTED))
    editor.set_label("Loại hộ")
    editor.set_options(POOR, "Hộ cận nghèo", OTHER)
    editor.drag("text", editor.section(WANTED))
    editor.set_label("Hoàn cảnh khác")
    editor.add_condition("visible_if", "Loại hộ", "=", OTHER)
    editor.drag("money", editor.section(WANTED))
    editor.set_label("Số tiền đề nghị")
    editor.require()
    editor.drag("boolean", editor.section(WANTED))
    editor.set_label("Cần gấp")
    editor.drag("char", editor.section(WANTED))
    editor.set_label("Lý do gấp")
    editor.add_condition("visible_if", "Cần gấp", "=")
    expect(editor.fields).to_have_count(12)
    editor.see_gone_from_preview("Hoàn cảnh khác")
    editor.save()


def write_decision(page, version):
    editor = DocumentEditor(page).start(version, "decision")
    editor.at_end_of("Điều 2")
    editor.new_paragraph()
    editor.type("Hỗ trợ hộ ông (bà) ")
    editor.pick("", "applicant.name")
    editor.type(" số tiền ")
    editor.pick("so tien", "form.so_tien_de_nghi:words")
    editor.add_table("nhan_khau")
    editor.save()


def offer(page):
    record = Record(page).new("offering_action")
    record.choose("agency_id", IDENTIFIER, COMMUNE)
    record.choose("procedure_id", CODE)
    record.choose("department_id", f"Phòng Chuyên môn {COMMUNE}")
    record.save()


def publish(page, version, screenshots=None):
    """Check first, then publish."""
    Record(page).open("motcua.procedure.version", version)
    page.locator("button[name=action_check]:visible").click()
    page.wait_for_selector(".o_motcua_check_sheet")
    expect(page.locator("[data-section=problem]")).to_have_count(0)
    if screenshots:
        page.screenshot(path=screenshots / "version-check.png")
    page.locator(".o_motcua_check_sheet > .btn-primary").click()
    page.locator(".modal .btn-primary").click()
    state = page.locator("div[name=state] .o_arrow_button_current")
    expect(state).to_have_attribute("data-value", "published")


def receive(page, rpc, name, number, screenshots=None):
    """At the counter, with the form filled in; the dossier."""
    desk = Desk(page).open()
    desk.scan(card(name, number))
    desk.see_person(name)
    desk.choose(CODE)
    form = page.locator(".o_motcua_eform")
    form.locator("[name=chu_ho]").fill(name)
    form.locator("[name=dien_thoai]").fill("0912000811")
    form.locator("[name=loai_ho]").select_option(label=POOR)
    expect(form.locator("[name=hoan_canh_khac]")).to_have_count(0)
    form.locator("[name=so_tien_de_nghi]").fill("15.000.000")
    form.locator(".o_motcua_wide button", has=page.locator(".fa-plus")).click()
    form.locator("[name=ten_nhan_khau]").fill("Hồ Văn Con")
    form.locator(".text-danger.small").wait_for(state="detached")
    if screenshots:
        page.screenshot(path=screenshots / "studio-intake.png", full_page=True)
    desk.press("Alt+Enter")
    page.wait_for_selector(f".o_motcua_last.alert-success:has-text('{name}')")
    page.context.close()
    [dossier] = rpc(CLERK).call(
        "motcua.dossier",
        "search_read",
        [("applicant_id_number", "=", number)],
        ["version_id", "workflow_id"],
    )
    return dossier


def hand_on(rpc, dossier):
    """To the desk of the chair."""
    for officer in (CLERK, HANDLER):
        rpc(officer).call(
            "motcua.dossier", "action_forward", [dossier["id"]], note="Đủ điều kiện."
        )


def sign(page, rpc, dossier):
    """Sign the decision; what it says on paper."""
    page.goto(f"/odoo/motcua.dossier/{dossier['id']}")
    page.locator("button[name=action_open_verb]", has_text="kết quả").first.click()
    page.locator(".modal button[name=action_apply]:visible").click()
    expect(page.locator("button[name=action_open_documents]")).to_be_visible()
    [[document]] = [
        row["document_ids"]
        for row in rpc("admin").call(
            "motcua.dossier", "read", [dossier["id"]], ["document_ids"]
        )
    ]
    response = page.request.get(f"/motcua/document/{document}")
    pages = PdfReader(io.BytesIO(response.body())).pages
    page.context.close()
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def change(page, rpc, version):
    """Another version from tomorrow: a question less, one more, another wording."""
    record = Record(page).open("motcua.procedure.version", version)
    page.locator("button[name=action_new_version]:visible").click()
    page.wait_for_url(lambda url: not url.endswith(f"/{version}"))
    record.fill_day("date_from", today() + timedelta(days=1))
    draft = record.save()
    editor = FormEditor(page).open(draft)
    editor.card("Điện thoại").locator("> header").click()
    editor.card("Điện thoại").locator("> header").focus()
    page.keyboard.press("Delete")
    editor.drag("char", editor.section(WANTED))
    editor.set_label("Số tài khoản")
    editor.require()
    editor.save()
    [template] = rpc(ADMINISTRATOR).call(
        "motcua.document.template", "search", [("version_id", "=", draft)]
    )
    writer = DocumentEditor(page).open(template)
    writer.at_end_of("Hỗ trợ hộ ông")
    writer.new_paragraph()
    writer.type("Nội dung đã sửa đổi.")
    writer.save()
    publish(page, draft)
    return draft
