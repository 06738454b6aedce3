from odoo import api, models


class Configuration(models.AbstractModel):
    """Rows that say how an office works: procedures, workflows, units, staff.

    What every dossier looks up in them is cached (``ormcache``) by the models that
    answer; here every change makes all workers forget those answers.
    """

    _name = "motcua.configuration"
    _description = "Cached configuration"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        res = super().write(vals)
        self.env.registry.clear_cache()
        return res

    def unlink(self):
        res = super().unlink()
        self.env.registry.clear_cache()
        return res
