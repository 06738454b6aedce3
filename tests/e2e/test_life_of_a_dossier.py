"""A real dossier lives its whole life in the screens of four officers: received,
appraised, supplemented, extended, signed, numbered and handed over.
"""

import re
from datetime import timedelta

import pytest
from lxml import etree
from playwright.sync_api import expect

from ..world import Commune, today
from .screen import record_on, shoot, shows, tick

# Certificate of marital status: a declaration of 46 fields, three working days.
PROCEDURE = "1.004873"
RECEIVED, IN_PROGRESS, WAITING, READY, RETURNED = "2", "4", "5", "9", "10"


@pytest.fixture(scope="module")
def commune(rpc):
    commune = Commune(rpc("admin"), "xã Hành Trình", "H97.3")
    commune.hire("receiving_officer", {"life-receiver": "Lê Thị Tiếp"})
    commune.hire(
        "handler", {"life-handler": "Trần Văn Thẩm", "life-clerk": "Ngô Thị Văn"}
    )
    commune.hire("approver", {"life-approver": "Phạm Quốc Duyệt"})
    commune.offer(PROCEDURE)
    return commune


@pytest.fixture
def desk(login, rpc, screenshots, commune):
    """``desk(login)`` is the screen of that officer."""
    return lambda name: Desk(login(name), rpc(name), screenshots)


class Desk:
    """One officer at the web client. Fields and buttons are found by their technical
    names, or by the label that the view gives to a verb in the officer's language.
    """

    def __init__(self, page, rpc, screenshots):
        self.page = page
        self._rpc = rpc
        self._screenshots = screenshots
        self.problems = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def new(self):
        self.page.goto("/odoo/action-motcua_base.dossier_action/new")
        expect(self._field("procedure_id")).to_be_visible()

    def open(self, dossier):
        self.page.goto(f"/odoo/motcua.dossier/{dossier}")
        expect(self._field("code").first).to_be_visible()

    @property
    def dossier(self):
        """The id of the dossier on the screen."""
        return record_on(self.page)

    def _field(self, name, inside=None):
        return (inside or self.page).locator(f"div.o_field_widget[name={name}]")

    def fill(self, name, text, inside=None):
        box = self._field(name, inside).locator("input, textarea").first
        box.fill(text)
        box.press("Tab")

    def choose(self, name, text):
        """Look a record up and take the first that is found."""
        box = self._field(name).locator("input")
        box.fill(text)
        self.page.locator(".o-autocomplete--dropdown-item", has_text=text).first.click()

    def press(self, button):
        self.page.locator(f"button[name={button}]:visible").first.click()

    def begin(self, verb):
        """Open the dialog of a verb with its button; return the dialog."""
        view = self._rpc.call("motcua.dossier", "get_view", view_type="form")
        [label] = etree.fromstring(view["arch"]).xpath(
            f"""//header/button[contains(@context, "'{verb}'")]/@string"""
        )
        buttons = self.page.locator(".o_statusbar_buttons")
        button = buttons.get_by_role("button", name=label, exact=True)
        if not shows(button):
            buttons.locator(".o_motcua_more").click()
            menu = self.page.locator(".o-dropdown--menu")
            button = menu.get_by_role("button", name=label, exact=True)
        button.click()
        dialog = self.page.locator(".modal")
        expect(dialog.locator("button[name=action_apply]")).to_be_visible()
        return dialog

    def confirm(self, dialog):
        dialog.locator("button[name=action_apply]").click()
        expect(dialog).to_have_count(0)

    def expect_status(self, status):
        state = self._field("status").locator(
            f"button.o_arrow_button_current[data-value='{status}']"
        )
        expect(state).to_be_attached()

    def shoot(self, name):
        shoot(self.page, self._screenshots, f"life-{name}")


def test_life_of_a_dossier(desk, rpc):
    receiver = desk("life-receiver")
    receiver.new()
    receiver.shoot("0-new")
    receiver.choose("procedure_id", PROCEDURE)
    receiver.fill("applicant_name", "Nguyễn Thị Hành")
    receiver.fill("applicant_id_number", "045190007777")
    receiver.fill("applicant_phone", "0912345678")
    receiver.fill("applicant_address", "Thôn 3, xã Hành Trình")
    papers = receiver.page.locator("div[name=component_ids] .o_data_row")
    expect(papers).to_have_count(6)
    receiver.press("action_receive")
    receiver.expect_status(RECEIVED)
    dossier = receiver.dossier
    code = receiver.page.locator("h1 div[name=code]")
    expect(code).to_have_text(re.compile(r"^H97\.3-\d{6}-0001$"))
    receiver.shoot("1-received")
    receiver.confirm(receiver.begin("forward"))
    receiver.expect_status(IN_PROGRESS)

    handler = desk("life-handler")
    handler.open(dossier)
    handler.press("action_take")
    expect(handler.page.locator("button[name=action_take]")).to_have_count(0)
    handler.shoot("2-appraisal")
    dialog = handler.begin("request_supplement")
    tick(dialog.locator("div[name=component_ids] input[type=checkbox]").nth(3))
    handler.fill("text", "Thiếu bản án, quyết định ly hôn", dialog)
    handler.shoot("3-supplement-asked-for")
    handler.confirm(dialog)
    handler.expect_status(WAITING)

    receiver.open(dossier)
    dialog = receiver.begin("supplement")
    row = dialog.locator("div[name=paper_ids] .o_data_row").nth(3)
    row.locator("td[name=copies]").click()
    row.locator("td[name=copies] input").fill("1")
    receiver.shoot("4-supplemented")
    receiver.confirm(dialog)
    receiver.expect_status(IN_PROGRESS)

    approver = desk("life-approver")
    approver.open(dossier)
    dialog = approver.begin("extend")
    promised = today() + timedelta(days=20)
    approver.fill("due_date", f"{promised:%d/%m/%Y}", dialog)
    approver.fill("text", "Chờ xác minh tình trạng hôn nhân ở nơi cư trú cũ", dialog)
    approver.confirm(dialog)
    approver.page.locator(".o_notebook a[name=pauses]").click()
    extensions = approver.page.locator("div[name=extension_ids] .o_data_row")
    expect(extensions).to_have_count(1)
    approver.shoot("5-extended")

    handler.open(dossier)
    dialog = handler.begin("forward")
    handler.fill("text", "Đủ điều kiện xác nhận", dialog)
    handler.confirm(dialog)

    approver.open(dossier)
    approver.shoot("6-signature")
    approver.confirm(approver.begin("forward"))

    clerk = desk("life-clerk")
    clerk.open(dossier)
    # The procedure has a document for it, which takes its number by itself.
    dialog = clerk.begin("complete")
    clerk.shoot("7-number")
    clerk.confirm(dialog)
    clerk.expect_status(READY)

    receiver.open(dossier)
    dialog = receiver.begin("return")
    receiver.fill("receiver", "Nguyễn Thị Hành", dialog)
    receiver.confirm(dialog)
    receiver.expect_status(RETURNED)
    receiver.page.locator(".o_notebook a[name=log]").click()
    receiver.shoot("8-returned")

    for officer in (receiver, handler, approver, clerk):
        assert not officer.problems
    _check_record(rpc("admin"), dossier)


def _check_record(admin, dossier):
    [record] = admin.call(
        "motcua.dossier",
        "read",
        [dossier],
        ["result", "result_number", "verdict", "receiver_name", "date_returned"],
    )
    assert record["result"] == "granted"
    assert record["result_number"] == "01/UBND-XNTTHN"
    assert record["verdict"] == "early"
    assert record["receiver_name"] == "Nguyễn Thị Hành"
    assert record["date_returned"]
    events = admin.call(
        "motcua.dossier.event",
        "search_read",
        [("dossier_id", "=", dossier)],
        ["kind"],
        order="sequence",
    )
    assert [event["kind"] for event in events] == [
        "receive",
        "forward",
        "assign",
        "request_supplement",
        "supplement",
        "extend",
        "forward",
        "forward",
        "issue_document",
        "complete",
        "return",
    ]
    notice = admin.call("motcua.dossier", "action_verify_log", [dossier])
    assert notice["params"]["type"] == "success"
