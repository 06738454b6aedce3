from io import BytesIO

from PIL import Image
from pypdf import PdfReader

from odoo.tests import BaseCase, tagged
from odoo.tools.pdf import PdfFileReader

from ..tools import pages
from .sample_files import HEIC


def picture(width, height, kind="JPEG", mode="RGB", **options):
    buffer = BytesIO()
    Image.new(mode, (width, height)).save(buffer, kind, **options)
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestPages(BaseCase):
    def _sizes(self, content):
        reader = PdfFileReader(BytesIO(content))
        boxes = [reader.getPage(n).mediabox for n in range(reader.getNumPages())]
        return [(float(box.width), float(box.height)) for box in boxes]

    def test_order_and_size_of_pages(self):
        content = pages.images_to_pdf(
            [
                picture(3000, 4000),
                picture(4000, 3000),
                picture(200, 100, "PNG", "RGBA"),
                picture(100, 200, "PNG", "P"),
                picture(100, 100, "PNG", "1"),
            ]
        )
        sizes = self._sizes(content)
        self.assertEqual(len(sizes), 5)
        for width, height in sizes:
            self.assertLessEqual(min(width, height), 596)
            self.assertLessEqual(max(width, height), 843)
        (first, second, third, *_rest) = sizes
        self.assertLess(*first)
        self.assertGreater(*second)
        self.assertAlmostEqual(third[0], 72, delta=1)

    def test_photos_stand_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # the camera lay on its side
        content = pages.images_to_pdf([picture(800, 400, exif=exif)])
        [(width, height)] = self._sizes(content)
        self.assertLess(width, height)

    def test_previews_are_small(self):
        preview = pages.thumbnail(picture(3000, 4000))
        with Image.open(BytesIO(preview)) as image:
            self.assertEqual(image.height, 96)
        self.assertLess(len(preview), 20000)

    def _drawn(self, content):
        """The pictures that stand on the pages of a PDF."""
        reader = PdfReader(BytesIO(content))
        return [page.images[0].image for page in reader.pages]

    def test_deep_grey_is_scaled_not_cut(self):
        """A scanner's sixteen bits: grey stays grey, black black, paper white."""
        deep = Image.new("I;16", (60, 80), 65535)
        for x in range(60):
            for y in range(80):
                if x < 40:
                    deep.putpixel((x, y), 32768 if x < 20 else 300)
        for kind in ("PNG", "TIFF"):
            buffer = BytesIO()
            deep.save(buffer, kind)
            [page] = self._drawn(pages.images_to_pdf([buffer.getvalue()]))
            colours = [page.convert("L").getpixel((x, 40)) for x in (10, 30, 50)]
            for colour, wanted in zip(colours, (128, 1, 255), strict=True):
                self.assertAlmostEqual(colour, wanted, delta=6)

    def test_long_pictures_are_split(self):
        """Six metres of a chat on a telephone: readable, in order, nothing left out."""
        for size in ((600, 9000), (9000, 600)):
            long = Image.new("L", size, "white")
            marks = (0.01, 0.25, 0.5, 0.75, 0.99)
            for number, mark in enumerate(marks):
                box = [int(side * mark) if side == 9000 else 300 for side in size]
                square = (box[0], box[1], box[0] + 60, box[1] + 60)
                long.paste(20 + 40 * number, square)
            buffer = BytesIO()
            long.save(buffer, "PNG")
            drawn = self._drawn(pages.images_to_pdf([buffer.getvalue()]))
            self.assertGreater(len(drawn), 9)
            for page in drawn:
                self.assertEqual(600 in page.size, True, "not scaled down")
                self.assertLessEqual(max(page.size), 849)
            seen = [
                20 + 40 * number
                for page in drawn
                for number in range(len(marks))
                if any(
                    abs(colour - 20 - 40 * number) < 4 and count > 200
                    for count, colour in page.convert("L").getcolors()
                )
            ]
            self.assertEqual(sorted(set(seen)), [20, 60, 100, 140, 180])
            self.assertEqual(seen, sorted(seen))

    def test_all_pages_of_a_fax(self):
        sheets = [Image.new("1", (300, 400), 1) for _sheet in range(3)]
        buffer = BytesIO()
        sheets[0].save(
            buffer,
            "TIFF",
            save_all=True,
            append_images=sheets[1:],
            compression="group4",
        )
        self.assertEqual(len(self._sizes(pages.images_to_pdf([buffer.getvalue()]))), 3)

    def test_pictures_of_telephones(self):
        [page] = self._drawn(pages.images_to_pdf([HEIC]))
        left, right = page.getpixel((10, 20)), page.getpixel((50, 20))
        self.assertGreater(left[0] - left[1], 150, "red")
        self.assertGreater(min(right), 230, "white")
        with Image.open(BytesIO(pages.image_to_jpeg(HEIC))) as image:
            self.assertEqual((image.format, image.size), ("JPEG", (64, 48)))

    def test_broken_pictures(self):
        with self.assertRaises(OSError):
            pages.images_to_pdf([b"\xff\xd8\xff broken"])
