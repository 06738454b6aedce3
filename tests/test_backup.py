"""A backup brings the whole system back in an empty clone, and it runs from there."""

import hashlib

import pytest

from launcher import paths, server

from .clone import Clone
from .rpc import Rpc


@pytest.fixture(scope="module")
def clone():
    fresh = Clone()
    yield fresh
    fresh.remove()


def stored_files(folder):
    """Name and content hash of every stored file; Odoo names a file by that hash."""
    return {
        file.name: hashlib.sha1(file.read_bytes()).hexdigest()
        for file in folder.glob("??/*")
    }


def test_restored_in_an_empty_clone_it_runs_and_keeps_its_data(
    archive, clone, demo_copy
):
    result = clone.motcua("restore", archive)
    assert result.returncode == 0, result.stderr

    restored = stored_files(clone.state / "data" / "filestore" / "motcua")
    assert restored and all(name == content for name, content in restored.items())
    assert restored.keys() <= stored_files(paths.DATA / "filestore" / demo_copy).keys()

    with running(clone) as admin:
        before = admin.call("res.users", "search_read", [], ["login"])
        assert {"tiepnhan", "admin"} <= {user["login"] for user in before}
        partner = admin.call("res.partner", "create", [{"name": "Nguyễn Thị Sau"}])
    with running(clone) as admin:
        (kept,) = admin.call("res.partner", "read", partner, ["name"])
        assert kept["name"] == "Nguyễn Thị Sau"


class running:
    """The clone's server in the background; gives the administrator's session."""

    def __init__(self, clone):
        self.clone = clone

    def __enter__(self):
        port = server.free_port()
        result = self.clone.motcua("run", "--daemon", "--port", port)
        assert result.returncode == 0, result.stdout + result.stderr
        assert "tiepnhan" in result.stdout
        return Rpc(f"http://127.0.0.1:{port}", "motcua", "admin", "admin")

    def __exit__(self, *error):
        result = self.clone.motcua("stop")
        assert result.returncode == 0, result.stderr
        assert not list((self.clone.state / "run").glob("*.server"))


def test_a_backup_overwrites_nothing(archive, clone):
    result = clone.motcua("backup", archive)
    assert result.returncode == 1
    assert "overwrites nothing" in result.stderr


def test_restore_keeps_an_existing_database(archive, clone):
    result = clone.motcua("restore", archive)
    assert result.returncode == 1
    assert "already" in result.stderr


@pytest.mark.parametrize("size", [0, 50_000])
def test_damaged_archive_leaves_nothing(archive, clone, tmp_path, size):
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(archive.read_bytes()[:size])
    result = clone.motcua("restore", damaged, "--db", "damaged")
    assert result.returncode == 1
    assert "is no" in result.stderr
    assert not list((clone.state / "data" / "filestore").glob("damaged*"))
