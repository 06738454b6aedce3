"""A backup brings the whole system back in an empty clone, and it runs from there."""

import hashlib
import subprocess
import tarfile

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


def test_only_their_owner_reads_archives_files_and_logs(archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    for folder in (paths.DATA, paths.LOG):
        assert folder.stat().st_mode & 0o777 == 0o700


@pytest.fixture
def key(tmp_path, monkeypatch):
    """A key of which this machine has both halves, until they are taken away."""
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    name = "sao-luu@motcua.example"
    gpg = ("gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key")
    subprocess.run((*gpg, name, "default", "default", "never"), check=True)
    yield name
    monkeypatch.setenv("GNUPGHOME", str(home))
    subprocess.run(("gpgconf", "--kill", "all"), check=True)


def test_encrypted_for_a_key(demo_copy, clone, key, tmp_path, monkeypatch):
    file = tmp_path / "motcua.tar.gz.gpg"
    save = ("backup", file, "--db", demo_copy, "--encrypt-for")
    result = motcua(*save, "nobody@motcua.example")
    assert result.returncode == 1
    assert "GnuPG: " in result.stderr
    assert not list(tmp_path.glob("*.gpg*"))

    result = motcua(*save, key)
    assert result.returncode == 0, result.stderr
    assert f"encrypted for {key}" in result.stdout
    assert not tarfile.is_tarfile(file)
    result = clone.motcua("restore", file, "--db", "decrypted")
    assert result.returncode == 0, result.stderr
    assert stored_files(clone.state / "data" / "filestore" / "decrypted")

    # Whoever finds the archive and not the key has nothing.
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(elsewhere))
    result = clone.motcua("restore", file, "--db", "stolen")
    assert result.returncode == 1
    assert "GnuPG: " in result.stderr
    assert not list((clone.state / "data" / "filestore").glob("stolen*"))


def motcua(*arguments):
    return subprocess.run(
        [paths.ROOT / "motcua", *arguments], capture_output=True, text=True
    )


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
