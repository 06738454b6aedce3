"""The day of an official with three jobs: one list for all of them, the board, and many
dossiers at once of which some may not move.
"""

import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from ..world import Commune
from .screen import all_of, box_of, shoot, text_of, tick

# Its appraisal ends with a written opinion.
PROCEDURE = "1.001612"
OPINION = "Hồ sơ hợp lệ, đủ điều kiện giải quyết."
CLERK, THREE_JOBS, HANDLER = "viec-tiep-nhan", "viec-kiem-nhiem", "viec-thu-ly"
ROLES = ("receiving_officer", "handler", "approver")


@pytest.fixture(scope="module")
def office(rpc):
    return Office(rpc)


class Office:
    """A commune where one official receives, handles and signs."""

    def __init__(self, rpc):
        self.rpc = rpc
        self.commune = Commune(rpc("admin"), "xã Kiêm Nhiệm", "H97.41")
        hire = self.commune.hire
        hire("receiving_officer", {CLERK: "Hồ Thị Tiếp"})
        [self.handler] = hire("handler", {HANDLER: "Lê Văn Thụ"})
        first, *others = ROLES
        [self.official] = hire(first, {THREE_JOBS: "Trần Kiêm Nhiệm"})
        for role in others:
            self.commune.assign(self.official, role)
        self.procedure = self.commune.offer(PROCEDURE)

    def call(self, login, method, dossier, *args, **kwargs):
        return self.rpc(login).call(
            "motcua.dossier", method, [dossier], *args, **kwargs
        )

    def receive(self, name):
        [row] = self.rpc(CLERK).call(
            "motcua.dossier", "receive_new", [self._values(name)]
        )
        return row["id"]

    def file(self, name):
        """A filing that waits to be received."""
        dossier = self.rpc(CLERK).call("motcua.dossier", "create", self._values(name))
        self.call(CLERK, "action_submit", dossier)
        return dossier

    def _values(self, name):
        return {
            "procedure_id": self.procedure,
            "agency_id": self.commune.id,
            "applicant_name": name,
            "channel": "counter",
        }

    def hand(self, name, officer):
        """A dossier with this handler."""
        dossier = self.receive(name)
        self.call(CLERK, "action_forward", dossier, assignee_id=officer)
        return dossier

    def read(self, dossier, field):
        [row] = self.rpc("admin").call("motcua.dossier", "read", [dossier], [field])
        return row[field]


@pytest.fixture
def open_page(login):
    """``open_page(login, path, selector)``: that officer's page, once it shows."""

    def show(name, path, selector):
        page = login(name)
        page.goto(path)
        page.locator(selector).first.wait_for()
        return page

    return show


def test_three_jobs_in_one_list(office, open_page, screenshots):
    filed = office.file("Nguyễn Văn Nộp")
    own = office.hand("Trần Thị Lý", office.official)
    signing = office.hand("Lê Văn Ký", office.official)
    office.call(
        THREE_JOBS,
        "action_forward",
        signing,
        assignee_id=office.official,
        note=OPINION,
    )
    page = open_page(THREE_JOBS, "/odoo/motcua-work", ".o_motcua_work_line")

    def button(dossier, verb):
        return page.locator(f"[data-dossier='{dossier}'] button[data-verb={verb}]")

    expect(button(filed, "receive")).to_be_visible()
    expect(button(own, "forward")).to_be_visible()
    expect(button(signing, "forward")).to_be_visible()
    shoot(page, screenshots, "my-work")
    jobs = page.locator("button[data-job]")
    expect(jobs).to_have_count(len(ROLES))
    for number in range(len(ROLES)):
        jobs.nth(number).click()
        expect(page.locator(".o_motcua_work_line")).to_have_count(1)
    page.locator(".o_motcua_jobs button").first.click()

    # The appraisal has to be written down; what needs nothing is done by the click,
    # and the next job of the same dossier comes up at once.
    button(own, "forward").click()
    page.locator(".modal div[name=text] textarea").fill(OPINION)
    page.locator(".modal button[name=action_apply]").click()
    button(own, "take").click()  # to sign it
    button(own, "forward").click()
    button(own, "take").click()  # to give it its number
    button(own, "complete").click()
    page.locator(".modal div[name=number] input").fill("12/GCN")
    page.locator(".modal button[name=action_apply]").click()
    expect(button(own, "return")).to_be_visible()
    assert office.read(own, "status") == "9"
    shoot(page, screenshots, "my-work-done")


def test_some_of_many_may_not_move(office, open_page, screenshots):
    dossiers = [office.hand(f"Phạm Văn Lô {n}", office.handler) for n in range(5)]
    stopped = dossiers[2]
    office.call(THREE_JOBS, "action_stop", stopped, "Chờ bản án của tòa.")
    page = open_page(HANDLER, "/odoo/motcua-dossiers", ".o_data_row")
    for row in all_of(page.locator(".o_data_row", has_text="Phạm Văn Lô")):
        tick(row.locator(".o_list_record_selector input"))
    page.locator(".o_control_panel button[name=action_open_verb]").first.click()
    page.locator(".modal div[name=text] textarea").fill(OPINION)
    page.locator(".modal button[name=action_apply_each]").click()
    batch = page.locator(".o_motcua_batch")
    expect(batch.locator(".o_motcua_done")).to_have_text("4")
    failed = batch.locator(".o_motcua_failed li")
    expect(failed).to_have_count(1)
    expect(failed).to_contain_text(office.read(stopped, "code"))
    page.screenshot(path=screenshots / "batch-desktop.png")
    batch.locator("footer button.btn-primary").click()
    expect(page.locator(".modal")).to_have_count(0)
    events = [office.read(dossier, "event_count") for dossier in dossiers]
    # Received, handed to the handler, and either passed on or stopped: once.
    assert events == [3] * 5
    assert office.read(stopped, "status") == "8"


def test_line_cut_in_the_middle_of_many(office, open_page):
    """The server did it and the answer was lost: going on does nothing twice."""
    dossiers = [office.hand(f"Bùi Văn Đứt {n}", office.handler) for n in range(2)]
    page = open_page(HANDLER, "/odoo/motcua-dossiers", ".o_data_row")
    for row in all_of(page.locator(".o_data_row", has_text="Bùi Văn Đứt")):
        tick(row.locator(".o_list_record_selector input"))
    page.locator(".o_control_panel button[name=action_open_verb]").first.click()
    page.locator(".modal div[name=text] textarea").fill(OPINION)

    def cut(route):
        route.fetch()
        route.abort("connectionreset")

    page.route("**/motcua.dossier.verb/apply_to", cut, times=1)
    page.locator(".modal button[name=action_apply_each]").click()
    batch = page.locator(".o_motcua_batch")
    expect(batch.locator(".alert-warning")).to_be_visible()
    batch.locator("footer button.btn-primary").click()
    expect(batch.locator(".o_motcua_done")).to_have_text("2")
    assert [office.read(dossier, "event_count") for dossier in dossiers] == [3, 3]


def test_some_of_many_have_no_receipt_to_print(office, open_page, rpc, screenshots):
    received = [office.receive(f"Phan Văn In {number}") for number in range(2)]
    office.file("Phan Văn In Sau")
    page = open_page(CLERK, "/odoo/motcua-dossiers", ".o_data_row")
    for row in all_of(page.locator(".o_data_row", has_text="Phan Văn In")):
        tick(row.locator(".o_list_record_selector input"))
    [receipt] = rpc("admin").call(
        "ir.actions.report",
        "search_read",
        [("report_name", "=", "motcua_base.report_receipt")],
        ["name"],
        context={"lang": "vi_VN"},
    )
    page.locator(".o_cp_action_menus .fa-print").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=receipt["name"], exact=True).click()
    pages = PdfReader(download.value.path()).pages
    assert len(pages) == 2 * len(received), "a copy to keep and one to hand over"
    failed = page.locator(".o_motcua_batch .o_motcua_failed li")
    expect(failed).to_have_count(1)
    expect(page.locator(".o_motcua_done")).to_have_text(str(len(received)))
    page.screenshot(path=screenshots / "batch-print-desktop.png")


def test_drag_on_the_board(office, open_page):
    dossier = office.hand("Đỗ Thị Kéo", office.handler)
    code = office.read(dossier, "code")
    page = open_page(HANDLER, "/odoo/motcua-board", ".o_kanban_record")
    columns = page.locator(".o_kanban_group")

    def drag(target):
        card = page.locator(".o_kanban_record", has_text=code)
        card.hover()
        page.mouse.down()
        box = box_of(columns.nth(target))
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 200, steps=20)
        page.mouse.up()

    place = columns.filter(has=page.locator(".o_kanban_record", has_text=code))
    before = text_of(place.locator(".o_column_title"))
    drag(0)  # nothing leads back to the new filings
    expect(page.locator(".modal")).to_contain_text(code)
    page.locator(".modal .btn-primary").click()
    expect(place.locator(".o_column_title")).to_have_text(before)
    assert office.read(dossier, "event_count") == 2
    drag(4)  # to signature
    page.locator(".modal div[name=text] textarea").fill(OPINION)
    page.locator(".modal button[name=action_apply]").click()
    expect(columns.nth(4)).to_contain_text(code)
    assert office.read(dossier, "event_count") == 3


def test_what_is_beyond_four_verbs_is_behind_more(office, open_page):
    dossier = office.hand("Vũ Văn Gọn", office.handler)
    page = open_page(
        HANDLER, f"/odoo/motcua.dossier/{dossier}", ".o_statusbar_buttons button"
    )
    buttons = page.locator(".o_statusbar_buttons > button")
    expect(buttons).to_have_count(5)
    expect(buttons.last).to_have_class(re.compile("o_motcua_more"))
    buttons.last.click()
    expect(
        page.locator(".o-dropdown--menu button[name=action_open_verb]")
    ).not_to_have_count(0)
