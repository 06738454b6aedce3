import json
from io import BytesIO

from openpyxl import load_workbook

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common import MotcuaCase

TYPED = (
    '=HYPERLINK("http://x.example","A")',
    "{=1+1}",
    "http://x.example",
    "+84",
    "@A1",
)


@tagged("post_install", "-at_install")
class TestExport(HttpCase, MotcuaCase):
    """What applicants typed does nothing when a list is opened as a spreadsheet."""

    def _export(self, **options):
        user = self.env.ref("base.user_admin")
        self.authenticate(user.login, "admin")
        data = {
            "model": "motcua.dossier",
            "fields": [{"name": "applicant_name", "label": "Name", "type": "char"}],
            "ids": self.dossiers.ids,
            "domain": [],
            "import_compat": False,
            "context": {},
            **options,
        }
        answer = self.url_open(
            "/web/export/xlsx",
            {"data": json.dumps(data), "csrf_token": Request.csrf_token(self)},
        )
        return load_workbook(BytesIO(answer.content)).active

    def test_no_cell_is_a_formula(self):
        self.env.ref("base.user_admin").password = "admin"
        self.dossiers = self.env["motcua.dossier"].union(
            *(self._received(applicant_name=name) for name in TYPED)
        )
        for options in ({}, {"groupby": ["channel"], "ids": False}):
            if options:
                options["domain"] = [("id", "in", self.dossiers.ids)]
            sheet = self._export(**options)
            cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
            found = {cell.value for cell in cells}
            self.assertLessEqual(set(TYPED), found)
            self.assertFalse([cell for cell in cells if cell.data_type == "f"])
            self.assertFalse([cell for cell in cells if cell.hyperlink])
