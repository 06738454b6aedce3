"""Deadlines are Vietnamese ones, wherever the computer thinks it is."""

from playwright.sync_api import expect

from .screen import texts_of


def test_due_moment_on_a_computer_abroad(login):
    shown = []
    for timezone in ("Asia/Ho_Chi_Minh", "America/New_York"):
        page = login("lanhdao", timezone=timezone)
        page.goto("/odoo/motcua-dossiers")
        cells = page.locator("td[name=date_due]")
        expect(cells.first).to_contain_text(":")
        shown.append(texts_of(cells))
    assert shown[0] == shown[1]
