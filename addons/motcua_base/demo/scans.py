"""Small real files that stand for scanned papers and issued results."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A5
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from odoo.tools import file_path

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
SPECIMEN = "BẢN MẪU - KHÔNG CÓ GIÁ TRỊ SỬ DỤNG"


def _font():
    return file_path("web/static/fonts/google/Open_Sans/Open_Sans-Regular.ttf")


def pdf(title, lines):
    """A page (A5) with the national heading, a title and some lines, as bytes."""
    pdfmetrics.registerFont(TTFont("Demo", _font()))
    stream = BytesIO()
    width, height = A5
    page = Canvas(stream, pagesize=A5, invariant=True)
    page.setTitle(title)
    page.setFont("Demo", 9)
    for row, text in enumerate(NATION):
        page.drawCentredString(width / 2, height - 40 - 13 * row, text)
    page.setFont("Demo", 13)
    page.drawCentredString(width / 2, height - 100, title.upper())
    page.setFont("Demo", 9)
    for row, text in enumerate(lines):
        page.drawString(40, height - 140 - 16 * row, text)
    page.setFillGray(0.6)
    page.drawCentredString(width / 2, 40, SPECIMEN)
    page.save()
    return stream.getvalue()


def jpg(title):
    """A photograph of a paper, as bytes."""
    image = Image.new("RGB", (560, 380), "#eef1e6")
    draw = ImageDraw.Draw(image)
    draw.rectangle((8, 8, 551, 371), outline="#8a9a5b", width=3)
    draw.text((40, 50), title, "#333333", ImageFont.truetype(_font(), 26))
    draw.text((40, 320), SPECIMEN, "#999999", ImageFont.truetype(_font(), 16))
    stream = BytesIO()
    image.save(stream, "JPEG", quality=70)
    return stream.getvalue()
