from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import clean_context


class DossierPart(models.AbstractModel):
    """Rows that belong to a dossier for life: who may correct the dossier may add,
    change and remove them, and what verbs write in them is left to verbs."""

    _name = "motcua.dossier.part"
    _description = "Part of a dossier"

    # Columns that only verbs and the system write.
    _system_fields = frozenset()

    dossier_id = fields.Many2one(
        "motcua.dossier", required=True, index=True, ondelete="cascade"
    )

    @api.model_create_multi
    def create(self, vals_list):
        # Whoever calls a verb chooses the context: its defaults must not reach the
        # columns that the verb leaves empty.
        self = self.with_context(clean_context(self.env.context))  # noqa: PLW0642
        self._check_system_fields(self._system_fields, vals_list)
        parts = super().create(vals_list)
        parts._check_dossier_editable()
        return parts

    def write(self, vals):
        self._check_system_fields(self._system_fields | {"dossier_id"}, [vals])
        self._check_dossier_editable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_editable(self):
        self._check_dossier_editable()

    def _check_dossier_editable(self):
        if not self.env.su:
            self.dossier_id._check_editable()

    @api.model
    def _check_system_fields(self, names, vals_list):
        if self.env.su:
            return
        written = {name for vals in vals_list for name in names.intersection(vals)}
        if written:
            labels = [
                self._fields[name]._description_string(self.env) for name in written
            ]
            raise AccessError(
                self.env._(
                    "These fields are kept by the system: %s.",
                    ", ".join(sorted(labels)),
                )
            )
