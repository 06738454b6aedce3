from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import hmac


class Guidance(models.Model):
    """Guidance given before acceptance to somebody whose papers were not complete: at
    the desk, where nothing was filed, or as the one full notice that a filing gets
    (form 02; NĐ 309/2026, article 8.1). It starts no clock; the filing goes on when it
    is completed.

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
    dossier_id = fields.Many2one(
        "motcua.dossier",
        "Filing",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: nothing was filed.",
    )
    outgoing_ids = fields.One2many("motcua.outgoing", "guidance_id", "Outgoing form")
    person_name = fields.Char("Given to", readonly=True)
    person_key = fields.Char(
        "Key of the person",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_system",
        help="Finds the guidance again when the person comes back, without keeping the "
        "number.",
    )
    reason = fields.Text(readonly=True)
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

    @api.model
    def _key(self, id_number):
        """What stands for an identity number: the same for the same, no way back."""
        return id_number and hmac(self.sudo().env, "motcua-guidance", id_number)[:32]

    def _to_notice(self):
        """What the screen says of guidance given earlier."""
        self.ensure_one()
        return {
            "id": self.id,
            "date": fields.Datetime.to_string(self.date),
            "code": self.outgoing_ids[:1].code or "",
            "papers": self.component_ids.mapped("name"),
            "note": self.note or "",
        }
