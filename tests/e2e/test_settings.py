"""All settings on one page, each with its state and the way to change it."""

from playwright.sync_api import expect

from .screen import all_of


def test_every_setting_is_one_click_away(login, screenshots):
    page = login("admin")
    page.goto("/odoo/thiet-lap")
    cards = page.locator(".o_motcua_setting")
    expect(cards.first).to_be_visible()
    page.screenshot(path=screenshots / "settings.png")
    for card in all_of(cards):
        card.locator("footer button").first.click()
        expect(page.locator(".o_view_controller").first).to_be_visible()
        page.goto("/odoo/thiet-lap")
        expect(cards.first).to_be_visible()


def test_the_pattern_of_codes_shows_as_one_types(login):
    page = login("admin")
    page.goto("/odoo/thiet-lap")
    page.locator("[data-card=code] footer button").first.click()
    pattern = page.locator("[name=code_pattern] input")
    example = page.locator("[name=code_example]")
    pattern.wait_for()
    pattern.fill("{yymmdd}-{identifier}-{number:05d}")
    pattern.press("Tab")
    expect(example).to_contain_text("-00001")
    pattern.fill("{identifier}{yymmdd}{number}")
    pattern.press("Tab")
    expect(example).to_be_hidden()
    expect(page.locator(".o_form_view .text-danger")).to_be_visible()
