from odoo import api, models


class Demo(models.AbstractModel):
    """The door through which ``demo/motcua_dossier_demo.xml`` reaches Python; nothing
    of the demo is imported before it is opened."""

    _name = "motcua.demo"
    _description = "Demo history"

    @api.model
    def _play_history(self):
        from ..demo.history import History

        if not self.env["motcua.dossier"].search_count([], limit=1):
            History(self.env).play()
