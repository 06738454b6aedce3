"""The intake screen as officers use it: how many interactions a receipt takes, and what
happens on a bad morning.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.rpc import Rpc
from tests.world import Commune

from .screen import box_of, see, text_of, tick

OFFICER = "quay.so.mot"
KNOWN = ("Hồ Thị Mai", "045190004321")
CODE = r"H98\.77-\d{6}-\d{4}"
COPIES = "2.000815"  # certified copies, answered the same day
EXTRACT = "2.000635"  # extract from the register of civil status
BIRTH = "1.001193"  # birth registration: a form, many papers


def card(name, number, separator="|"):
    fields = (number, "", name, "02011985", "Nam", "Thôn 7, Khe Sanh", "01012022")
    return separator.join(fields)


@pytest.fixture(scope="module")
def commune(rpc):
    """A commune with one desk, an officer and a citizen who is known there."""
    commune = Commune(rpc("admin"), "Xã Thử nghiệm Tiếp nhận", "H98.77")
    commune.hire("receiving_officer", {OFFICER: "Lê Thị Quầy"})
    commune.hire("approver", {"chu.tich.thu": "Ngô Văn Chủ"})
    copies = commune.offer(COPIES)
    commune.offer(EXTRACT)
    commune.offer(BIRTH)
    name, number = KNOWN
    # Known to the officer is who was here before.
    rpc(OFFICER).call(
        "motcua.dossier",
        "receive_new",
        [
            {
                "procedure_id": copies,
                "agency_id": commune.id,
                "applicant_name": name,
                "applicant_id_number": number,
                "applicant_phone": "0912000321",
                "applicant_address": "Thôn 3",
            }
        ],
    )
    return commune


class Desk:
    """An officer before the screen, whose interactions are counted: a click, a key
    chord, a scan, or a field filled in and confirmed.
    """

    def __init__(self, page):
        self.page = page
        self.interactions = 0
        # No printer here; and Chromium without a window cannot print PDF.
        page.context.add_init_script(
            "window.print = () => { top.printed = (top.printed || 0) + 1 }"
        )
        self.papers = []
        page.on("response", self._note_paper)

    def _note_paper(self, response):
        if "/report/pdf/" in response.url:
            self.papers.append(response.url.split("/report/pdf/")[1])

    def open(self):
        self.page.goto("/odoo/tiep-nhan")
        self.page.wait_for_selector(".o_motcua_shortcuts .btn")
        self.interactions = 0
        return self

    def scan(self, text):
        """What a scanner does, wherever the cursor stands; or typing and Enter."""
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        self.interactions += 1

    def press(self, keys):
        self.page.keyboard.press(keys)
        self.interactions += 1

    def choose(self, text):
        """Choose a procedure by typing, and wait until it is shown."""
        self.scan(text)
        self.see_procedure(text)

    def see_procedure(self, text):
        self.page.wait_for_selector(f".o_motcua_case:has-text('{text}')")

    def see_person(self, name):
        self.page.wait_for_function(
            "name => document.querySelector('[name=name]').value === name", arg=name
        )

    def see_printed(self, count):
        self.page.wait_for_function("n => window.printed === n", arg=count)

    def see_alert(self, text):
        return self.page.wait_for_selector(f".o_motcua_alert:has-text('{text}')")

    def received(self, name):
        """The code of the dossier that was received last, for this applicant."""
        strip = self.page.locator(".o_motcua_last.alert-success", has_text=name)
        return text_of(strip, CODE)

    def see_cursor_in(self, name):
        expect(self.page.locator(f"[name={name}]").first).to_be_focused()

    def see_value(self, name, value):
        expect(self.page.locator(f"[name={name}]").first).to_have_value(value)

    def see_no_draft(self, text=""):
        """Nothing is kept of an intake that is over, or nothing with this text."""
        see(
            self.page,
            "text => !Object.entries(localStorage).some(([key, value]) =>"
            " key.startsWith('motcua_intake/') && value && value.includes(text))",
            text,
        )


@pytest.fixture
def desk(commune, login):
    return Desk(login(OFFICER)).open()


def count_dossiers(rpc, id_number):
    return rpc("admin").call(
        "motcua.dossier", "search_count", [("applicant_id_number", "=", id_number)]
    )


def test_known_applicant_takes_three_interactions(desk, screenshots):
    name, number = KNOWN
    desk.see_cursor_in("scan")
    desk.scan(number)
    desk.see_person(name)
    desk.scan(EXTRACT)
    desk.see_procedure(EXTRACT)
    desk.page.screenshot(path=screenshots / "intake-ready.png")
    desk.press("Alt+Enter")
    desk.received(name)
    desk.see_printed(1)
    assert desk.interactions <= 3
    assert desk.papers[0].startswith("motcua_base.report_receipt/")
    # Nothing of a simple procedure is below the edge of the screen.
    see(desk.page, "document.documentElement.scrollHeight <= 768")
    desk.see_cursor_in("scan")


def test_new_applicant_by_card_takes_eight_interactions(desk):
    desk.scan(card("Trần Văn Mới", "045085000111"))
    desk.see_person("Trần Văn Mới")
    desk.press("Alt+p")
    desk.see_cursor_in("phone")
    desk.page.keyboard.insert_text("0912000999")
    desk.interactions += 1
    desk.press("Alt+s")
    desk.scan(EXTRACT)
    desk.see_procedure(EXTRACT)
    desk.press("Alt+Enter")
    desk.received("Trần Văn Mới")
    desk.see_printed(1)
    assert desk.interactions <= 8


def test_counter_morning(desk, rpc):
    """One person after the other; each leaves with a receipt and a number of their
    own, and nothing of one is left for the next."""
    codes = set()
    people = [(f"Lê Thị {word}", f"04508500020{i}") for i, word in enumerate("ABC")]
    for turn, (name, number) in enumerate(people, 1):
        desk.scan(card(name, number))
        desk.see_person(name)
        desk.press("Alt+1")
        desk.page.wait_for_selector(".o_motcua_case header")
        desk.press("Alt+Enter")
        codes.add(desk.received(name))
        desk.see_printed(turn)
        desk.see_cursor_in("scan")
        desk.see_value("name", "")
        desk.see_no_draft(number)
    assert len(codes) == len(people)
    assert len(desk.papers) == len(people)
    assert [count_dossiers(rpc, number) for _name, number in people] == [1, 1, 1]


def test_scan_with_odd_separators_into_another_field(desk):
    desk.page.focus("[name=address]")
    desk.page.focus("[name=phone]")
    desk.scan(card("Phạm Văn Lạ", "045085000301", separator="¦"))
    desk.see_person("Phạm Văn Lạ")
    desk.see_value("phone", "")
    desk.see_value("birthdate", "02/01/1985")


@pytest.mark.parametrize(
    "typed", ["https://shop.example/item?id=1", "8934567890123", "không có tên này"]
)
def test_foreign_code_gets_a_sentence(desk, typed):
    desk.scan(typed)
    expect(desk.page.locator(".o_motcua_scan_message")).to_have_text(
        re.compile(".{21,}")
    )
    # The next scan replaces what was typed.
    desk.scan(card("Ngô Văn Sau", "045085000302"))
    desk.see_person("Ngô Văn Sau")


def test_draft_survives_closing(desk, rpc):
    name, number = "Đỗ Văn Nháp", "045085000401"
    desk.scan(card(name, number))
    desk.see_person(name)
    desk.choose(BIRTH)
    desk.page.fill("[name=phone]", "0912000401")
    desk.page.goto("about:blank")  # away in the middle of typing
    desk.page.close()
    again = Desk(desk.page.context.new_page())
    again.page.goto("/odoo/tiep-nhan")
    again.page.wait_for_selector(".o_motcua_last.alert-info")
    again.see_person(name)
    again.see_procedure(BIRTH)
    again.see_value("phone", "0912000401")
    again.press("Alt+Enter")
    again.received(name)
    again.see_no_draft()
    assert count_dossiers(rpc, number) == 1


def test_line_cut_before_the_server_heard(desk, rpc):
    name, number = "Bùi Văn Đứt", "045085000501"
    desk.scan(card(name, number))
    desk.see_person(name)
    desk.choose(EXTRACT)
    desk.page.context.set_offline(True)
    desk.press("Alt+Enter")
    desk.page.wait_for_selector("[name=retry]")
    desk.see_value("name", name)
    desk.page.context.set_offline(False)
    desk.page.click("[name=retry]")
    desk.received(name)
    assert count_dossiers(rpc, number) == 1


def test_line_cut_before_the_answer_came(desk, rpc):
    name, number = "Bùi Văn Mất", "045085000502"
    desk.scan(card(name, number))
    desk.see_person(name)
    desk.choose(EXTRACT)

    def lose_the_answer(route):
        route.fetch()
        route.abort("connectionreset")

    pattern = "**/motcua.desk/confirm"
    desk.page.route(pattern, lose_the_answer)
    desk.press("Alt+Enter")
    desk.page.wait_for_selector("[name=retry]")
    assert count_dossiers(rpc, number) == 1
    desk.page.unroute(pattern)
    desk.press("Alt+Enter")
    desk.received(name)
    assert count_dossiers(rpc, number) == 1


def test_the_same_intake_at_the_same_moment(commune, rpc, server):
    """The browser gave up and sent again while the server was still at it."""
    procedure = commune.offer("2.000908")
    number = "045085000503"
    sessions = [Rpc(server.url, server.database, OFFICER, OFFICER) for _ in range(4)]
    desk = commune.units["desk"]
    choice = {"procedure_id": procedure, "agency_id": commune.id}
    papers = sessions[0].call("motcua.desk", "describe", desk, choice)["papers"]
    intake = {
        "applicant": {"name": "Cùng Lúc", "id_number": number},
        "items": [{**choice, "papers": papers}],
    }
    token = str(uuid4())
    with ThreadPoolExecutor(len(sessions)) as pool:
        answers = list(
            pool.map(
                lambda rpc: rpc.call("motcua.desk", "confirm", desk, token, intake),
                sessions,
            )
        )
    assert all(answer == answers[0] for answer in answers)
    assert count_dossiers(rpc, number) == 1


def test_second_identical_filing_warns_first(desk, rpc):
    name, number = "Võ Thị Đôi", "045085000601"
    for _turn in range(2):
        desk.scan(card(name, number))
        desk.see_person(name)
        desk.choose(EXTRACT)
        desk.press("Alt+Enter")
        if not _turn:
            desk.received(name)
    desk.page.wait_for_selector(".o_motcua_duplicates")
    desk.page.wait_for_selector(".o_motcua_alert")
    assert count_dossiers(rpc, number) == 1
    desk.page.fill("[name=duplicate_reason]", "Xin thêm cho con thứ hai")
    desk.press("Alt+Enter")
    desk.page.wait_for_selector(".o_motcua_alert", state="detached")
    desk.received(name)
    assert count_dossiers(rpc, number) == 2


def test_group_gets_one_receipt(desk, rpc):
    name, number = "Đinh Thị Nhóm", "045085000701"
    desk.scan(card(name, number))
    desk.see_person(name)
    desk.choose(EXTRACT)
    desk.press("Alt+m")
    desk.page.wait_for_selector(".o_motcua_group li")
    desk.choose(BIRTH)
    desk.press("Alt+Enter")
    desk.received(name)
    desk.see_printed(1)
    assert desk.papers[0].startswith("motcua_base.report_group_receipt/")
    assert count_dossiers(rpc, number) == 2


def test_somebody_else_files(desk, rpc):
    name, number = "Hoàng Văn Chủ", "045085000801"
    desk.scan(card(name, number))
    desk.see_person(name)
    desk.press("Alt+u")
    desk.scan(card("Hoàng Văn Thay", "045085000802"))
    desk.page.wait_for_function(
        "document.querySelector('[data-target=submitter] [name=name]').value"
        " === 'Hoàng Văn Thay'"
    )
    desk.choose(EXTRACT)
    desk.press("Alt+Enter")
    code = desk.received(name)
    [dossier] = rpc("admin").call(
        "motcua.dossier",
        "search_read",
        [("code", "=", code)],
        ["applicant_name", "submitter_name"],
    )
    assert dossier["applicant_name"] == name
    assert dossier["submitter_name"] == "Hoàng Văn Thay"


def test_handed_over_at_once(desk, rpc):
    name, number = "Lý Văn Ngay", "045085000901"
    desk.scan(card(name, number))
    desk.see_person(name)
    desk.choose(COPIES)
    tick(desk.page.locator("[name=at_once]"))
    desk.page.fill("[name=result_number]", "77/CT")
    desk.page.select_option("[name=paid]", "cash")
    desk.press("Alt+Enter")
    code = desk.received(name)
    desk.see_printed(2)  # hand-over slip and fee receipt
    [dossier] = rpc("admin").call(
        "motcua.dossier", "search_read", [("code", "=", code)], ["status"]
    )
    assert dossier["status"] == "10"


def test_refusal_and_guidance(desk, rpc):
    name, number = "Mai Văn Thiếu", "045085001001"
    desk.scan(card(name, number))
    desk.see_person(name)
    desk.choose(EXTRACT)
    desk.press("Alt+g")
    desk.page.fill(".modal [name=reason]", "Mang thêm giấy ủy quyền")
    desk.press("Control+Enter")
    desk.page.wait_for_selector(".modal", state="detached")
    desk.see_printed(1)  # form 02
    guidance = rpc("admin").call(
        "motcua.guidance", "search_read", [("person_name", "=", name)], ["note"]
    )
    assert [row["note"] for row in guidance] == ["Mang thêm giấy ủy quyền"]
    assert count_dossiers(rpc, number) == 0
    desk.page.wait_for_function("document.activeElement.name === 'scan'")
    desk.scan(card(name, number))
    desk.see_person(name)
    desk.choose(EXTRACT)
    desk.press("Alt+r")
    desk.page.fill(".modal [name=reason]", "Không thuộc thẩm quyền")
    desk.press("Control+Enter")
    desk.page.wait_for_selector(".o_motcua_last.alert-warning")
    desk.see_printed(2)
    assert desk.papers[1].startswith("motcua_base.report_rejection/")


def picture(color):
    buffer = BytesIO()
    Image.new("RGB", (600, 800), color).save(buffer, "JPEG")
    return buffer.getvalue()


def test_scanned_pages_become_one_file(desk, rpc):
    name, number = "Tạ Văn Quét", "045085001101"
    desk.scan(card(name, number))
    desk.see_person(name)
    desk.choose(EXTRACT)
    desk.page.set_input_files(
        ".o_motcua_papers tbody tr:first-child [name=files]",
        [
            {"name": "1.jpg", "mimeType": "image/jpeg", "buffer": picture("white")},
            {"name": "2.jpg", "mimeType": "image/jpeg", "buffer": picture("gray")},
        ],
    )
    expect(desk.page.locator(".o_motcua_file .badge")).to_have_text("2")
    desk.press("Alt+Enter")
    code = desk.received(name)
    papers = rpc(OFFICER).call(
        "motcua.dossier.component",
        "search_read",
        [("dossier_id.code", "=", code), ("attachment_ids", "!=", False)],
        ["attachment_ids", "digitised"],
    )
    assert [len(paper["attachment_ids"]) for paper in papers] == [1]
    assert papers[0]["digitised"]


def test_the_counts_of_papers_stand_below_their_names(desk):
    desk.choose(EXTRACT)
    papers = desk.page.locator("table.o_motcua_papers")
    expect(papers.locator("tbody [name=originals]").first).to_be_visible()
    for number, name in enumerate(("originals", "certified", "copies"), start=1):
        head = box_of(papers.locator("thead th").nth(number))
        box = box_of(papers.locator(f"tbody [name={name}]").first)
        middle = box["x"] + box["width"] / 2
        assert head["x"] <= middle <= head["x"] + head["width"], name


def test_phone_screen(desk, screenshots):
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.scan(card("Hà Văn Nhỏ", "045085001201"))
    desk.see_person("Hà Văn Nhỏ")
    desk.choose(BIRTH)
    see(desk.page, "document.documentElement.scrollWidth <= 390")
    desk.page.screenshot(path=screenshots / "intake-phone.png")
