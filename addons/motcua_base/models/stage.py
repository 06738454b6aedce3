from odoo import fields, models


class Stage(models.Model):
    """A column of the board. Few and shared: the steps of all workflows map onto
    them, so that one board serves all procedures."""

    _name = "motcua.stage"
    _description = "Board column"
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
