from odoo import api, fields, models
from odoo.exceptions import UserError


class Guidance(models.Model):
    """Guidance given at the desk to somebody whose papers were not complete, and who
    therefore filed nothing.

    It shows which paper of which procedure is missing most, and how many trips a better
    check-list would save. Names are optional: who only asks need not say who asks.
    """

    _name = "motcua.guidance"
    _description = "Guidance given at the desk"
    _order = "date desc, id desc"
    _rec_name = "procedure_id"

    date = fields.Datetime(
        "Moment", required=True, readonly=True, default=fields.Datetime.now, index=True
    )
    desk_id = fields.Many2one(
        "motcua.agency", required=True, readonly=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        "Officer",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    procedure_id = fields.Many2one(
        "motcua.procedure",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    person_name = fields.Char("Given to", readonly=True)
    component_ids = fields.Many2many(
        "motcua.procedure.component", string="Missing papers", readonly=True
    )
    note = fields.Text("Guidance", readonly=True)
    intake_token = fields.Char(readonly=True, copy=False)

    _intake_token_uniq = models.UniqueIndex(
        "(intake_token) WHERE intake_token IS NOT NULL",
        "This guidance was recorded already.",
    )

    @api.constrains("component_ids", "note")
    def _check_content(self):
        for guidance in self:
            if not guidance.component_ids and not (guidance.note or "").strip():
                raise UserError(
                    self.env._("Say which papers are missing, or what was advised.")
                )
