from odoo import models

from odoo.addons.motcua_base.api import takes
from odoo.addons.motcua_base.tools import merge_text
from odoo.addons.motcua_base.tools.arguments import Id, Values

from ..tools import sample


class LetterTemplate(models.Model):
    """A letter in its editor."""

    _name = "motcua.letter.template"
    _inherit = ["motcua.letter.template", "motcua.merge.editor"]

    def _merge_choices(self):
        Dossier = self.env["motcua.dossier"]
        return *Dossier._notice_catalogue(), Dossier._notice_facts()

    def _preview_fields(self):
        return ["subject"]

    @takes(values=Values(), dossier_id=Id())
    def preview(self, values, dossier_id=False):
        """The letter as a page of HTML, with what is in the editor now; nothing is
        saved or sent.

        :param values: ``body`` and ``subject``
        :param dossier_id: a dossier to fill it with; else an invented one
        :return: dict with ``html`` and ``findings`` (sentences: what is to be mended
            before saving)
        """
        self.check_access("write")
        text = {name: values.get(name) for name in ("body", "subject")}
        draft = self.new(self._clean_body(text), origin=self)
        if dossier_id:
            dossier = self._sample_dossier(dossier_id)
            head, merged = dossier._letter_head(), dossier._notice_values()
        else:
            head, merged = sample.LETTER_HEAD, draft._sample_values()
        return {"html": str(draft._page(head, merged)), "findings": draft._problems()}

    def _sample_values(self):
        """As ``motcua.dossier._notice_values`` gives them, of an invented dossier."""
        facts = self.env["motcua.dossier"]._notice_facts()
        rows = {
            fact["name"]: merge_text.row_texts(fact, sample.PAPERS)
            for fact in facts
            if fact["type"] == "repeat"
        }
        return {**sample.TEXTS, **sample.LETTER_TEXTS}, rows, sample.LETTER_FACTS
