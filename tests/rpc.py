"""Calling Odoo as a user would: over HTTP, with a login and a password."""

import requests

SECONDS = 300


class RpcError(Exception):
    """What Odoo answered instead of a result.

    ``name`` is the class of the exception on the server, as in
    ``odoo.exceptions.UserError``; the text is its message.
    """

    def __init__(self, name, message):
        super().__init__(message)
        self.name = name


class Rpc:
    """One user's session, as in ``Rpc(…).call("motcua.dossier", "read", ids)``."""

    def __init__(self, url, database, login, password):
        self.url = url
        self.http = requests.Session()
        session = self._post(
            "/web/session/authenticate", db=database, login=login, password=password
        )
        self.user_id = session["uid"]
        self.context = session["user_context"]
        if "user_companies" in session:  # as the web client says of internal users
            company = session["user_companies"]["current_company"]
            self.context["allowed_company_ids"] = [company]

    def call(self, model, method, *args, **kwargs):
        """Call a model's method in the user's language and time zone."""
        kwargs["context"] = {**self.context, **kwargs.get("context", {})}
        return self._post(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )

    def _post(self, path, **params):
        response = self.http.post(
            self.url + path,
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=SECONDS,
        )
        response.raise_for_status()
        answer = response.json()
        if "error" in answer:
            data = answer["error"]["data"]
            raise RpcError(data["name"], data["message"])
        return answer.get("result")  # nothing where the method returns None
