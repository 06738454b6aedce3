"""Scanned pages: several pictures become one PDF, the first one a small preview."""

from io import BytesIO

from PIL import Image, ImageOps

# A4 at 200 dpi is sharp enough to read the smallest print of a certificate.
DPI = 200
A4 = (1654, 2339)
QUALITY = 80


def images_to_pdf(images):
    """One PDF with a page for each picture, in their order, none larger than A4.

    :param images: contents of JPEG or PNG files that ``upload.check`` has passed
    :raises OSError: a picture that cannot be read
    """
    pages = [_page(content) for content in images]
    buffer = BytesIO()
    pages[0].save(
        buffer,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=DPI,
        quality=QUALITY,
    )
    return buffer.getvalue()


def thumbnail(content, height=96):
    """A small JPEG of a picture.

    :raises OSError: a picture that cannot be read
    """
    image = _page(content)
    image.thumbnail((height * 2, height))
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def _page(content):
    """The picture upright, without transparency, no larger than a page."""
    with Image.open(BytesIO(content)) as image:
        # Decodes large photos at a fraction of their size: many times faster.
        image.draft("RGB", (max(A4), max(A4)))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail(A4 if upright.height >= upright.width else A4[::-1])
        if upright.mode in ("RGBA", "LA", "P"):
            paper = Image.new("RGB", upright.size, "white")
            layer = upright.convert("RGBA")
            paper.paste(layer, mask=layer)
            return paper
        return upright.convert("L" if upright.mode in ("1", "L") else "RGB")
