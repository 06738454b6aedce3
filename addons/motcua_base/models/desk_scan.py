from base64 import b64encode
from datetime import timedelta
from io import BytesIO

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import image_data_uri
from odoo.tools.pdf import PdfFileReader, merge_pdf

from ..tools import pages, upload

PICTURES = (upload.JPEG, upload.PNG)
# Long enough for a draft kept overnight.
KEPT_HOURS = 48


class Desk(models.AbstractModel):
    """Papers scanned at the desk before the dossier exists: several pages become one
    PDF. Until the dossier is received they open to nobody but who scanned them."""

    _inherit = "motcua.desk"

    @api.model
    def _keep_scan(self, desk, component, files, before=None):
        """Store pages for one wanted paper.

        :param files: list of (file name, content), in the order of the pages
        :param before: attachment of the pages scanned before these, which it replaces
        :return: dict with ``id``, ``name``, ``pages`` and ``preview`` of the file
        """
        Rule = self.env["motcua.file.rule"]
        accepted, megabytes = component._file_rule()
        # A picture is not stored as such where a PDF can be: one paper, one file.
        pictures = ("jpg", "png") if "pdf" in accepted else ()
        for name, content in files:
            Rule._check(name, content, ((*accepted, *pictures), megabytes))
        parts = [(upload.sniff(content), content) for _name, content in files]
        picture = next((content for kind, content in parts if kind in PICTURES), None)
        if before:
            parts.insert(0, (upload.PDF, before.raw))
        name, content = self._join(files[0][0], parts, component)
        Rule._check(name, content, (accepted, megabytes))
        scan = self.env["ir.attachment"].create(
            {"name": name, "raw": content, "res_model": self._name}
        )
        if before:
            before.unlink()
        return {
            "id": scan.id,
            "name": scan.name,
            "pages": self._page_count(content),
            "preview": picture and self._preview(picture),
        }

    @api.model
    def _join(self, name, parts, component):
        """(name, content) of one file with all parts."""
        kinds = {kind for kind, _content in parts}
        as_pdf = "pdf" in component._file_rule()[0]
        if len(parts) == 1 and not (as_pdf and kinds & set(PICTURES)):
            return name, parts[0][1]
        if not as_pdf or kinds - {upload.PDF, *PICTURES}:
            raise UserError(
                self.env._(
                    "Only pictures and PDF files can be joined into one file. Attach "
                    "this file alone: %s",
                    name,
                )
            )
        try:
            documents = [
                content if kind == upload.PDF else pages.images_to_pdf([content])
                for kind, content in parts
            ]
            content = documents[0] if len(documents) == 1 else merge_pdf(documents)
        except Exception as error:  # what broken files raise is the libraries' affair
            raise UserError(
                self.env._("File “%s” is damaged. Scan or save it again.", name)
            ) from error
        return f"{name.rpartition('.')[0] or name}.pdf", content

    @api.model
    def _page_count(self, content):
        if upload.sniff(content) != upload.PDF:
            return 1
        try:
            return PdfFileReader(BytesIO(content), strict=False).getNumPages()
        except Exception:  # a PDF that readers open, and the library does not
            return 0

    @api.model
    def _preview(self, picture):
        try:
            return image_data_uri(b64encode(pages.thumbnail(picture)))
        except OSError:
            return False

    @api.model
    def discard_scan(self, desk_id, attachment_id):
        """Throw away a file scanned at the desk for a dossier not yet received."""
        self._require_desk(desk_id)
        self._own_scan(attachment_id).unlink()
        return True

    @api.model
    def _own_scan(self, attachment_id):
        """A scan of this user that belongs to no dossier yet."""
        # By hand: Odoo asks for rights on the model of a file, and nobody has any here.
        scan = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("id", "=", attachment_id),
                    ("res_model", "=", self._name),
                    ("res_id", "in", (0, False)),
                    ("create_uid", "=", self.env.uid),
                ]
            )
        )
        if not scan:
            raise UserError(
                self.env._("This file belongs to a dossier already, or is gone.")
            )
        return scan

    @api.autovacuum
    def _gc_scans(self):
        """What was scanned and never received is nobody's to keep."""
        limit = fields.Datetime.now() - timedelta(hours=KEPT_HOURS)
        self.env["ir.attachment"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", (0, False)),
                ("create_date", "<", limit),
            ]
        ).unlink()
