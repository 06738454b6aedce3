from io import BytesIO

from PIL import Image

from odoo.tests import BaseCase, tagged
from odoo.tools.pdf import PdfFileReader

from ..tools import pages


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

    def test_broken_pictures(self):
        with self.assertRaises(OSError):
            pages.images_to_pdf([b"\xff\xd8\xff broken"])
