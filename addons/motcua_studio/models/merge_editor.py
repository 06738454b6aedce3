from odoo import fields, models

from odoo.addons.motcua_base.api import takes


class MergeEditor(models.AbstractModel):
    """A text with merge fields in its editor: which fields there are, and on whose
    dossier it can be looked at.

    A model says ``_merge_choices()``, ``_preview_fields()``, ``_sample_domain()`` and
    ``preview(values, dossier_id)``.
    """

    _name = "motcua.merge.editor"
    _description = "Editor of a text with merge fields"
    _inherit = ["motcua.editor"]

    # Handed back by the editor when it saves; see motcua.editor.
    revision = fields.Char(compute="_compute_revision")

    def _compute_revision(self):
        for text in self:
            text.revision = text._origin and text._origin._revision()

    def write(self, vals):
        vals = dict(vals)
        revision = vals.pop("revision", None)
        if revision:
            self._begin_edit(revision)
        return super().write(vals) if vals else True

    @takes()
    def load_editor(self):
        """What the editor needs beside the text.

        :return: dict with ``groups`` and ``sections`` of merge fields, the ``form``,
            ``types`` and ``operators`` that conditions are made of, ``layout``: the
            fields that the preview depends on beside the text, and ``domain`` of the
            dossiers it can be filled with
        """
        self.check_access("write")
        groups, sections, spec = self._merge_choices()
        Editor = self.env["motcua.form.editor"]
        return {
            "groups": [
                {"title": title, "fields": _named(entries)} for title, entries in groups
            ],
            "sections": [
                {"name": name, "title": title, "fields": _named(entries)}
                for name, title, entries in sections
            ],
            "form": [
                {
                    "name": field["name"],
                    "label": field["label"],
                    "type": field["type"],
                    "result": field.get("result") or False,
                    "options": field.get("options") or [],
                }
                for field in spec
            ],
            "types": Editor._types(),
            "operators": Editor._operator_labels(),
            "layout": self._preview_fields(),
            "domain": [list(leaf) for leaf in self._sample_domain()],
        }

    def _merge_choices(self):
        """(groups, sections, form): as ``motcua.dossier._merge_catalogue`` gives them,
        and what conditions look at."""
        raise NotImplementedError

    def _preview_fields(self):
        """Names of the fields that ``preview`` is handed beside ``body``."""
        raise NotImplementedError

    def _sample_domain(self):
        """The dossiers that the text can be looked at with."""
        return [("code", "!=", False)]

    def _sample_dossier(self, dossier_id):
        """A dossier that the user may read; which is noted."""
        dossier = self.env["motcua.dossier"].browse(dossier_id).exists()
        dossier.check_access("read")
        self.env["motcua.access.log"]._note(dossier, "print", self.display_name)
        return dossier.sudo()


def _named(entries):
    return [{"name": name, "label": label} for name, label in entries]
