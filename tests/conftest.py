"""What the tests outside the add-ons share: a server with demo data, users, a browser.

They run through ``./motcua test``, which prepares the database the server is copied
from. All of them run in one process, one after the other, and the fixtures end with the
last of them: Odoo's own tests end every child process they find, so none may be left.

The rule for data: tests of all files share one database, in any order. A test adds what
it needs (a commune, a procedure, a workflow of its own) and changes nothing that was
there before it; ``facts_stay`` holds it to that. Who has to change shared facts, or
needs a server of another kind, takes a copy of its own, with ``tests.served``.

The rule for time: nobody sleeps, and nobody sets a time-out. There is one for all, long
enough for a busy machine, and ``./motcua test --slow N`` makes it N times as long.
"""

import os
import subprocess

import pytest
from playwright.sync_api import expect, sync_playwright

from launcher import paths

from .e2e.screen import COUNT_REQUESTS
from .facts import Facts
from .rpc import Rpc
from .served import copied, serving

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
SLOW = int(os.environ.get("MOTCUA_TEST_SLOW", 1))
PATIENCE = 60_000 * SLOW  # milliseconds until what does not show is a failure


@pytest.fixture(scope="package")
def demo_copy():
    """The name of the database with demo data that all tests share."""
    with copied("shared") as name:
        yield name


@pytest.fixture(scope="module", autouse=True)
def facts_stay(request):
    """Tests of a file change nothing that was there before them."""
    shared = any(
        item.module is request.module and "demo_copy" in item.fixturenames
        for item in request.session.items
    )
    facts = Facts(request.getfixturevalue("demo_copy")) if shared else None
    yield
    assert not facts or not facts.changed(), "shared rows were changed"


@pytest.fixture(scope="package")
def archive(demo_copy, tmp_path_factory):
    """A backup of the demo database, made by the launcher."""
    file = tmp_path_factory.mktemp("backup") / "motcua.tar.gz"
    result = subprocess.run(
        [paths.ROOT / "motcua", "backup", file, "--db", demo_copy],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return file


@pytest.fixture(scope="package")
def server(demo_copy):
    """A running Odoo with demo data; has ``url``, ``port`` and ``database``."""
    with serving(demo_copy) as running:
        yield running


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
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_OPTIONS
        )
        chromium.on("context", _prepare)
        yield chromium
        chromium.close()


def _prepare(context):
    """What every user's browser is like, and every page that it opens."""
    context.set_default_timeout(PATIENCE)
    context.add_init_script(COUNT_REQUESTS)
    if SLOW > 1:
        context.on("page", _slow_down)


def _slow_down(page):
    """As on a computer that takes ``SLOW`` times as long."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test knows, when its fixtures end, whether it failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
def login(browser, server, request, screenshots):
    """``login(name)`` gives an empty page of a fresh browser, logged in as that demo
    user, on a computer in Vietnam or in another ``timezone``. Of a test that fails,
    pictures of all pages are kept.

    It is logged in without the login page, which takes as long as many a test: that one
    is used where a session runs out."""
    contexts = []

    def open_page(name, password=None, timezone="Asia/Ho_Chi_Minh"):
        context = browser.new_context(
            base_url=server.url,
            viewport=VIEWPORT,
            locale="vi-VN",
            timezone_id=timezone,
        )
        contexts.append(context)
        answer = context.request.post(
            "/web/session/authenticate",
            data={
                "params": {
                    "db": server.database,
                    "login": name,
                    "password": password or name,
                }
            },
        )
        assert "result" in answer.json(), answer.text()
        return context.new_page()

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
