"""What the tests outside the add-ons share: a server with demo data, users, a browser.

They run through ``./motcua test``, which prepares the database the server is copied
from. All of them run in one process, one after the other, and the fixtures end with the
last of them: Odoo's own tests end every child process they find, so none may be left.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from launcher import database as databases
from launcher import paths
from launcher import server as servers

from .rpc import Rpc

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
VIEWPORT = {"width": 1366, "height": 768}
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="package")
def demo_copy(worker_id):
    """The name of a database with demo data that this process may change."""
    template = os.environ.get("MOTCUA_TEST_DEMO")
    if not template:
        pytest.fail("Run the tests with ./motcua test.")
    name = f"{template}_{worker_id}"
    databases.copy(template, name)
    yield name
    databases.drop(name)


@pytest.fixture(scope="package")
def server(demo_copy, worker_id):
    """A running Odoo with demo data; has ``url``, ``port`` and ``database``."""
    folder = Path(os.environ["MOTCUA_TEST_LOGS"]).name
    running = servers.start(
        demo_copy, servers.free_port(), f"{folder}/server-{worker_id}.log"
    )
    yield running
    running.stop()


@pytest.fixture(scope="package")
def rpc(server):
    """``rpc(login)`` is that demo user's session, made once (password = login)."""
    sessions = {}

    def session(login, password=None):
        if login not in sessions:
            sessions[login] = Rpc(server.url, server.database, login, password or login)
        return sessions[login]

    return session


@pytest.fixture(scope="package")
def browser():
    """Headless Chromium; ``browser.new_context()`` is a fresh user's browser."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_OPTIONS
        )
        yield chromium
        chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test knows, when its fixtures end, whether it failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def login(browser, server, request, screenshots):
    """``login(name)`` opens a page of a fresh browser, logged in as that demo user, on
    a computer in Vietnam or in another ``timezone``. Of a test that fails, pictures of
    all pages are kept."""
    contexts = []

    def open_page(name, password=None, timezone="Asia/Ho_Chi_Minh"):
        context = browser.new_context(
            base_url=server.url,
            viewport=VIEWPORT,
            locale="vi-VN",
            timezone_id=timezone,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/web/login")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", password or name)
        page.click("form.oe_login_form button[type=submit]")
        page.wait_for_url(lambda url: "/web/login" not in url)
        return page

    yield open_page
    pages = [page for context in contexts for page in context.pages]
    if request.node.stash.get(FAILED, False):
        for number, page in enumerate(pages, 1):
            page.screenshot(
                path=screenshots / f"FAILED-{request.node.name}-{number}.png"
            )
    for context in contexts:
        context.close()


@pytest.fixture(scope="package")
def screenshots():
    """The folder for pictures that people want to look at after a run."""
    folder = paths.STATE / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder
