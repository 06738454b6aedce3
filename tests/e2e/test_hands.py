"""Hands that slip: what is clicked twice is done once, on every screen where rows move
or dialogs come and go; and a session that has run out costs no draft.
"""

import pytest
from playwright.sync_api import expect

from ..world import Commune
from .screen import box_of, settle, tick

PROCEDURE = "1.001612"  # its appraisal ends with a written opinion
OPINION = "Hồ sơ hợp lệ, đủ điều kiện giải quyết."
OFFICER = "tay.truot"
ROLES = ("receiving_officer", "handler", "approver")
# Between two clicks of a hand that slips (ms).
APART = 120


@pytest.fixture(scope="module")
def office(rpc):
    return Office(rpc)


class Office:
    """A commune where one official does every step: a second click always finds the
    next door open."""

    def __init__(self, rpc):
        self.rpc = rpc
        self.commune = Commune(rpc("admin"), "xã Tay Trượt", "H97.43")
        [self.official] = self.commune.hire(ROLES[0], {OFFICER: "Trần Tay Trượt"})
        for role in ROLES[1:]:
            self.commune.assign(self.official, role)
        self.procedure = self.commune.offer(PROCEDURE)

    def call(self, method, *args, **kwargs):
        return self.rpc(OFFICER).call("motcua.dossier", method, *args, **kwargs)

    def read(self, dossier, *names):
        [row] = self.call("read", [dossier], list(names))
        return row

    def events(self, *dossiers):
        return [
            self.read(dossier, "event_count")["event_count"] for dossier in dossiers
        ]

    def file(self, name):
        """A filing that waits to be received."""
        dossier = self.call("create", self._values(name))
        self.call("action_submit", dossier)
        return dossier

    def receive(self, name):
        [row] = self.call("receive_new", [self._values(name)])
        return row["id"]

    def hand(self, name):
        """A dossier that lies before the official to be handled."""
        dossier = self.receive(name)
        self.call("action_forward", [dossier], assignee_id=self.official)
        return dossier

    def ready(self, name):
        """The code of a dossier whose result waits at the desk, and its id."""
        dossier = self.receive(name)
        if self.read(dossier, "fee_due")["fee_due"]:
            self.call("action_confirm_payment", [dossier])
        while "action_complete" not in self.read(dossier, "available_verbs").get(
            "available_verbs"
        ):
            self.call(
                "action_forward", [dossier], assignee_id=self.official, note=OPINION
            )
        self.call("action_complete", [dossier], number=f"{dossier}/GCN")
        return self.read(dossier, "code")["code"], dossier

    def _values(self, name):
        return {
            "procedure_id": self.procedure,
            "agency_id": self.commune.id,
            "applicant_name": name,
            "channel": "counter",
        }


def double(page, locator):
    """A double click as the browser makes it of one hand."""
    locator.dblclick()


def twice(page, locator):
    """Two clicks on the same spot, whatever has come there in between."""
    locator.hover()
    box = box_of(locator)
    spot = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(*spot)
    page.mouse.click(*spot, delay=APART)


@pytest.fixture(params=[double, twice])
def slip(request):
    return request.param


@pytest.fixture
def page(office, login):
    return login(OFFICER)


def line(page, dossier):
    return page.locator(f"[data-dossier='{dossier}']")


def test_my_work_moves_one_line(office, page, slip):
    filed = [office.file(f"Hồ Hai Lần {number}") for number in range(3)]
    page.goto("/odoo/motcua-work")
    slip(page, line(page, filed[0]).locator("button[data-verb=receive]"))
    outcome = line(page, filed[0]).locator(".o_motcua_outcome")
    expect(outcome).to_be_visible()
    expect(page.locator(".o_notification")).to_have_count(1)
    expect(line(page, filed[1]).locator("button[data-verb=receive]")).to_be_enabled()
    expect(page.locator(".o_motcua_my_work")).to_be_visible()
    assert office.events(*filed) == [2, 1, 1]
    # Looked at again, the list has the next job in place of the outcome.
    page.locator(".o_motcua_my_work .fa-refresh").click()
    expect(outcome).to_have_count(0)


def test_a_dialog_is_confirmed_once(office, page, slip):
    dossier = office.hand("Lê Hộp Thoại")
    page.goto("/odoo/motcua-work")
    slip(page, line(page, dossier).locator("button[data-verb=forward]"))
    dialog = page.locator(".modal")
    expect(dialog).to_have_count(1)
    dialog.locator("div[name=text] textarea").fill(OPINION)
    dialog.locator("div[name=assignee_id] input").fill("Trần Tay")
    page.locator(".o-autocomplete--dropdown-item", has_text="Trần Tay Trượt").click()
    slip(page, dialog.locator("button[name=action_apply]"))
    expect(dialog).to_have_count(0)
    expect(line(page, dossier).locator(".o_motcua_outcome")).to_be_visible()
    assert office.events(dossier) == [3]


def test_a_dialog_that_was_left_says_nothing(office, page):
    dossier = office.hand("Lê Bỏ Qua")
    page.goto("/odoo/motcua-work")
    line(page, dossier).locator("button[data-verb=forward]").click()
    page.locator(".modal button[special=cancel]").click()
    expect(page.locator(".modal")).to_have_count(0)
    expect(line(page, dossier).locator("button[data-verb=forward]")).to_be_enabled()
    assert office.events(dossier) == [2]


def test_the_page_of_a_dossier(office, page, slip):
    dossier = office.file("Phan Trang Giấy")
    page.goto(f"/odoo/motcua.dossier/{dossier}")
    slip(page, page.locator(".o_statusbar_buttons button[name=action_receive]"))
    expect(page.locator("button[name=action_receive]")).to_have_count(0)
    expect(page.locator(".modal")).to_have_count(0)
    assert office.events(dossier) == [2]


def test_many_at_once_are_moved_once(office, page, slip):
    dossiers = [office.hand(f"Bùi Hàng Loạt {slip.__name__} {n}") for n in range(2)]
    page.goto("/odoo/motcua-dossiers")
    rows = page.locator(".o_data_row", has_text=f"Bùi Hàng Loạt {slip.__name__}")
    for number in range(len(dossiers)):
        tick(rows.nth(number).locator(".o_list_record_selector input"))
    page.locator(".o_control_panel button[name=action_open_verb]").first.click()
    page.locator(".modal div[name=text] textarea").fill(OPINION)
    slip(page, page.locator(".modal button[name=action_apply_each]"))
    batch = page.locator(".o_motcua_batch")
    expect(batch.locator(".o_motcua_done")).to_have_text("2")
    assert office.events(*dossiers) == [3, 3]


def test_the_return_desk_hands_over_one(office, page, slip):
    code, dossier = office.ready("Hồ Trả Một")
    _other, waiting = office.ready("Hồ Chờ Sau")
    page.context.add_init_script("window.print = () => {}")
    page.goto("/odoo/tra-ket-qua")
    page.locator(f".o_motcua_row[data-code='{code}']").click()
    slip(page, page.locator(".o_motcua_result button[name=confirm]"))
    expect(page.locator(".o_motcua_last[name=last]")).to_contain_text(code)
    expect(page.locator(".o_motcua_result")).to_have_count(0)
    assert office.read(dossier, "status")["status"] == "10"
    assert office.read(waiting, "status")["status"] == "9"


def test_the_bin_of_a_list_takes_one_row(office, page):
    """Lists of Odoo's own: the row goes, and the next comes under the pointer."""
    dossier = office.hand("Đỗ Thùng Rác")
    page.goto(f"/odoo/motcua.dossier/{dossier}")
    page.locator(".o_statusbar_buttons > button.o_motcua_more").click()
    menu = page.locator(".o-dropdown--menu")
    menu.get_by_text("Yêu cầu nộp phí", exact=False).first.click()
    fees = page.locator(".modal div[name=fee_ids]")
    for _number in range(3):
        fees.locator(".o_field_x2many_list_row_add a").click()
        fees.locator(".o_selected_row div[name=name] input").fill("Lệ phí")
        fees.locator(".o_selected_row div[name=amount] input").fill("1000")
    page.locator(".modal .modal-title").click()
    fees.locator(".o_data_row").first.locator(".o_list_record_remove").dblclick()
    expect(fees.locator(".o_data_row")).to_have_count(2)


# -- the session has run out ------------------------------------------------


def log_in_again(page):
    page.locator(".modal button[name=log_in]").click()
    page.fill("input[name=login]", OFFICER)
    page.fill("input[name=password]", OFFICER)
    page.click("form.oe_login_form button[type=submit]")


def test_intake_goes_on_where_it_stopped(office, page):
    page.goto("/odoo/tiep-nhan")
    name = page.locator("[data-target=applicant] [name=name]")
    name.fill("Hoàng Hết Phiên")
    page.locator("[name=scan]").fill(PROCEDURE)
    page.locator("[name=scan]").press("Enter")
    expect(page.locator(".o_motcua_case")).to_contain_text(PROCEDURE)
    page.context.clear_cookies()
    page.keyboard.press("Alt+Enter")
    dialog = page.locator(".modal", has_text="Hết phiên")
    expect(dialog).to_have_count(1)
    log_in_again(page)
    expect(name).to_have_value("Hoàng Hết Phiên")
    expect(page.locator(".o_motcua_case")).to_contain_text(PROCEDURE)


@pytest.mark.parametrize(
    ("path", "shown", "act"),
    [
        ("/odoo/tra-ket-qua", "[name=scan]", "Enter"),
        ("/odoo/motcua-work", ".o_motcua_my_work .fa-refresh", "click"),
        ("/odoo/motcua-dossiers", ".o_list_view .o_column_sortable", "click"),
    ],
)
def test_every_screen_says_that_the_session_is_over(office, page, path, shown, act):
    page.goto(path)
    place = page.locator(shown).first
    expect(place).to_be_visible()
    page.context.clear_cookies()
    if act == "click":
        place.click()
    else:
        place.fill("Hết Phiên")
        place.press(act)
    expect(page.locator(".modal")).to_have_count(1)
    expect(page.locator(".modal")).to_contain_text("Hết phiên")
    log_in_again(page)
    expect(place).to_be_visible()


def test_what_is_typed_before_the_desk_has_loaded_is_kept(office, page):
    """On a slow line the fields are there before the server has said which desk it
    is."""
    held = []
    page.route("**/motcua.desk/load", lambda route: held.append(route))
    with page.expect_request("**/motcua.desk/load"):
        page.goto("/odoo/tiep-nhan")
    page.locator("[data-target=applicant] [name=name]").fill("Hồ Thị Nhanh")
    held[0].continue_()
    page.wait_for_function(
        "Object.values(localStorage).some((draft) => draft.includes('Hồ Thị Nhanh'))"
    )


def test_nothing_of_citizens_is_left_after_logging_out(office, page):
    page.goto("/odoo/tiep-nhan")
    name = page.locator("[data-target=applicant] [name=name]")
    name.fill("Hoàng Đăng Xuất")
    draft = "Object.keys(localStorage).some((key) => key.startsWith('motcua_intake/'))"
    page.wait_for_function(draft)
    settle(page)
    page.locator(".o_user_menu button").click()
    page.locator("[data-menu=logout]").click()
    page.wait_for_url("**/web/login**")
    page.wait_for_function(f"!{draft}")
    page.fill("input[name=login]", OFFICER)
    page.fill("input[name=password]", OFFICER)
    page.click("form.oe_login_form button[type=submit]")
    expect(page.locator(".o_user_menu")).to_be_visible()
