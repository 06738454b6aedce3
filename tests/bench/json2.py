"""A client of Odoo's JSON-2 interface: what another program would use."""

import requests

SECONDS = 300


class Json2:
    """One user's connection with an API key.

    :param session: the user's ``tests.rpc.Rpc``, which makes the key
    """

    def __init__(self, session, password):
        self.url = session.url
        self.context = session.context
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"bearer {_make_key(session, password)}"

    def call(self, model, method, **arguments):
        """``POST /json/2/<model>/<method>``; ``ids`` say on which records."""
        response = self.http.post(
            f"{self.url}/json/2/{model}/{method}",
            json={"context": self.context, **arguments},
            timeout=SECONDS,
        )
        if not response.ok:
            raise RuntimeError(f"{model}.{method}: {response.text[:500]}")
        return response.json()


def _make_key(session, password):
    """Make an API key as a person does: ask for it, then confirm with the password."""
    wanted = session.call(
        "res.users.apikeys.description", "create", {"name": "bench", "duration": "1"}
    )
    check = session.call("res.users.apikeys.description", "make_key", [wanted])
    ready = session.call(
        check["res_model"],
        "run_check",
        [check["res_id"]],
        context={"password": password},
    )
    return ready["context"]["default_key"]
