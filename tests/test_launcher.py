"""When something is wrong, ./motcua says one sentence and repairs or stops."""

import fcntl
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from launcher import odoo_platform, paths, postgres, server, stamps
from launcher.errors import LauncherError

from .clone import Clone

# A proxy where nobody listens: programs that obey it find no network.
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy"), "http://127.0.0.1:9")


@pytest.fixture
def make_clone():
    clones = []

    def make(**options):
        clones.append(Clone(**options))
        return clones[-1]

    yield make
    for clone in clones:
        clone.remove()


def assert_refused(result, *words, status=1):
    """The last line on standard error is the launcher's sentence and has ``words``."""
    assert result.returncode == status, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    sentence = result.stderr.strip().splitlines()[-1]
    assert sentence.startswith(("motcua: ", "./motcua")), result.stderr
    for word in words:
        assert word in sentence


def test_unknown_option(make_clone):
    assert_refused(make_clone().motcua("run", "--prot", "80"), "--prot", status=2)


def test_unknown_command(make_clone):
    assert_refused(make_clone().motcua("fly"), "fly", status=2)


def test_port_in_use(make_clone):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert_refused(make_clone().motcua("run", "--port", port), str(port), "in use")


def test_bad_database_name(make_clone):
    result = make_clone().motcua("run", "--db", "x'; --", "--port", server.free_port())
    assert_refused(result, "no database name")


def test_unsupported_python(make_clone, tmp_path):
    clone = make_clone()
    script = clone.path / "motcua"
    script.write_text(script.read_text().replace("(3, 10) <=", "(9, 0) <="))
    for name in ("sh", "id", "dirname", "readlink"):
        (tmp_path / name).symlink_to(shutil.which(name))
    assert_refused(clone.motcua("setup", PATH=str(tmp_path)), "Python 3.10 to 3.13")


def test_no_network_at_first_set_up(make_clone):
    clone = make_clone(bare=True)
    result = clone.motcua("setup", **NO_NETWORK)
    assert_refused(result, "network")
    assert not (clone.state / "platform").exists()


def test_odoo_home_without_odoo(make_clone, tmp_path):
    result = make_clone().motcua("setup", ODOO_HOME=str(tmp_path))
    assert_refused(result, "ODOO_HOME", "no Odoo 19.0")


def test_postgresql_that_does_not_start(make_clone):
    clone = make_clone()
    assert clone.motcua("setup").returncode == 0
    settings = clone.state / "postgres" / "cluster" / "postgresql.conf"
    with open(settings, "a") as file:
        file.write("shared_buffers = many\n")
    result = clone.motcua("odoo", "--version")
    assert_refused(result, "PostgreSQL would not start")


def test_settings_reach_a_cluster_that_is_there(make_clone):
    clone = make_clone()
    assert clone.motcua("setup").returncode == 0
    with open(clone.path / "config" / "postgres" / "embedded.conf", "a") as file:
        file.write("shared_buffers = many\n")
    result = clone.motcua("odoo", "--version")
    assert_refused(result, "PostgreSQL would not start")


def test_half_finished_cluster_is_made_anew(make_clone):
    clone = make_clone()
    cluster = clone.state / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("half")
    assert clone.motcua("odoo", "--version").returncode == 0
    assert (cluster / "PG_VERSION").read_text() != "half"


def test_half_finished_platform_is_made_anew(tmp_path, monkeypatch):
    package = tmp_path / "odoo-19_19.0.0_all.deb"
    _build_package(tmp_path / "tree", package)
    state = tmp_path / "state"
    (state / "platform" / "usr").mkdir(parents=True)
    (state / "platform" / "half").touch()
    for name, folder in (("STATE", ""), ("PLATFORM", "platform"), ("LOG", "log")):
        monkeypatch.setattr(paths, name, state / folder)
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(
        odoo_platform, "_fetch", lambda folder: Path(shutil.copy2(package, folder))
    )
    monkeypatch.delenv("ODOO_HOME", raising=False)

    odoo_platform.ensure()

    assert not (state / "platform" / "half").exists()
    assert odoo_platform.version() == "odoo-19_19.0.0_all"
    assert (state / "platform" / "usr/share/javascript/jquery").exists()


def _build_package(tree, package):
    """A Debian package with as much of Odoo as the launcher looks at."""
    release = tree / "usr/lib/python3/dist-packages/odoo/release.py"
    release.parent.mkdir(parents=True)
    release.write_text("version_info = (19, 0, 0, 'final', 0, '')\n")
    control = tree / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        "Package: odoo-19\nVersion: 19.0.0\nArchitecture: all\n"
        "Maintainer: nobody <nobody@localhost>\nDescription: test\n"
    )
    subprocess.run(["dpkg-deb", "--build", tree, package], check=True)


def test_second_launcher_waits_for_the_first(make_clone):
    clone = make_clone()
    with open(clone.state / "setup.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = subprocess.Popen(
            [clone.path / "motcua", "setup"], stdout=subprocess.PIPE, text=True
        )
        assert "waiting for it" in waiting.stdout.readline()
        assert waiting.poll() is None
    assert waiting.wait(60) == 0


def test_second_set_up_takes_seconds(make_clone):
    clone = make_clone()
    clone.motcua("setup")
    start = time.monotonic()
    assert clone.motcua("setup").returncode == 0
    assert time.monotonic() - start < 5


def test_socket_path_is_never_too_long(tmp_path, monkeypatch):
    state = tmp_path / ("long" * 30)
    state.mkdir()
    monkeypatch.setattr(paths, "STATE", state)
    for name in ("DATA", "LOG", "RUN"):
        monkeypatch.setattr(paths, name, state / name.lower())
    socket_path = postgres.socket_folder() / postgres.SOCKET_NAME
    assert len(str(socket_path)) <= postgres.SOCKET_PATH_LIMIT


def test_root_puts_the_cluster_where_postgres_can_go(tmp_path, monkeypatch):
    state = tmp_path / "state"
    state.mkdir()
    tmp_path.chmod(0o700)
    monkeypatch.setattr(paths, "STATE", state)
    for name in ("DATA", "LOG", "RUN"):
        monkeypatch.setattr(paths, name, state / name.lower())
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert postgres.home().parent == postgres.OUTSIDE
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert postgres.home() == state / "postgres"


def test_stamp_follows_content(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    file, stamp = tmp_path / "lock.txt", tmp_path / "stamp"
    file.write_text("one")
    stamps.write(stamp, stamps.digest("step", file))
    assert stamps.is_current(stamp, stamps.digest("step", file))
    file.write_text("two")
    assert not stamps.is_current(stamp, stamps.digest("step", file))


def test_sentence_for_a_port_in_use_names_the_way_out():
    with socket.create_server((server.HOST, 0)) as other:
        with pytest.raises(LauncherError, match="--port"):
            server.OwnServer("motcua", other.getsockname()[1], "unused.log")
