"""Results handed over with one scan and a confirm, and receipts scanned anywhere."""

import re

import pytest
from playwright.sync_api import expect

from ..world import Commune
from .screen import box_of, hold_next, scan, see, settle, shoot, shows, tick

OFFICER = "quay.tra"
PROCEDURE = "1.001612"  # registering a household business, with a fee
# Milliseconds for which nothing can be confirmed: nobody has looked at it yet.
SETTLED = 700
FOREIGN = "H99.888-260102-0001"


@pytest.fixture(scope="module")
def office(rpc):
    return Office(rpc)


class Office:
    """A commune where one official does everything, so that results come quickly."""

    def __init__(self, rpc):
        self.rpc = rpc
        self.commune = Commune(rpc("admin"), "xã Trả Kết Quả", "H97.66")
        [self.official] = self.commune.hire(
            "receiving_officer", {OFFICER: "Hồ Văn Trả"}
        )
        for role in ("handler", "approver"):
            self.commune.assign(self.official, role)
        self.procedure = self.commune.offer(PROCEDURE)

    def call(self, method, *args, **kwargs):
        return self.rpc(OFFICER).call("motcua.dossier", method, *args, **kwargs)

    def read(self, dossier, *names):
        return self.call("read", [dossier], list(names))[0]

    def receive(self, name, **values):
        [row] = self.call(
            "receive_new",
            [
                {
                    "procedure_id": self.procedure,
                    "agency_id": self.commune.id,
                    "applicant_name": name,
                    "channel": "counter",
                    **values,
                }
            ],
        )
        return row["id"], row["code"]

    def ready(self, name, paid=True, **values):
        """(id, code) of a dossier whose result waits at the desk."""
        dossier, code = self.receive(name, **values)
        if paid and self.read(dossier, "fee_due")["fee_due"]:
            self.call("action_confirm_payment", [dossier])
        while "action_complete" not in self.read(dossier, "available_verbs").get(
            "available_verbs"
        ):
            self.call("action_forward", [dossier], assignee_id=self.official, note="Đủ")
        self.call("action_complete", [dossier], number=f"{dossier}/GCN")
        return dossier, code


class Desk:
    """An officer before the screen."""

    def __init__(self, page, screenshots):
        self.page = page
        self.screenshots = screenshots
        # No printer here; and Chromium without a window cannot print PDF.
        page.context.add_init_script(
            "window.print = () => { top.printed = (top.printed || 0) + 1 }"
        )
        self.papers = []
        page.on("response", self._note_paper)
        self.calls = []
        page.on("request", lambda request: self.calls.append(request.url))

    def _note_paper(self, response):
        if "/report/pdf/" in response.url:
            self.papers.append(response.url.split("/report/pdf/")[1])

    def open(self):
        self.page.goto("/odoo/tra-ket-qua")
        expect(self.page.locator("[name=scan]")).to_be_focused()
        return self

    def open_board(self):
        self.page.goto("/odoo/action-motcua_base.dossier_action_board")
        self.page.locator(".o_kanban_view").wait_for()
        # Keys sent while the page is busy would come late, as from a slow hand.
        settle(self.page)
        return self

    def scan(self, text):
        scan(self.page, text)

    def see(self, name):
        part = self.page.locator(f".o_motcua_return [name={name}]")
        expect(part).to_be_visible()
        return part

    def look(self):
        """Let the time pass in which nothing can be confirmed yet."""
        see(
            self.page,
            "wait => new Promise((done) => setTimeout(() => done(true), wait))",
            SETTLED,
        )

    def leave_fields(self):
        """Take the cursor out of every field."""
        self.page.locator(":focus").blur()
        expect(self.page.locator("input:focus, textarea:focus")).to_have_count(0)

    def see_dossier(self, dossier):
        self.page.wait_for_url(re.compile(rf"/{dossier}(\?|$)"))

    def shoot(self, name):
        shoot(self.page, self.screenshots, f"return-{name}")


@pytest.fixture
def desk(office, login, screenshots):
    return Desk(login(OFFICER), screenshots)


def test_one_scan_and_a_confirm(office, desk):
    dossier, code = office.ready("Nguyễn Thị Nhận")
    desk.open()
    row = desk.page.locator(f"[data-code='{code}']")
    expect(row).to_be_visible()
    desk.shoot("waiting")
    desk.scan(f"https://example.com/tra-cuu?code={code}&t=00ff")
    expect(desk.see("result")).to_contain_text("Nguyễn Thị Nhận")
    desk.shoot("result")
    desk.look()
    desk.page.keyboard.press("Enter")
    expect(desk.see("last")).to_contain_text(code)
    desk.page.wait_for_function("window.printed === 1")
    assert desk.papers == [f"motcua_base.report_handover/{dossier}"]
    expect(row).to_have_count(0)
    expect(desk.page.locator("[name=scan]")).to_be_focused()
    record = office.read(dossier, "status", "receiver_name")
    assert record["status"] == "10"
    assert record["receiver_name"] == "Nguyễn Thị Nhận"
    desk.shoot("handed-over")


def test_two_enters_confirm_nothing(office, desk):
    dossier, code = office.ready("Trần Văn Nhanh")
    desk.open()
    desk.scan(code)
    desk.page.keyboard.press("Enter")
    desk.see("result")
    settle(desk.page)
    desk.calls.clear()
    desk.page.keyboard.press("Enter")
    settle(desk.page)
    assert not [url for url in desk.calls if "motcua" in url]
    assert office.read(dossier, "status")["status"] == "9"


def test_authorised_receiver_signs_and_pays(office, desk):
    dossier, code = office.ready("Lê Thị Bận", paid=False)
    desk.open()
    desk.scan("bận lê thị")
    result = desk.see("result")
    tick(desk.page.locator("[name=who][value=other]"))
    desk.page.click("[name=confirm]")
    desk.see("alert")
    desk.page.fill("[name=receiver]", "Phạm Văn Thay")
    desk.page.fill("[name=receiver_id_number]", "001085001234")
    if shows(result.locator("[name=fees]")):
        desk.page.select_option("[name=paid]", "cash")
    desk.page.click("[name=sign]")
    canvas = desk.page.locator(".modal canvas")
    canvas.wait_for()
    # Drawn by hand: no name in a pretty script, no picture from elsewhere.
    expect(desk.page.locator(".modal input")).to_have_count(0)
    expect(desk.page.locator(".modal footer .btn-primary")).to_be_disabled()
    box = box_of(canvas)
    desk.page.mouse.move(box["x"] + 30, box["y"] + 30)
    desk.page.mouse.down()
    for step in range(12):
        desk.page.mouse.move(box["x"] + 30 + 15 * step, box["y"] + 30 + 9 * (step % 4))
    desk.page.mouse.up()
    desk.shoot("signature")
    desk.page.locator(".modal footer .btn-primary").click()
    expect(result.locator(".o_motcua_signature img")).to_be_visible()
    desk.shoot("authorised")
    desk.page.click("[name=confirm]")
    expect(desk.see("last")).to_contain_text("Phạm Văn Thay")
    record = office.read(
        dossier, "status", "receiver_id_number", "signature_id", "fee_due"
    )
    assert record["status"] == "10"
    assert record["receiver_id_number"] == "001085001234"
    assert record["signature_id"]
    assert not record["fee_due"]


def test_foreign_code_and_no_result_yet(office, desk):
    _dossier, code = office.receive("Đỗ Thị Sớm")
    desk.open()
    desk.scan(FOREIGN)
    expect(desk.see("message")).to_contain_text(FOREIGN)
    desk.scan(code)
    expect(desk.see("message")).to_contain_text(code)
    desk.shoot("message")


def test_second_confirm_doubles_nothing(office, desk, rpc):
    dossier, code = office.ready("Vũ Thị Đôi")
    desk.open()
    desk.scan(code)
    desk.see("result")
    place = office.commune.units["desk"]
    rpc(OFFICER).call("motcua.desk", "hand_over", place, dossier, {})
    events = office.read(dossier, "event_count")
    desk.page.click("[name=confirm]")
    expect(desk.see("last")).to_have_class(re.compile("alert-warning"))
    expect(desk.see("last")).to_contain_text("Vũ Thị Đôi")
    assert office.read(dossier, "event_count") == events
    desk.scan(code)
    expect(desk.see("message")).to_contain_text("Vũ Thị Đôi")


def test_what_was_scanned_last_is_shown(office, desk):
    """Two receipts in a row, and the server answers of the first one last."""
    _dossier, first = office.ready("Lý Thị Trước")
    _dossier, second = office.ready("Lý Thị Sau")
    desk.open()
    find = "**/motcua.desk/find_result"
    held = hold_next(desk.page, find)
    with desk.page.expect_request(find):
        desk.scan(first)
    with desk.page.expect_response(find):
        desk.scan(second)
    held[0].continue_()
    settle(desk.page)
    expect(desk.see("result")).to_contain_text("Lý Thị Sau")


def test_a_scan_waits_for_the_result_before(office, desk):
    """The next receipt is scanned while a result is still being handed over."""
    dossier, first = office.ready("Mai Thị Trước")
    _dossier, second = office.ready("Mai Thị Sau")
    desk.open()
    desk.scan(first)
    desk.see("result")
    hand_over = "**/motcua.desk/hand_over"
    held = hold_next(desk.page, hand_over)
    with desk.page.expect_request(hand_over):
        desk.page.click("[name=confirm]")
    desk.scan(second)
    held[0].continue_()
    expect(desk.see("result")).to_contain_text("Mai Thị Sau")
    assert office.read(dossier, "status")["status"] == "10"


def test_line_cut_while_confirming(office, desk):
    dossier, code = office.ready("Bùi Văn Đứt")
    desk.open()
    desk.scan(code)
    desk.see("result")
    desk.page.context.set_offline(True)
    desk.page.click("[name=confirm]")
    desk.see("alert")
    assert office.read(dossier, "status")["status"] == "9"
    desk.page.context.set_offline(False)

    def lose_the_answer(route):
        route.fetch()
        route.abort("connectionreset")

    pattern = "**/motcua.desk/hand_over"
    desk.page.route(pattern, lose_the_answer)
    with desk.page.expect_event(
        "requestfailed", lambda request: request.url.endswith("/hand_over")
    ):
        desk.page.click("[name=confirm]")
    expect(desk.page.locator("[name=confirm]")).to_be_enabled()
    assert office.read(dossier, "status")["status"] == "10"
    events = office.read(dossier, "event_count")
    desk.page.unroute(pattern)
    desk.page.click("[name=confirm]")
    expect(desk.see("last")).to_contain_text(code)
    assert office.read(dossier, "event_count") == events


def test_a_receipt_scanned_anywhere_opens_its_dossier(office, desk):
    dossier, code = office.receive("Hồ Thị Quét")
    desk.open_board()
    desk.scan(code)
    desk.see_dossier(dossier)
    desk.open_board()
    # Also where no field has the cursor.
    desk.leave_fields()
    desk.scan(f"https://example.com/tra-cuu?code={code}&t=00ff")
    desk.see_dossier(dossier)


def test_foreign_code_scanned_anywhere(office, desk):
    desk.open_board()
    desk.scan(FOREIGN)
    notice = desk.page.locator(".o_notification")
    expect(notice).to_contain_text(FOREIGN)
    expect(desk.page.locator(".o_kanban_view")).to_be_visible()


def test_typing_stays_typing(office, desk):
    _dossier, code = office.receive("Ngô Thị Gõ")
    desk.open_board()
    search = desk.page.locator(".o_searchview_input")
    search.focus()
    desk.page.keyboard.type(code[-11:], delay=130)
    expect(search).to_have_value(code[-11:])
    desk.page.locator(".o_searchview_autocomplete .o-dropdown-item").first.wait_for()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".o_searchview_facet").last).to_contain_text(code[-11:])
    # A scan into a field stays in the field.
    box = desk.page.locator("div[name=applicant_name] input")
    desk.page.goto("/odoo/action-motcua_base.dossier_action/new")
    box.wait_for()
    box.focus()
    desk.scan(code)
    expect(box).to_have_value(code)


def test_found_from_anywhere_without_accents(office, desk):
    dossier, code = office.receive("Đặng Thị Ước")
    desk.open_board()
    desk.page.keyboard.press("Control+k")
    desk.page.locator(".o_command_palette_search input").fill("=uoc dang")
    found = desk.page.locator(".o_command", has_text=code)
    expect(found).to_be_visible()
    desk.shoot("palette")
    found.click()
    desk.see_dossier(dossier)
