"""The server answers, people can log in, and the web client starts without an error."""

from playwright.sync_api import expect


def test_login_over_rpc(rpc):
    admin = rpc("admin")
    (user,) = admin.call("res.users", "read", [admin.user_id], ["lang", "tz"])
    assert user["lang"] == "vi_VN"
    # A browser that logs in first says the same zone by its old name.
    assert user["tz"] in ("Asia/Ho_Chi_Minh", "Asia/Saigon")


def test_the_demo_bears_the_name_of_its_province(rpc):
    admin = rpc("admin")
    [company] = admin.call("res.company", "search_read", [], ["name"])
    assert company["name"] == "Tỉnh Quảng Trị"


def test_web_client_starts(login):
    page = login("admin")
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto("/odoo")
    expect(page.locator(".o_main_navbar")).to_be_visible()
    assert not problems
