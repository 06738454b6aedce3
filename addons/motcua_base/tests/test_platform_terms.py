import polib

from odoo.tests import BaseCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import code_translations

LANGUAGE = "vi_VN"


@tagged("post_install", "-at_install")
class TestPlatformTerms(BaseCase):
    """Officers read no English where the platform's Vietnamese has gaps."""

    def test_each_fills_a_gap(self):
        ours = self._terms("motcua_base")
        for entry in polib.pofile(file_path("motcua_base/i18n_extra/vi.po")):
            with self.subTest(entry.msgid):
                self.assertEqual(ours[entry.msgid], entry.msgstr)
                [(place, _line)] = entry.occurrences
                module = place.removeprefix("code:addons/").split("/")[0]
                self.assertNotIn(entry.msgid, self._terms(module), "upstream has it")

    def _terms(self, module):
        messages = code_translations.get_web_translations(module, LANGUAGE)["messages"]
        return {row["id"]: row["string"] for row in messages}
