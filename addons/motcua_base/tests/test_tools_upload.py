import os
import struct
import zipfile
import zlib
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile
from pypdf import PdfReader, PdfWriter

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools import upload
from odoo.addons.motcua_base.tools.upload import (
    UploadError,
    check,
    labels,
    proper_name,
    sniff,
)

from .sample_files import HEIC, PDF, picture

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)
LIMIT = 10 * 2**20


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="%s"/></Types>'
)


def archive(*names, size=100, times=1, parts=None):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            for number in range(times):
                file.writestr(name + (str(number) if number else ""), bytes(size))
        for name, content in (parts or {}).items():
            file.writestr(name, content)
    return buffer.getvalue()


def docx(*more, kind="application/xml", parts=None, **options):
    types = {"[Content_Types].xml": TYPES % kind, **(parts or {})}
    return archive("word/document.xml", *more, parts=types, **options)


def xlsx(*more, kind="application/xml", parts=None):
    types = {"[Content_Types].xml": TYPES % kind, **(parts or {})}
    return archive("xl/workbook.xml", *more, parts=types)


def packed_pdf(said):
    """A PDF whose objects lie packed in a stream, as newer programs write them."""
    parts = [b"<</Type/Catalog/Pages 2 0 R/A 3 0 R>>", b"<</Type/Pages/Count 0>>", said]
    starts = [sum(map(len, parts[:n])) + n for n in range(len(parts))]
    numbers = b" ".join(b"%d %d" % (n + 1, at) for n, at in enumerate(starts)) + b"\n"
    packed = zlib.compress(numbers + b"\n".join(parts))
    objects = b"%PDF-1.5\n"
    at_packed = len(objects)
    objects += (
        b"4 0 obj<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n"
        b"%b\nendstream endobj\n" % (len(parts), len(numbers), len(packed), packed)
    )
    at_table = len(objects)
    rows = [(0, 0, 0), *((2, 4, n) for n in range(3)), (1, at_packed, 0)]
    rows.append((1, at_table, 0))
    table = b"".join(struct.pack(">BHB", *row) for row in rows)
    return objects + (
        b"5 0 obj<</Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Length %d>>stream\n"
        b"%b\nendstream endobj\nstartxref\n%d\n%%%%EOF\n"
        % (len(table), table, at_table)
    )


SAMPLES = {
    "pdf": PDF,
    "jpg": picture("JPEG"),
    "jpeg": picture("JPEG", progressive=True),
    "jpe": picture("JPEG", mode="CMYK"),
    "jfif": picture("JPEG", mode="L"),
    "png": picture("PNG"),
    "tif": picture("TIFF"),
    "tiff": picture("TIFF", mode="1", compression="group4"),
    "heic": HEIC,
    "heif": HEIC,
    "hif": HEIC,
    "docx": docx(),
    "xlsx": xlsx(),
}


CODES = ("empty", "unknown", "damaged", "archive", "pixels", "protected")


@tagged("motcua_tools")
class TestUpload(BaseCase):
    def refused(self, code, name, content, max_bytes=LIMIT, accepted=upload.KINDS):
        with self.assertRaises(UploadError, msg=name) as caught:
            check(name, content, max_bytes, accepted)
        self.assertEqual(caught.exception.code, code, name)
        return caught.exception.params

    def test_every_kind_is_known_by_its_content(self):
        for extension, kind in upload.KINDS.items():
            self.assertEqual(sniff(SAMPLES[extension]), kind)
            self.assertEqual(
                check(f"Giấy khai sinh.{extension.upper()}", SAMPLES[extension], LIMIT),
                kind,
            )

    def test_scanner_writes_before_the_pdf_header(self):
        self.assertEqual(check("a.pdf", b"\r\n" * 9 + PDF, LIMIT), upload.PDF)

    def test_the_content_says_what_it_is(self):
        """Telephones and browsers name files as they like."""
        for name in ("a.jpg", "a.jfif", "a.pdf", "scan", "Giấy khai sinh. Bản 2"):
            for ending in ("png", "pdf", "jpg", "docx", "heic"):
                kind = upload.KINDS[ending]
                with self.subTest(name=name, ending=ending):
                    self.assertEqual(check(name, SAMPLES[ending], LIMIT), kind)

    def test_files_are_named_after_what_they_are(self):
        for name, kind, named in (
            ("a.jpg", upload.PNG, "a.png"),
            ("a.jfif", upload.JPEG, "a.jpg"),
            ("a.JPEG", upload.JPEG, "a.JPEG"),
            ("a.b.pdf", upload.PNG, "a.b.png"),
            ("scan", upload.PDF, "scan.pdf"),
            ("Đơn. Bản 2", upload.PDF, "Đơn. Bản 2.pdf"),
            (".pdf", upload.PNG, "file.png"),
            ("a.heic", upload.PDF, "a.pdf"),
            ("../../etc/cron.d/a.pdf", upload.PDF, "etc-cron.d-a.pdf"),
            ("..\\..\\a.pdf", upload.PDF, "a.pdf"),
            ("01/QĐ-UBND.pdf", upload.PDF, "01-QĐ-UBND.pdf"),
            ("/", upload.PDF, "file.pdf"),
            # Read as "Giấy exe.pdf" where marks of direction are obeyed.
            ("Giấy \u202efdp.exe", upload.PDF, "Giấy fdp.exe.pdf"),
            ("a\0b\r\n.pdf", upload.PDF, "ab.pdf"),
        ):
            self.assertEqual(proper_name(name, kind), named)

    def test_kinds_are_named_once(self):
        self.assertEqual(labels(["pdf", "jpg", "jpeg", "png"]), ["PDF", "JPG", "PNG"])

    def test_no_kind_at_all(self):
        self.refused("unknown", "a.pdf", b"MZ\x90\0program")
        self.refused("unknown", "a.docx", archive("readme.txt"))
        self.refused("unknown", "a.docx", archive("word/document.xml"))
        self.refused("unknown", "a.docx", docx()[:-30])

    def test_cut_off(self):
        """Half a picture is none, also where a server lets Pillow fill it up."""
        for ending, content in SAMPLES.items():
            if ending in ("docx", "xlsx"):
                continue
            for part in (0.5, 0.9, 0.99):
                with self.subTest(ending=ending, part=part):
                    cut = content[: int(len(content) * part)]
                    for lenient in (True, False):
                        self.patch(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
                        self.refused("damaged", f"a.{ending}", cut)

    def test_changed_on_the_way(self):
        content = bytearray(SAMPLES["png"])
        content[len(content) // 2] ^= 0xFF
        self.refused("damaged", "a.png", bytes(content))

    def test_what_cameras_write_behind_a_picture(self):
        check("a.jpg", SAMPLES["jpg"] + os.urandom(5000), LIMIT)

    def test_password(self):
        writer = PdfWriter(clone_from=PdfReader(BytesIO(PDF)))
        writer.encrypt("secret")
        buffer = BytesIO()
        writer.write(buffer)
        self.refused("protected", "a.pdf", buffer.getvalue())
        locked = upload._COMPOUND + bytes(600) + "EncryptedPackage".encode("utf-16-le")
        self.refused("protected", "a.docx", locked)

    def test_a_pdf_that_only_forbids_printing(self):
        writer = PdfWriter(clone_from=PdfReader(BytesIO(PDF)))
        writer.encrypt("", "owner")
        buffer = BytesIO()
        writer.write(buffer)
        self.assertEqual(check("a.pdf", buffer.getvalue(), LIMIT), upload.PDF)

    def test_signed(self):
        signed = PDF.replace(b"%%EOF", b"<</ByteRange [0 1 2 3]>>\n%%EOF")
        self.assertTrue(upload.is_signed(signed))
        self.assertFalse(upload.is_signed(PDF))
        self.assertFalse(upload.is_signed(SAMPLES["jpg"] + b"/ByteRange [0 1 2 3]"))

    def test_size(self):
        self.refused("empty", "a.pdf", b"")
        params = self.refused("too_large", "a.pdf", PDF + bytes(100), 100)
        self.assertEqual(params["limit"], 100)
        self.assertEqual(check("a.pdf", PDF, len(PDF)), upload.PDF)

    def test_kinds_not_accepted(self):
        for name in ("a.exe", "a.pdf.exe", "a.svg", "a.html", "a.doc"):
            self.refused("not_accepted", name, PDF)
        for name in ("a.docx", "a.pdf"):
            params = self.refused("not_accepted", name, docx(), accepted=["pdf", "jpg"])
            self.assertEqual(params["accepted"], ["pdf", "jpg"])
        self.refused("not_accepted", "a.heic", HEIC, accepted=["docx"])
        self.assertEqual(check("a.jpeg", SAMPLES["jpg"], LIMIT, ["jpg"]), upload.JPEG)

    def test_archives_that_unpack_to_too_much(self):
        self.refused("archive", "a.docx", docx(size=30 * 2**20))
        self.refused("archive", "a.docx", docx("x", size=0, times=5100))
        # An honest document with much text, packed well.
        self.assertEqual(check("a.docx", docx(size=2**20), LIMIT), upload.DOCX)

    def test_macros(self):
        self.refused("macro", "a.docx", docx("word/vbaProject.bin"))

    def pdf(self, more):
        """A PDF with one more object."""
        return PDF.replace(b"xref", more + b"xref", 1)

    def test_a_pdf_is_read_and_does_nothing(self):
        for said in (
            b"<< /S /JavaScript /JS (app.alert(1)) >>",
            b"<</S/J#61vaScript/JS(x)>>",
            b"<</S/#4a#61#76#61#53#63#72#69#70#74/JS(x)>>",
            b"<< /S /Launch /F (calc.exe) >>",
            b"<< /Names << /EmbeddedFiles 9 0 R >> >>",
            b"<< /Type /EmbeddedFile /Length 0 >>",
            b"<< /Subtype /FileAttachment >>",
            b"<< /Subtype /RichMedia >>",
            b"<< /S /ImportData >>",
        ):
            with self.subTest(said=said):
                self.refused(
                    "active", "a.pdf", self.pdf(b"9 0 obj" + said + b"endobj\n")
                )
        check("a.pdf", self.pdf(b"9 0 obj (/Launcher /JavaScripts) endobj\n"), LIMIT)

    def test_a_pdf_with_packed_objects(self):
        check("a.pdf", packed_pdf(b"<</S/GoTo/D[2 0 R/Fit]>>"), LIMIT)
        content = packed_pdf(b"<</S/JavaScript/JS(app.alert(1))>>")
        self.assertNotIn(b"JavaScript", content)
        self.refused("active", "a.pdf", content)
        broken = content.replace(b"/FlateDecode", b"/FlateDecoda")
        self.refused("damaged", "a.pdf", broken)

    def test_what_passes_for_a_pdf(self):
        for before in (
            b"MZ\x90\0" + bytes(60),
            b"<html><script>alert(1)</script>",
            b"#!/bin/sh\n",
            b"\x7fELF",
            b"PK\x03\x04",
            b"GIF89a",
        ):
            with self.subTest(before=before):
                self.refused("unknown", "a.pdf", before + PDF)
        printer = b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n"
        for before in (printer, b"\xef\xbb\xbf", b"\0\n "):
            check("a.pdf", before + PDF, LIMIT)

    def test_programs_in_office_files(self):
        for part in (
            "word/vbaProject.bin",
            "word/vbaData.xml",
            "word/activeX/activeX1.xml",
            "word/embeddings/oleObject1.bin",
            "word/embeddings/setup.exe",
        ):
            self.refused("macro", "a.docx", docx(part))
        for part in ("xl/macrosheets/sheet1.xml", "xl/ctrlProps/ctrlProp1.xml"):
            self.refused("macro", "a.xlsx", xlsx(part))
        kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        self.refused("macro", "a.xlsx", xlsx(kind=kind))
        # A chart with its table.
        check("a.docx", docx("word/embeddings/Microsoft_Excel_Sheet.xlsx"), LIMIT)

    def test_what_office_files_fetch(self):
        rels = (
            "<Relationships xmlns="
            '"http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="a" Type="http://schemas.openxmlformats.org/%s" '
            'Target="https://x.example/a" TargetMode="External"/></Relationships>'
        )
        for kind in ("attachedTemplate", "oleObject", "image", "frame"):
            for coding in ("utf-8", "utf-16"):
                part = (rels % kind).encode(coding)
                parts = {"word/_rels/settings.xml.rels": part}
                self.refused("remote", "a.docx", docx(parts=parts))
        parts = {"word/_rels/document.xml.rels": rels % "hyperlink"}
        check("a.docx", docx(parts=parts), LIMIT)
        self.refused("remote", "a.xlsx", xlsx("xl/externalLinks/externalLink1.xml"))
        self.refused("damaged", "a.docx", docx(parts={"_rels/.rels": "<broken"}))

    def test_archives_that_lie(self):
        honest = docx()
        at = honest.index(b"word/document.xml")
        # Another name in the part's own header than in the directory.
        renamed = honest[:at] + b"evil/" + honest[at + 5 :]
        self.refused("damaged", "a.docx", renamed)
        # Smaller in the directory than what comes out.
        small = bytearray(docx(size=5000))
        entry = small.index(b"PK\x01\x02")
        small[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
        self.refused("damaged", "a.docx", bytes(small))
        # Two entries of the directory for one place.
        twice = bytearray(docx("word/b.xml"))
        second = twice.index(b"PK\x01\x02", twice.index(b"PK\x01\x02") + 4)
        twice[second + 42 : second + 46] = bytes(4)
        self.refused("damaged", "a.docx", bytes(twice))

    def test_pictures_that_unpack_to_too_much(self):
        self.patch(upload, "MAX_PIXELS", 100 * 100)
        for kind in ("JPEG", "PNG", "TIFF"):
            check("a.jpg", picture(kind, (100, 100)), LIMIT)
            self.refused("pixels", "a.jpg", picture(kind, (101, 100)))
        pages = [Image.new("L", (50, 50)), Image.new("L", (300, 300))]
        buffer = BytesIO()
        pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:])
        self.refused("pixels", "a.tif", buffer.getvalue())

    def test_a_bomb_of_pixels_is_not_opened(self):
        """A tiny file that says it is 60,000 times 60,000."""
        content = bytearray(picture("PNG", (10, 10), "L"))
        content[16:24] = (60000).to_bytes(4, "big") * 2
        content[29:33] = upload.crc32(content[12:29]).to_bytes(4, "big")
        self.refused("pixels", "a.png", bytes(content))

    @PROPERTY
    @given(
        st.sampled_from(sorted(SAMPLES)),
        st.integers(0, 400),
        st.binary(max_size=40),
    )
    def test_broken_files_are_answered(self, extension, cut, tail):
        """Whatever comes, it is taken as what it is or refused with a code."""
        try:
            kind = check(f"a.{extension}", SAMPLES[extension][:cut] + tail, LIMIT)
        except UploadError as error:
            self.assertIn(error.code, CODES)
        else:
            self.assertEqual(kind, upload.KINDS[extension])
