from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import merge


class MergeBody(models.AbstractModel):
    """A text that administrators write, with merge fields where data of a dossier go.

    Whatever door it comes in by, it holds nothing but what ``tools.merge`` lets
    through; no expression in it is ever evaluated.
    """

    _name = "motcua.merge.body"
    _description = "Text with merge fields"

    # The cage is tools.merge, which knows the markers; Odoo's own would remove them.
    body = fields.Html("Text", sanitize=False, default="")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_body(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_body(vals))

    @api.model
    def _clean_body(self, vals):
        """The values with a text that holds nothing but what templates may hold."""
        if not vals.get("body"):
            return vals
        try:
            return {**vals, "body": merge.clean(vals["body"])}
        except merge.TooLong:
            raise ValidationError(
                self.env._(
                    "This text is too long for a document: %(limit)s letters at most.",
                    limit=f"{merge.MAX_BODY:,}",
                )
            ) from None
