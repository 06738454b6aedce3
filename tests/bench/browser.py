"""The web client in Chromium: what it asks of the server, and how long a screen takes
until somebody can type.
"""

import json
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_OPTIONS, VIEWPORT

SECONDS = 60


@contextmanager
def browsing(server, login):
    """A page of the web client, where this user (password = login) is logged in."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_OPTIONS
        )
        page = chromium.new_page(
            base_url=server.url,
            viewport=VIEWPORT,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        page.set_default_timeout(SECONDS * 1000)
        page.goto("/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", login)
        page.click("form.oe_login_form button[type=submit]")
        page.wait_for_selector(".o_main_navbar")
        yield page
        chromium.close()


class Call:
    """One call of the web client that can be made again by any session."""

    def __init__(self, params):
        self.model = params["model"]
        self.method = params["method"]
        self.args = params["args"]
        self.kwargs = params["kwargs"]

    def repeat(self, rpc, domain=()):
        """Make the call again.

        :param domain: what the user has searched for meanwhile
        """
        context = self.kwargs["context"]
        own = {name: context[name] for name in context.keys() - rpc.context.keys()}
        kwargs = {**self.kwargs, "context": own}
        if domain:
            kwargs["domain"] = [*domain, *kwargs["domain"]]
        return rpc.call(self.model, self.method, *self.args, **kwargs)


@contextmanager
def recording(page, model):
    """The list of calls to ``model`` that the web client makes inside the ``with``
    block; views are left out, since it keeps them.
    """
    calls = []

    def note(request):
        if f"/call_kw/{model}/" in request.url:
            params = json.loads(request.post_data)["params"]
            if params["method"] not in ("get_views", "has_access"):
                calls.append(Call(params))

    page.on("request", note)
    yield calls
    page.remove_listener("request", note)
