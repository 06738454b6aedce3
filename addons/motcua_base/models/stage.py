from odoo import api, fields, models, tools


class Stage(models.Model):
    """A column of the board. Few and shared: the steps of all workflows map onto
    them, so that one board serves all procedures."""

    _name = "motcua.stage"
    _description = "Board column"
    _inherit = ["motcua.configuration"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("new", "New"),
            ("work", "In work"),
            ("ready", "Result ready"),
            ("closed", "Closed"),
        ],
        required=True,
        default="work",
    )
    sequence = fields.Integer(default=10)
    fold = fields.Boolean("Folded on the board")

    @api.model
    def _passed(self, stage_ids, stage):
        """Those of ``stage_ids`` that stand at ``stage`` or before it on the board."""
        order = self._places()
        return {id_ for id_ in stage_ids if order.get(id_, 0) <= order[stage.id]}

    @api.model
    @tools.ormcache()
    def _places(self):
        """Place on the board of each column, as a dict id -> number."""
        stages = self.sudo().search([])  # pylint: disable=no-search-all
        return {stage.id: place for place, stage in enumerate(stages)}

    @api.model
    @tools.ormcache()
    def _ids_by_kind(self):
        """The first column of each kind, as a dict kind -> id."""
        # Stages are few.
        stages = self.sudo().search([], order="id desc")  # pylint: disable=no-search-all
        return {stage.kind: stage.id for stage in stages}
