"""What tests do with a screen as a whole."""

from playwright.sync_api import expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 768}


def settle(page):
    """Wait until nothing loads and the browser has drawn what there is to draw and has
    time for the user, as for somebody who types only when a page stands still."""
    expect(page.locator(".o_loading_indicator")).to_have_count(0)
    page.evaluate(
        """() => new Promise((done) =>
            requestAnimationFrame(() =>
                requestAnimationFrame(() => requestIdleCallback(done))))"""
    )


def shoot(page, folder, name):
    """Keep pictures of the page for a phone and for a desktop, where it stays."""
    for size, viewport in (("phone", PHONE), ("desktop", DESKTOP)):
        page.set_viewport_size(viewport)
        settle(page)
        page.screenshot(path=folder / f"{name}-{size}.png")
