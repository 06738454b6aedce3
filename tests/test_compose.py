"""docker-compose.yml and config/ are valid, and what they name exists.

No container engine runs in the tests: the files are checked, not the containers.
"""

import configparser
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from odoo.tools import config as odoo_options

from launcher import addons, paths

PASSWORDS = (
    "MOTCUA_DB_PASSWORD",
    "MOTCUA_DB_SUPERUSER_PASSWORD",
    "MOTCUA_ADMIN_PASSWORD",
)


def compose(**environment):
    bare = {name: value for name, value in os.environ.items() if name not in PASSWORDS}
    return subprocess.run(
        ["docker-compose", "--file", paths.ROOT / "docker-compose.yml", "config"],
        capture_output=True,
        text=True,
        env={**bare, **environment},
    )


@pytest.fixture(scope="module")
def services():
    result = compose(**dict.fromkeys(PASSWORDS, "secret"))
    assert result.returncode == 0, result.stderr
    return yaml.safe_load(result.stdout)["services"]


@pytest.mark.parametrize("missing", PASSWORDS)
def test_every_password_must_be_given(missing):
    result = compose(**{name: "secret" for name in PASSWORDS if name != missing})
    assert result.returncode != 0
    assert missing in result.stderr


def test_mounted_paths_exist(services):
    sources = [
        volume.split(":")[0]
        for service in services.values()
        for volume in service["volumes"]
        if volume.startswith("/")
    ]
    assert sources
    assert [source for source in sources if not Path(source).exists()] == []


def test_built_paths_exist(services):
    build = services["odoo"]["build"]
    dockerfile = Path(build["context"]) / build["dockerfile"]
    copied = re.findall(r"^COPY (\S+)", dockerfile.read_text(), re.MULTILINE)
    assert copied
    assert [
        name for name in copied if not (Path(build["context"]) / name).exists()
    ] == []


def test_mounted_programs_can_be_executed(services):
    for service in services.values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            if source.endswith(".sh"):
                assert os.access(source, os.X_OK), source


def test_every_service_has_a_health_check(services):
    lasting = set(services) - {"prepare"}
    assert [name for name in lasting if "healthcheck" not in services[name]] == []


def test_addons_needs_are_in_the_image():
    lock = (paths.REQUIREMENTS / "addons.txt").read_text().replace("-", "_")
    needed = {
        name
        for manifest in addons.manifests().values()
        for name in manifest.get("external_dependencies", {}).get("python", [])
    }
    missing = [name for name in needed if f"{name.replace('-', '_')}==" not in lock]
    assert missing == []


@pytest.mark.parametrize("name", ["development", "production"])
def test_odoo_knows_every_setting(name):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(paths.CONFIG / "odoo" / f"{name}.conf")
    settings = set(parser["options"])
    assert settings
    assert settings - set(odoo_options.options) == set()


def test_proxy_sends_websockets_to_the_port_odoo_serves_them_on():
    settings = (paths.CONFIG / "odoo" / "production.conf").read_text()
    proxy = (paths.CONFIG / "nginx" / "motcua.conf").read_text()
    http = re.search(r"^http_port = (\d+)", settings, re.MULTILINE).group(1)
    gevent = re.search(r"^gevent_port = (\d+)", settings, re.MULTILINE).group(1)
    assert re.search(rf"upstream odoo {{\s+server odoo:{http};", proxy)
    assert re.search(rf"upstream odoo_websocket {{\s+server odoo:{gevent};", proxy)
