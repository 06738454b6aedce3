"""Every control of every editor of the studio is used, and no screen crashes."""

import pytest
from playwright.sync_api import expect

from .controls import Explorer
from .studio import DocumentEditor, FormEditor, WorkflowEditor

ADMINISTRATOR = "quantri"
FIELDS = [
    {"name": "ho_ten", "label": "Họ tên", "type": "char"},
    {"name": "hang", "label": "Hạng", "type": "selection", "options": "a=A\nb=B"},
    {"name": "con", "label": "Các con", "type": "repeat"},
    {"name": "ten_con", "label": "Tên con", "type": "char", "parent_name": "con"},
]


@pytest.fixture
def studio(rpc, login):
    return Studio(rpc(ADMINISTRATOR), login(ADMINISTRATOR))


class Studio:
    """Opens each editor on a new record, so that nothing is left of what was tried."""

    def __init__(self, admin, page):
        self.admin = admin
        self.page = page

    def _create(self, model, **values):
        return self.admin.call(model, "create", [values])[0]

    def version(self, **values):
        count = self.admin.call("motcua.procedure", "search_count", [])
        procedure = self._create(
            "motcua.procedure", code=f"7.{100000 + count}", name="Thử mọi nút"
        )
        [workflow] = self.admin.call(
            "motcua.workflow", "search", [("name", "=", "Giải quyết ngay")], limit=1
        )
        return self._create(
            "motcua.procedure.version",
            procedure_id=procedure,
            workflow_id=workflow,
            channel_ids=[(0, 0, {"channel": "counter", "term_quantity": 5})],
            field_ids=[(0, 0, field) for field in FIELDS],
            **values,
        )

    def open_form(self):
        FormEditor(self.page).open(self.version())

    def open_workflow(self):
        workflow = self._create("motcua.workflow", name="Thử mọi nút")
        WorkflowEditor(self.page).open(workflow)

    def open_document(self):
        template = self._create(
            "motcua.document.template",
            version_id=self.version(),
            name="Quyết định",
            body="<p>Hỗ trợ ông bà</p>",
            result="granted",
        )
        DocumentEditor(self.page).open(template)

    def open_check(self):
        """With nothing that forbids publishing."""
        self._check(self.version())

    def open_check_with_problems(self):
        paper = {"name": "Đơn", "originals": 1, "max_megabytes": 5000}
        self._check(self.version(component_ids=[(0, 0, paper)]))

    def _check(self, version):
        self.page.goto(f"/odoo/motcua.procedure.version/{version}")
        self.page.locator("button[name=action_check]:visible").click()
        expect(self.page.locator(".o_motcua_check_sheet")).to_be_visible()


@pytest.mark.parametrize(
    "editor, root, used",
    [
        ("workflow", ".o_motcua_workflow_editor", ["stage_id", "add_return", "print"]),
        ("form", ".o_motcua_form_editor", ["add_repeat", "insert_function", "copy"]),
        (
            "document",
            ".o_motcua_document_editor, .o_motcua_document_preview",
            ["search_field", "o_motcua_pick"],
        ),
        ("check", ".o_motcua_version_check", ["Kiểm tra lại", "btn-primary"]),
        ("check_with_problems", ".o_motcua_version_check", ["btn-secondary"]),
    ],
)
def test_every_control_of(studio, editor, root, used):
    open_editor = getattr(studio, f"open_{editor}")
    done = Explorer(studio.page, open_editor, root).use_everything()
    for name in used:
        assert any(name in key for key in done), f"{name} did not come up"
