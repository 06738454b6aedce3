import zipfile
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools import upload
from odoo.addons.motcua_base.tools.upload import UploadError, check, sniff

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)
LIMIT = 10 * 2**20


def pdf():
    return b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"


def png(width=10, height=10):
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + size + b"\x08\2\0\0\0" + bytes(20)


def jpeg(width=10, height=10, before=b"\xff\xe0\0\x10JFIF" + bytes(10)):
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"\xff\xd8" + before + b"\xff\xc0\0\x11\x08" + size + bytes(20)


def archive(*names, size=100, times=1):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            for number in range(times):
                file.writestr(name + (str(number) if number else ""), bytes(size))
    return buffer.getvalue()


def docx(*more, **options):
    return archive("[Content_Types].xml", "word/document.xml", *more, **options)


def xlsx():
    return archive("[Content_Types].xml", "xl/workbook.xml")


SAMPLES = {
    "pdf": pdf(),
    "jpg": jpeg(),
    "jpeg": jpeg(),
    "png": png(),
    "docx": docx(),
    "xlsx": xlsx(),
}


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
        self.assertEqual(check("a.pdf", b"\r\n" * 9 + pdf(), LIMIT), upload.PDF)

    def test_not_what_the_name_says(self):
        for extension in SAMPLES:
            for other, content in SAMPLES.items():
                if upload.KINDS[extension] != upload.KINDS[other]:
                    self.refused("mismatch", f"a.{extension}", content)
        self.refused("mismatch", "a.pdf", b"MZ\x90\0program")
        self.refused("mismatch", "a.docx", archive("readme.txt"))
        self.refused("mismatch", "a.docx", archive("word/document.xml"))
        self.refused("mismatch", "a.docx", docx()[:-30])
        self.refused("mismatch", "a.jpg", b"\xff\xd8\xff\xe0")
        self.refused("mismatch", "a.png", png()[:20])
        self.refused("mismatch", "a.png", png().replace(b"IHDR", b"tEXt"))

    def test_size(self):
        self.refused("empty", "a.pdf", b"")
        params = self.refused("too_large", "a.pdf", pdf() + bytes(100), 100)
        self.assertEqual(params["limit"], 100)
        self.assertEqual(check("a.pdf", pdf(), len(pdf())), upload.PDF)

    def test_kinds_not_accepted(self):
        for name in ("a.exe", "a.pdf.exe", "pdf.", "a", "", "a.svg", "a.html", "a.doc"):
            self.refused("not_accepted", name, pdf())
        params = self.refused("not_accepted", "a.docx", docx(), accepted=["pdf", "jpg"])
        self.assertEqual(params, {"extension": "docx", "accepted": ["jpg", "pdf"]})
        self.assertEqual(check("a.jpeg", jpeg(), LIMIT, ["jpg"]), upload.JPEG)

    def test_archives_that_unpack_to_too_much(self):
        self.refused("archive", "a.docx", docx(size=15 * 2**20))
        self.refused("archive", "a.docx", docx("x", size=0, times=3400))
        # An honest document with much text, packed well.
        self.assertEqual(check("a.docx", docx(size=2**20), LIMIT), upload.DOCX)

    def test_macros(self):
        self.refused("macro", "a.docx", docx("word/vbaProject.bin"))

    def test_pictures_that_unpack_to_too_much(self):
        for width, height in ((60000, 60000), (65500, 1900)):
            self.refused("pixels", "a.png", png(width, height))
            self.refused("pixels", "a.jpg", jpeg(width, height))
        # A3 at 600 dpi
        self.assertEqual(check("a.jpg", jpeg(7016, 9921), LIMIT), upload.JPEG)

    def test_size_of_a_jpeg_behind_a_preview(self):
        """The preview inside the Exif block has a frame of its own."""
        preview = jpeg(160, 120)
        exif = b"\xff\xe1" + (len(preview) + 2).to_bytes(2, "big") + preview
        self.refused("pixels", "a.jpg", jpeg(60000, 60000, b"\xff" + exif))

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
            self.assertIn(error.code, ("empty", "mismatch", "archive", "pixels"))
        else:
            self.assertEqual(kind, upload.KINDS[extension])
