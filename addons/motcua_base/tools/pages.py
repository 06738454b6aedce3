"""Scanned pages: pictures become the pages of a PDF, or a picture that every screen
shows.

Nothing here replaces what was handed in: what is made is for reading, and the original
is kept beside it.
"""

from io import BytesIO

from PIL import Image, ImageOps, ImageSequence

from . import upload  # noqa: F401  has Pillow read whatever is taken

# A4 at 200 dpi is sharp enough to read the smallest print of a certificate.
DPI = 200
A4 = (1654, 2339)
QUALITY = 80
# A picture this many times longer than wide (a photographed scroll, a chat on a
# telephone) could not be read on one page.
LONG = 2
# Of neighbouring pages of one picture, so that no line is cut in two on both.
OVERLAP = 40
# Of one stack: more are no papers of one dossier.
MAX_PAGES = 500


def images_to_pdf(images):
    """One PDF with the pages of each picture, in their order, none larger than A4.

    :param images: contents of pictures that ``upload.check`` has passed
    :raises OSError: a picture that cannot be read
    """
    pages = [page for content in images for page in _pages(content)]
    if len(pages) > MAX_PAGES:
        raise OSError(f"more than {MAX_PAGES} pages")
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


def image_to_jpeg(content):
    """A picture as JPEG, of its first page where it has several.

    :raises OSError: a picture that cannot be read
    """
    buffer = BytesIO()
    next(_frames(content)).save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def thumbnail(content, height=96):
    """A small JPEG of a picture.

    :raises OSError: a picture that cannot be read
    """
    image = next(_frames(content, (height * 4, height * 4)))
    image.thumbnail((height * 2, height))
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def _pages(content):
    """The pictures of a file as pages, long ones on several."""
    for image in _frames(content, (2 * max(A4), 2 * max(A4))):
        yield from _split(image)


def _frames(content, enough=None):
    """The pictures of a file, upright and without transparency.

    :param enough: width and height that suffice: large photos are decoded at a fraction
        of their size then, many times faster
    """
    with Image.open(BytesIO(content)) as image:
        if enough and image.format == "JPEG" and not _is_long(image):
            image.draft("RGB", enough)
        several = image.format == "TIFF"
        for frame in ImageSequence.Iterator(image) if several else [image]:
            yield _flat(ImageOps.exif_transpose(frame))


def _is_long(image):
    return max(image.size) > LONG * min(image.size)


def _split(image):
    """The picture scaled onto one page, or cut into several where it is long."""
    if not _is_long(image):
        image.thumbnail(A4 if image.height >= image.width else A4[::-1])
        yield image
        return
    upright = image.height > image.width
    across = min(min(image.size), min(A4))
    scale = across / min(image.size)
    image = image.resize([max(1, round(side * scale)) for side in image.size])
    length, page = max(image.size), round(across * A4[1] / A4[0])
    for start in range(0, max(length - OVERLAP, 1), page - OVERLAP):
        end = min(start + page, length)
        box = (0, start, across, end) if upright else (start, 0, end, across)
        yield image.crop(box)


def _flat(image):
    """The picture in grey or colour, eight bits each, on white paper."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _eight_bits(image)
    if image.mode in ("RGBA", "LA", "PA", "P"):
        paper = Image.new("RGB", image.size, "white")
        layer = image.convert("RGBA")
        paper.paste(layer, mask=layer)
        return paper
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _eight_bits(image):
    """Deep grey scaled down: cut at 255, it would all be white."""
    deep = image.convert("F")
    top = max(deep.getextrema()[1], 255)
    # Scanners use the whole range of their sixteen bits, whatever stands on the page.
    top = 65535 if top > 255 else 255
    return deep.point(lambda value: value * (255 / top) + 0).convert("L")
