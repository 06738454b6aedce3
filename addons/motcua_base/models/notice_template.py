from odoo import api, fields, models

from ..api import takes
from .dossier_notice import NOTICES


class NoticeTemplate(models.AbstractModel):
    """What applicants are told on one occasion, in one way; archived: nothing is sent.

    A text names merge fields, as documents do, and the cage of ``tools`` fills them in.
    Nothing in it is ever evaluated, by QWeb or otherwise: who may write a text must
    not get the rights of who sends it.
    """

    _name = "motcua.notice.template"
    _description = "Text to applicants"
    _order = "id"
    _rec_name = "kind"

    kind = fields.Selection(NOTICES, "Occasion", required=True)
    active = fields.Boolean(default=True)

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for template in self:
            template.display_name = labels.get(template.kind, "")

    @api.model
    @takes()
    def load_fields(self):
        """The merge fields that a line of text may name in braces, by group.

        :return: list of ``{"title", "fields": [{"name", "label"}]}``
        """
        self.check_access("write")
        groups, _rows = self.env["motcua.dossier"]._notice_catalogue()
        return [
            {
                "title": title,
                "fields": [{"name": name, "label": label} for name, label in entries],
            }
            for title, entries in groups
        ]
