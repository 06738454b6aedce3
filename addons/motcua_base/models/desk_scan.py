from base64 import b64encode
from datetime import timedelta
from io import BytesIO
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.image import image_data_uri
from odoo.tools.pdf import PdfFileReader, merge_pdf

from ..api import takes
from ..tools import pages, upload
from ..tools.arguments import Id

# Long enough for a draft kept overnight.
KEPT_HOURS = 48


class ScannedPart(NamedTuple):
    """One file as it was handed in."""

    name: str
    kind: str  # MIME type
    content: bytes


class Desk(models.AbstractModel):
    """Papers scanned at the desk before the dossier exists: several pages become one
    PDF for reading, and stand behind it as they came. What is signed stays a file of
    its own. Until the dossier is received they open to nobody but who scanned them."""

    _inherit = "motcua.desk"

    @api.model
    def _keep_scan(self, desk, component, files, before=None):
        """Store pages for one wanted paper.

        :param files: list of (file name, content), in the order of the pages
        :param before: attachment of the pages scanned before these, which are joined to
            it
        :return: dict with ``files``, a list of dicts with ``id``, ``name``, ``pages``,
            ``originals`` (their number) and ``preview`` of each file, and ``replaced``,
            the id of the file that the first of them took in, if it did
        """
        Rule = self.env["motcua.file.rule"]
        accepted, megabytes = component._file_rule()
        # A picture is not stored as such where a PDF can be: one paper, one file.
        pictures = ("jpg", "png") if "pdf" in accepted else ()
        parts = []
        for name, content in files:
            kind = Rule._check(name, content, ((*accepted, *pictures), megabytes))
            parts.append(ScannedPart(upload.proper_name(name, kind), kind, content))
        signed = [part for part in parts if upload.is_signed(part.content)]
        rest = [part for part in parts if part not in signed]
        if signed and not component and len(parts) > 1:
            raise UserError(
                self.env._(
                    "“%s” is signed and stays a file of its own: attach it alone.",
                    signed[0].name,
                )
            )
        if before and (not rest or upload.is_signed(before.raw)):
            before = None
        scans = [self._store_scan(part) for part in signed]
        if rest:
            scans.insert(0, self._store_joined(rest, before, accepted, megabytes))
        return {"files": scans, "replaced": before.id if before else False}

    @api.model
    def _store_scan(self, part):
        """Keep one file as it came; see ``_keep_scan`` for the dict."""
        scan = self._create_scan(part.name, part.content)
        return self._scan_row(scan, part if part.kind in upload.PICTURES else None)

    @api.model
    def _store_joined(self, parts, before, accepted, megabytes):
        """Keep one file with all parts, those of ``before`` in front, and behind it
        whatever it was made of."""
        pictures = [part for part in parts if part.kind in upload.PICTURES]
        # A paper is a PDF wherever it may be one.
        convert = (
            upload.PICTURES if "pdf" in accepted else tuple(upload.CONVERTED.values())
        )
        if len(parts) == 1 and not before and parts[0].kind not in convert:
            return self._store_scan(parts[0])
        name, content = self._join(parts, before, accepted)
        self.env["motcua.file.rule"]._check(name, content, (accepted, megabytes))
        scan = self._create_scan(name, content)
        originals = self.env["ir.attachment"].sudo()
        if before:
            # Made here of its own originals, it is of no more use; else it is one.
            originals = before.sudo().motcua_original_ids or before.sudo()
        for part in parts:
            originals |= self._create_scan(part.name, part.content).sudo()
        originals.write({"motcua_copy_id": scan.id})
        if before and before not in originals:
            before.unlink()
        return self._scan_row(scan, pictures[0] if pictures else None)

    @api.model
    def _create_scan(self, name, content):
        return self.env["ir.attachment"].create(
            {"name": name, "raw": content, "res_model": self._name}
        )

    @api.model
    def _scan_row(self, scan, picture):
        return {
            "id": scan.id,
            "name": scan.name,
            "pages": self._page_count(scan.raw),
            "originals": len(scan.sudo().motcua_original_ids),
            "preview": picture and self._preview(picture.content),
        }

    @api.model
    def _join(self, parts, before, accepted):
        """(name, content) of one file with all parts."""
        first = parts[0]
        if "pdf" not in accepted and len(parts) == 1 and not before:
            with self.env["motcua.file.rule"]._reading(first.name):
                picture = pages.image_to_jpeg(first.content)
            return upload.proper_name(first.name, upload.JPEG), picture
        documents = [before.raw] if before else []
        for part in parts:
            if "pdf" not in accepted or part.kind not in (upload.PDF, *upload.PICTURES):
                raise UserError(
                    self.env._(
                        "Only pictures and PDF files can be joined into one file. "
                        "Attach this file alone: %s",
                        part.name,
                    )
                )
            with self.env["motcua.file.rule"]._reading(part.name):
                if part.kind != upload.PDF:
                    documents.append(pages.images_to_pdf([part.content]))
                else:
                    # Read to the end here: joined with others, nobody could say which
                    # of them is damaged.
                    merge_pdf([part.content])
                    documents.append(part.content)
        content = documents[0] if len(documents) == 1 else merge_pdf(documents)
        return upload.proper_name(first.name, upload.PDF), content

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
    @takes(desk_id=Id(), attachment_id=Id())
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
