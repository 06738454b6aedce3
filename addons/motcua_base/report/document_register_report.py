from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import groupby

from ..tools.localtime import to_local

# Names of the columns and their shares of the width, in percent.
COLUMNS = {
    "code": 12,
    "date": 8,
    "name": 26,
    "dossier": 14,
    "recipient": 16,
    "signer": 12,
    "note": 12,
}


class DocumentRegisterReport(models.AbstractModel):
    """Sổ đăng ký văn bản đi: the register of issued documents, one book an agency,
    year and symbol, with those revoked."""

    _name = "report.motcua_base.report_document_register"
    _description = "Printed register of documents"
    _inherit = ["report.motcua_base.report_register"]

    _shares = COLUMNS

    @api.model
    def _get_report_values(self, docids, data=None):
        documents = self.env["motcua.document"].browse(docids)
        if not documents:
            raise UserError(self.env._("Choose the documents to print."))
        documents.check_access("read")
        self.env["motcua.access.log"]._note(
            documents.dossier_id, "print", self.env._("Register of documents")
        )
        return {"forms": self._forms(documents.sudo())}

    def _forms(self, documents):
        def book(document):
            return document.register_code.rpartition("/")[0]

        in_order = documents.sorted(lambda document: (book(document), document.number))
        return [
            page
            for _book, group in groupby(in_order, book)
            for page in self._pages(group)
        ]

    def _pages(self, documents):
        first = documents[0]
        parts = self._split([self._row(document) for document in documents])
        return [
            {
                "title": "Sổ đăng ký văn bản đi",
                "agency": first.agency_id.name.upper(),
                "book": first.date.year,
                "columns": COLUMNS,
                "rows": rows,
                "page": number,
                "page_count": len(parts),
            }
            for number, rows in enumerate(parts, start=1)
        ]

    def _row(self, document):
        note = ""
        if document.state == "revoked":
            day = to_local(document.date_revoked).strftime("%d/%m/%Y")
            note = f"Thu hồi {day}: {document.revoke_reason}"
        return {
            "code": document.code,
            "date": document.date.strftime("%d/%m/%Y"),
            "name": document.name,
            "dossier": document.dossier_id.code,
            "recipient": document.applicant_name,
            "signer": document.signer_id.name,
            "note": note,
        }
