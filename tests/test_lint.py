"""The code passes ``./motcua lint``."""

import subprocess

import pytest

from launcher import lint, paths


@pytest.mark.parametrize("name", sorted(lint.checks()))
def test_lint(name):
    result = subprocess.run(
        lint.checks()[name], capture_output=True, text=True, cwd=paths.ROOT
    )
    assert result.returncode == 0, f"\n{result.stdout}{result.stderr}"
