"""An administrator writes a decision with data picked from a list; an officer signs and
prints it, finds it in the register and revokes it.
"""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from ..world import Commune
from .studio import DocumentEditor

CLERK, HANDLER, CHAIR = "vb-tiep-nhan", "vb-thu-ly", "vb-chu-tich"
ADMINISTRATOR = "quantri"
FIELDS = [
    {"name": "muc_dich", "label": "Mục đích", "type": "char", "required": True},
    {"name": "gap", "label": "Cần gấp", "type": "boolean"},
    {"name": "so_tien", "label": "Số tiền", "type": "money"},
    {"name": "con", "label": "Các con", "type": "repeat"},
    {"name": "ten_con", "label": "Tên con", "type": "char", "parent_name": "con"},
]


@pytest.fixture(scope="module")
def office(rpc):
    return Office(rpc)


class Office:
    """A commune, and a procedure of its own whose version is still a draft."""

    def __init__(self, rpc):
        self.rpc = rpc
        self.admin = rpc("admin")
        self.commune = Commune(self.admin, "xã Văn Bản", "H97.52")
        self.commune.hire("receiving_officer", {CLERK: "Hồ Thị Tiếp"})
        self.commune.hire("handler", {HANDLER: "Lê Văn Thụ"})
        self.commune.hire("approver", {CHAIR: "Phạm Thị Ký"})
        self.procedure = self.admin.call(
            "motcua.procedure",
            "create",
            {"code": "9.700001", "name": "Hỗ trợ hộ gia đình"},
        )
        self.version = self.admin.call(
            "motcua.procedure.version",
            "create",
            {
                "procedure_id": self.procedure,
                "date_from": "2026-01-01",
                "workflow_id": self._workflow(),
                "field_ids": [
                    (0, 0, {**field, "sequence": number})
                    for number, field in enumerate(FIELDS)
                ],
                "channel_ids": [
                    (
                        0,
                        0,
                        {
                            "channel": "counter",
                            "term_quantity": 3,
                            "term_unit": "working_day",
                        },
                    )
                ],
            },
        )
        self.commune.offer("9.700001")

    def _workflow(self):
        [version] = self.admin.call(
            "motcua.procedure.version",
            "search_read",
            [("procedure_id.code", "=", "1.004873"), ("state", "=", "published")],
            ["workflow_id"],
        )
        return version["workflow_id"][0]

    def publish(self):
        self.rpc(ADMINISTRATOR).call(
            "motcua.procedure.version", "action_publish", [self.version]
        )

    def at_signature(self, name, **answers):
        """A dossier that waits for the signature of the chair."""
        values = {
            "procedure_id": self.procedure,
            "agency_id": self.commune.id,
            "applicant_name": name,
            "channel": "counter",
            "form_values": {"muc_dich": "mua giống cây", **answers},
            "row_ids": [
                (0, 0, {"section": "con", "row_values": {"ten_con": child}})
                for child in ("Văn Nhất", "Thị Hai")
            ],
        }
        [row] = self.rpc(CLERK).call("motcua.dossier", "receive_new", [values])
        for officer in (CLERK, HANDLER):
            self.call(officer, "action_forward", row["id"], note="Đủ điều kiện.")
        return row["id"]

    def call(self, login, method, dossier, **kwargs):
        return self.rpc(login).call("motcua.dossier", method, [dossier], **kwargs)

    def read(self, dossier, field):
        [row] = self.admin.call("motcua.dossier", "read", [dossier], [field])
        return row[field]


def test_a_document_from_writing_to_revoking(office, login, screenshots):
    _write(office, login(ADMINISTRATOR), screenshots)
    office.publish()
    urgent = office.at_signature("Nguyễn Văn Gấp", gap=True, so_tien=2500000)
    calm = office.at_signature("Trần Thị Thong Thả")
    page = login(CHAIR)
    document = _sign(office, page, urgent, screenshots)
    said = _print(page, document)
    for words in (
        "Hỗ trợ cho Nguyễn Văn Gấp để mua giống cây",
        "Hai triệu năm trăm nghìn đồng chẵn",
        "Văn Nhất",
        "Thị Hai",
        "Giải quyết trong ngày",
    ):
        assert words in said, said
    other = _sign(office, page, calm)
    assert "Giải quyết trong ngày" not in _print(page, other)
    _revoke(office, page, document, urgent, screenshots)


def _write(office, page, screenshots):
    editor = DocumentEditor(page).start(office.version, "decision")
    editor.at_end_of("Điều 2")
    editor.new_paragraph()
    editor.type("Hỗ trợ cho ")
    editor.pick("", "applicant.name")
    editor.type(" để ")
    editor.pick("muc dich", "form.muc_dich")
    editor.type(", bằng chữ: ")
    editor.pick("so tien", "form.so_tien:words")
    editor.new_paragraph()
    editor.type("Giải quyết trong ngày")
    editor.show_only_if("Cần gấp", "=", "yes")
    editor.at_end_of("Hỗ trợ cho")
    editor.add_table("con")
    # Seen as it will be, before anything is saved.
    body = editor.preview.locator(".body")
    expect(body).to_contain_text("Hỗ trợ cho Nguyễn Văn Mẫu để «Mục đích»")
    expect(body).to_contain_text("Giải quyết trong ngày")
    expect(body.locator("td", has_text="«Tên con»")).to_have_count(2)
    page.screenshot(path=screenshots / "document-editor.png")
    editor.save()


def _sign(office, page, dossier, screenshots=None):
    """Sign the decision in the dialog; the id of the document."""
    if not office.read(dossier, "user_id"):
        office.call(CHAIR, "action_take", dossier)
    page.goto(f"/odoo/motcua.dossier/{dossier}")
    page.locator("button[name=action_open_verb]", has_text="kết quả").first.click()
    modal = page.locator(".modal")
    expect(modal.locator("div[name=template_id] input")).to_have_value("Quyết định")
    expect(modal.locator("div[name=number]")).to_have_count(0)
    if screenshots:
        page.screenshot(path=screenshots / "document-sign.png")
    modal.locator("button[name=action_apply]:visible").click()
    expect(page.locator("button[name=action_open_documents]")).to_be_visible()
    assert office.read(dossier, "status") == "9"
    [document] = office.read(dossier, "document_ids")
    return document


def _print(page, document):
    """What the PDF says."""
    response = page.request.get(f"/motcua/document/{document}")
    assert response.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.body())).pages
    words = " ".join(page.extract_text() for page in pages).split()
    return " ".join(words).replace(" ,", ",").replace(" .", ".")


def _revoke(office, page, document, dossier, screenshots):
    page.goto("/odoo/action-motcua_base.document_action")
    page.locator(".o_searchview_input").fill("nguyen van gap")
    # Enter searches once the list of what can be searched is open.
    page.locator(".o_searchview_autocomplete .o-dropdown-item").first.wait_for()
    page.keyboard.press("Enter")
    row = page.locator(".o_data_row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("01/QĐ-UBND")
    page.screenshot(path=screenshots / "document-register.png")
    row.locator("td[name=name]").click()
    page.click("button[name=action_open_revoke]")
    page.fill(".modal div[name=text] textarea", "Sai số tiền hỗ trợ")
    page.locator(".modal button[name=action_apply]:visible").click()
    expect(page.locator("div[name=revoke_reason]")).to_contain_text("Sai số tiền")
    page.screenshot(path=screenshots / "document-revoked.png")
    assert "ĐÃ THU HỒI" in _print(page, document)
    assert office.read(dossier, "result_number") == "01/QĐ-UBND"
