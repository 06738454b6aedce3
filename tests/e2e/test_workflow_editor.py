"""A workflow is built, looked at, saved and printed without a line of code."""

import pytest
from playwright.sync_api import expect

from .studio import WorkflowEditor


@pytest.fixture
def blank(rpc):
    """A workflow without steps, as the administrator has just named it."""
    admin = rpc("quantri")
    return admin.call("motcua.workflow", "create", [{"name": "Cấp giấy phép"}])[0]


def test_build_and_print(login, rpc, blank, screenshots):
    page = login("quantri")
    editor = WorkflowEditor(page).open(blank)
    expect(page.locator("[name=problems]")).to_be_visible()
    editor.begin()
    expect(editor.names).to_have_count(2)
    first, last = editor.names.all_inner_texts()
    editor.set(share=10)
    editor.add_step("Thẩm định", 50, role="handler", requires="opinion")
    editor.add_step("Ký duyệt", 40, role="approver", place="agency")
    editor.may_finish()
    expect(editor.names).to_have_text([first, "Thẩm định", "Ký duyệt", last])
    page.wait_for_selector("[name=sound]")

    # Back for a better job; who signs large ones is asked before.
    editor.add_way("return", "Thẩm định", "Yêu cầu thẩm định lại")
    editor.see_in_picture("Yêu cầu thẩm")
    editor.measure_by("1.001193")
    editor.choose("Thẩm định")
    editor.add_step("Lãnh đạo phòng xem xét", 0, role="approver")
    editor.choose("Thẩm định")
    to_head = editor.chosen.locator(".o_motcua_way").first
    fields = page.locator("[name=test_field] option")
    to_head.locator("[name=add_test]").click()
    field = fields.first.inner_text()
    to_head.locator("[name=test_op]").select_option("filled")
    editor.see_in_picture(field[:12])
    # Nowhere to go where nothing was filled in: said before it is saved.
    expect(page.locator("[name=problems]")).to_contain_text("Thẩm định")
    editor.add_way("forward", "Ký duyệt", "Trình lãnh đạo ký")
    page.wait_for_selector("[name=sound]")
    page.screenshot(path=screenshots / "workflow-editor.png")
    editor.save()

    admin = rpc("quantri")
    [workflow] = admin.call(
        "motcua.workflow", "read", [blank], ["step_ids", "transition_ids"]
    )
    assert len(workflow["step_ids"]) == 5
    ways = admin.call(
        "motcua.workflow.transition",
        "read",
        workflow["transition_ids"],
        ["kind", "condition"],
    )
    assert sorted(way["kind"] for way in ways) == ["forward"] * 4 + ["return"]
    assert sum(bool(way["condition"]) for way in ways) == 1

    with page.expect_download() as printed:
        page.click("[name=print]")
    pdf = printed.value.path().read_bytes()
    assert pdf.startswith(b"%PDF")


def test_undo_keys_and_leaving(login, blank):
    page = login("quantri")
    editor = WorkflowEditor(page).open(blank)
    editor.begin()
    expect(editor.names).to_have_count(2)
    first, last = editor.names.all_inner_texts()
    editor.add_step("Thẩm định")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(editor.names).to_have_text([first, last])
    page.keyboard.press("Control+y")
    page.locator(".o_motcua_step").nth(2).wait_for()
    # Without a mouse: the step goes up and down with the arrows.
    editor.page.locator(".o_motcua_step > header").nth(1).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(editor.names.nth(1)).to_have_text(first)
    # A click on a box opens the step.
    editor.picture.locator(".o_motcua_drawn_step").last.click()
    page.wait_for_selector(".o_motcua_step.o_motcua_chosen")
    # What was not saved is still there after leaving.
    page.click(".o_menu_toggle, .o_navbar_apps_menu button")
    page.locator(".o_app, .o-dropdown-item.o_app, .dropdown-item.o_app").first.click()
    page.click("[name=leave_keep]")
    page.wait_for_selector(".o_motcua_step_list", state="detached")
    editor.open(blank)
    expect(editor.names).to_have_count(3)
    page.wait_for_selector(".o_motcua_strip [name=reload]")


def test_two_administrators(login, blank):
    one = WorkflowEditor(login("quantri")).open(blank)
    other = WorkflowEditor(login("quantri")).open(blank)
    for editor in (one, other):
        editor.begin()
    one.save()
    other.page.click("[name=save]")
    other.page.wait_for_selector(".o_motcua_strip.alert-danger [name=beside]")
    # Nothing of the second is lost, and nothing of the first.
    expect(other.names).to_have_count(2)
    expect(other.page.locator("[name=save]")).to_be_enabled()
