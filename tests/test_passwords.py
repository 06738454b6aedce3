"""Guessing passwords and keys over every way in, as one outside would."""

import xmlrpc.client

import pytest
import requests

from .rpc import SECONDS, Rpc, RpcError

TRIES = 10  # as Odoo is set up
RIGHT = "Doan-khong-ra-1"


@pytest.fixture
def account(rpc):
    def make(login):
        values = {"name": login, "login": login, "password": RIGHT}
        rpc("admin").call("res.users", "create", [values])
        return login

    return make


def test_the_web_client(server, account):
    login = account("doan.web")
    for number in range(TRIES):
        with pytest.raises(RpcError, match="Truy cập bị từ chối|Access Denied"):
            Rpc(server.url, server.database, login, f"sai-{number}")
    with pytest.raises(RpcError, match="quá nhiều lần|Too many"):
        Rpc(server.url, server.database, login, RIGHT)
    # The others go on, from the same address.
    assert Rpc(server.url, server.database, account("doan.khac"), RIGHT).user_id


def test_xml_rpc(server, account):
    login = account("doan.xmlrpc")
    common = xmlrpc.client.ServerProxy(f"{server.url}/xmlrpc/2/common")
    for number in range(TRIES):
        assert not common.authenticate(server.database, login, f"sai-{number}", {})
    assert not common.authenticate(server.database, login, RIGHT, {})
    other = account("doan.xmlrpc.khac")
    assert common.authenticate(server.database, other, RIGHT, {})


def test_keys(server):
    def ask(key):
        return requests.post(
            f"{server.url}/json/2/res.partner/search_count",
            json={"domain": []},
            headers={"Authorization": f"bearer {key}"},
            timeout=SECONDS,
        )

    answers = [ask(f"abcdefgh{number:032x}") for number in range(TRIES)]
    assert {answer.status_code for answer in answers} == {401}
    refused = ask("abcdefgh" + "0" * 32)
    assert refused.status_code == 403
    assert "wrong passwords" in refused.text or "quá nhiều lần" in refused.text
    # Another key has not been guessed at.
    assert ask("hgfedcba" + "0" * 32).status_code == 401
