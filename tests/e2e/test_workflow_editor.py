"""A workflow is built, looked at, saved and printed without a line of code."""

import re

import pytest
from playwright.sync_api import expect

from .screen import text_of, texts_of
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
    first, last = texts_of(editor.names, 2)
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
    field = text_of(fields.first)
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
    first, last = texts_of(editor.names, 2)
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
    other.add_step("Ký duyệt")
    one.save()
    other.page.click("[name=save]")
    other.page.wait_for_selector(".o_motcua_strip.alert-danger [name=beside]")
    # Nothing of the second is lost, and nothing of the first.
    expect(other.names).to_have_count(3)
    expect(other.page.locator("[name=save]")).to_be_enabled()
    # Beside stands what the first saved; changes are carried over and saved there.
    with other.page.expect_popup() as opened:
        other.page.click("[name=beside]")
    beside = WorkflowEditor(opened.value).wait()
    expect(beside.names).to_have_count(2)
    beside.choose(text_of(beside.names.first))
    beside.add_step("Thẩm định")
    beside.save()
    beside.page.close()
    # Meanwhile the other window, and its draft, are as they were.
    other.page.reload()
    expect(other.names).to_have_count(3)
    other.page.click("[name=reload]")
    expect(other.page.locator(".o_motcua_strip")).to_have_count(0)
    expect(other.names.nth(1)).to_have_text("Thẩm định")


def test_the_check_list_leads_to_the_step(login, rpc, blank):
    admin = rpc("quantri")
    page = login("quantri")
    editor = WorkflowEditor(page).open(blank)
    editor.begin()
    editor.add_step("Ký duyệt")
    editor.may_finish()
    editor.add_step("Không ai đến")
    editor.choose("Ký duyệt")
    editor.chosen.locator("[name=remove_way]").first.click()
    editor.save()
    [procedure] = admin.call(
        "motcua.procedure", "create", [{"code": "8.300001", "name": "Thử bước thừa"}]
    )
    [version] = admin.call(
        "motcua.procedure.version",
        "create",
        [{"procedure_id": procedure, "workflow_id": blank}],
    )
    page.goto(f"/odoo/motcua.procedure.version/{version}")
    page.click("button[name=action_check]")
    finding = page.locator(".list-group-item", has_text="“Không ai đến”").first
    finding.locator("button").click()
    expect(editor.chosen.locator(".o_motcua_step_name")).to_have_text("Không ai đến")


def test_what_leads_to_a_step_goes_by_its_name(login, blank):
    editor = WorkflowEditor(login("quantri")).open(blank)
    editor.begin()
    editor.add_step("Thẩm định")
    editor.choose(text_of(editor.names.first))
    way = editor.chosen.locator("[name=way_name]")
    expect(way).to_have_value(re.compile("Thẩm định$"))
    # Words of one's own stay.
    way.fill("Chuyển hồ sơ")
    editor.choose("Thẩm định")
    editor.chosen.locator("[name=step_name]").fill("Xem xét")
    editor.choose(text_of(editor.names.first))
    expect(editor.chosen.locator("[name=way_name]")).to_have_value("Chuyển hồ sơ")


def test_changed_while_it_is_saved(login, rpc, blank):
    page = login("quantri")
    editor = WorkflowEditor(page).open(blank)
    editor.begin()
    editor.add_step("Thẩm định")
    held = []
    page.route("**/save_workflow", lambda route: held.append(route), times=1)
    with page.expect_request("**/save_workflow"):
        page.click("[name=save]")
    editor.chosen.locator("[name=step_name]").fill("Thẩm định tại chỗ")
    held[0].continue_()
    expect(page.locator(".o_motcua_status .fa-circle")).to_be_visible()
    expect(page.locator("[name=save]")).to_be_enabled()
    expect(editor.names.nth(1)).to_have_text("Thẩm định tại chỗ")
    editor.save()
    steps = rpc("quantri").call(
        "motcua.workflow.step",
        "search_read",
        [("workflow_id", "=", blank)],
        ["name"],
    )
    assert [step["name"] for step in steps][1:2] == ["Thẩm định tại chỗ"]
    assert len(steps) == 3


def test_server_away(login, blank):
    page = login("quantri")
    editor = WorkflowEditor(page).open(blank)
    editor.begin()
    away = "**/motcua.workflow.editor/*"
    page.route(away, lambda route: route.abort())
    page.click("[name=save]")
    alert = page.locator(".o_motcua_strip.alert-danger")
    expect(alert).to_contain_text("máy chủ")
    # There is nothing to throw away for that.
    expect(alert.locator("[name=reload]")).to_have_count(0)
    expect(editor.names).to_have_count(2)
    page.unroute(away)
    # Thrown away by mistake, while nothing else could be shown.
    editor.open(blank)
    page.route(away, lambda route: route.abort())
    page.click(".o_motcua_strip [name=reload]")
    expect(alert).to_contain_text("máy chủ")
    expect(editor.names).to_have_count(2)
    page.unroute(away)
    editor.save()
