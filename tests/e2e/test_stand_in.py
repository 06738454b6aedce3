"""A day on which an officer is away: the stand-in does the work, the head spreads the
rest, and on the next day everything is where it was.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from ..world import Commune, today
from .screen import box_of

PROCEDURE = "1.001612"
OPINION = "Hồ sơ hợp lệ, đủ điều kiện giải quyết."
CLERK, AWAY, DEPUTY, HEAD = (
    "vang-tiep-nhan",
    "vang-mat",
    "vang-lam-thay",
    "vang-chu-tich",
)
NAMES = {AWAY: "Lê Thị Vắng", DEPUTY: "Hoàng Văn Thay"}


class Office:
    def __init__(self, rpc):
        self.rpc = rpc
        commune = Commune(rpc("admin"), "xã Làm Thay", "H97.42")
        [self.clerk] = commune.hire("receiving_officer", {CLERK: "Trần Văn Nhận"})
        self.away, self.deputy = commune.hire("handler", NAMES)
        commune.hire("approver", {HEAD: "Ngô Thị Chủ"})
        self.commune = commune.id
        self.procedure = commune.offer(PROCEDURE)

    def call(self, login, method, dossier, *args, **kwargs):
        return self.rpc(login).call(
            "motcua.dossier", method, [dossier], *args, **kwargs
        )

    def hand(self, applicant, officer):
        """A dossier with this handler."""
        values = {
            "procedure_id": self.procedure,
            "agency_id": self.commune,
            "applicant_name": applicant,
            "channel": "counter",
        }
        [row] = self.rpc(CLERK).call("motcua.dossier", "receive_new", [values])
        self.call(CLERK, "action_forward", row["id"], assignee_id=officer)
        return row["id"]

    def read(self, dossier, field):
        [row] = self.rpc("admin").call("motcua.dossier", "read", [dossier], [field])
        return row[field]

    def work_of(self, login):
        """Ids of the dossiers in the work of ``login``."""
        return self.rpc(login).call(
            "motcua.dossier", "search", [("is_mine", "=", True)]
        )


@pytest.fixture(scope="module")
def office(rpc):
    return Office(rpc)


def test_a_day_with_a_stand_in(office, login, screenshots):
    first = office.hand("Nguyễn Thị Chờ", office.away)
    assert first not in office.work_of(DEPUTY)

    # The officer says who does the work.
    page = login(AWAY)
    page.goto("/odoo/motcua-absences/new")
    stand_in = page.locator("div[name=stand_in_id] input")
    stand_in.fill(NAMES[DEPUTY])
    page.locator(".o-autocomplete--dropdown-item", has_text=NAMES[DEPUTY]).click()
    page.screenshot(path=screenshots / "absence-desktop.png")
    page.locator(".o_form_button_save").click()
    expect(page.locator(".o_form_saved")).to_have_count(1)

    # What was open and what is new shows in the stand-in's work, ready to be done.
    second = office.hand("Phạm Văn Mới", office.away)
    assert {first, second} <= set(office.work_of(DEPUTY))
    page = login(DEPUTY)
    page.goto("/odoo/motcua-work")
    line = page.locator(f"[data-dossier='{first}']")
    line.locator("button[data-verb=forward]").click()
    page.locator(".modal div[name=text] textarea").fill(OPINION)
    page.locator(".modal button[name=action_apply]").click()
    expect(page.locator(".modal")).to_have_count(0)
    assert office.read(first, "user_id") != [office.away, NAMES[AWAY]]

    # The absence is over: nothing has to be given back.
    before = str(today() - timedelta(days=2))
    admin = office.rpc("admin")
    [absence] = admin.call("motcua.absence", "search", [("user_id", "=", office.away)])
    admin.call(
        "motcua.absence",
        "write",
        [absence],
        {"date_from": before, "date_to": before},
    )
    assert second not in office.work_of(DEPUTY)
    assert second in office.work_of(AWAY)


def test_the_head_spreads_the_work(office, login, screenshots):
    dossier = office.hand("Đặng Thị Nặng", office.away)
    code = office.read(dossier, "code")
    page = login(HEAD)
    page.goto("/odoo/motcua-load")
    card = page.locator(".o_kanban_record", has_text=code)
    card.wait_for()

    def drag(name):
        column = page.locator(".o_kanban_group", has_text=name)
        card.scroll_into_view_if_needed()
        card.hover()
        page.mouse.down()
        box = box_of(column)
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 150, steps=20)
        page.mouse.up()

    drag("Trần Văn Nhận")  # receives, and may not appraise
    expect(page.locator(".modal")).to_contain_text("Trần Văn Nhận")
    page.screenshot(path=screenshots / "load-refused-desktop.png")
    page.locator(".modal .btn-primary").first.click()
    assert office.read(dossier, "user_id") == [office.away, NAMES[AWAY]]
    with page.expect_response(lambda answer: "web_save" in answer.url):
        drag(NAMES[DEPUTY])
    expect(
        page.locator(".o_kanban_group", has_text=NAMES[DEPUTY]).locator(
            ".o_kanban_record", has_text=code
        )
    ).to_be_visible()
    page.screenshot(path=screenshots / "load-desktop.png")
    assert office.read(dossier, "user_id") == [office.deputy, NAMES[DEPUTY]]
