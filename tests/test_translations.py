"""The translation files are those of the code as it is, and complete in Vietnamese."""

import polib
import pytest

from launcher import addons, odoo_command, paths

pytestmark = pytest.mark.parametrize("module", addons.names())


def messages(file):
    return {(entry.msgctxt, entry.msgid) for entry in file if not entry.obsolete}


def test_template_is_fresh(module, demo_copy, tmp_path):
    fresh = tmp_path / f"{module}.pot"
    odoo_command.run_quietly(
        f"i18n export -d {demo_copy} -o {fresh} {module}",
        "i18n-export.log",
        "The translation template could not be exported",
    )
    kept = paths.ADDONS / module / "i18n" / f"{module}.pot"
    assert messages(polib.pofile(str(kept))) == messages(polib.pofile(str(fresh)))


def test_vietnamese_is_complete(module):
    folder = paths.ADDONS / module / "i18n"
    template = polib.pofile(str(folder / f"{module}.pot"))
    vietnamese = polib.pofile(str(folder / "vi.po"))
    assert messages(vietnamese) >= messages(template)
    untranslated = vietnamese.untranslated_entries() + vietnamese.fuzzy_entries()
    assert not [entry.msgid for entry in untranslated]
