from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.motcua_base.api import takes

from ..models.version_screen import MOVABLE

# As many as one person looks through at once.
LIMIT = 200


class VersionMove(models.TransientModel):
    """Open dossiers of older versions, each with what would become of it in this one.

    Administrators of procedures have no right to dossiers: they see the code, where it
    is, and what stands in the way. Moving is the verb's own business
    (``action_change_version``), which asks and checks all over again.
    """

    _name = "motcua.version.move"
    _description = "Move of dossiers to a version"

    version_id = fields.Many2one(
        "motcua.procedure.version", "To version", required=True, ondelete="cascade"
    )
    line_ids = fields.One2many("motcua.version.move.line", "move_id", "Dossiers")
    left_out = fields.Integer("Not shown", readonly=True)

    @api.depends("version_id")
    def _compute_display_name(self):
        for move in self:
            move.display_name = self.env._(
                "Move open dossiers to %s", move.version_id.display_name
            )

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        for move in moves:
            move._list_dossiers()
        return moves

    def _list_dossiers(self):
        """List what could move, as far as it fits."""
        self.env["motcua.dossier"]._check_may_change_version()
        Dossier = self.env["motcua.dossier"].sudo()
        domain = [
            ("procedure_id", "=", self.version_id.procedure_id.id),
            ("version_id", "!=", self.version_id.id),
            ("status", "in", MOVABLE),
        ]
        dossiers = Dossier.search(domain, limit=LIMIT)
        self.left_out = Dossier.search_count(domain) - len(dossiers)
        self.env["motcua.version.move.line"].create(
            [
                {"move_id": self.id, **self._line_values(plan)}
                for plan in dossiers._plan_version(self.version_id)
            ]
        )

    @api.model
    def _line_values(self, plan):
        dossier = plan.dossier
        statuses = dict(dossier._fields["status"]._description_selection(self.env))
        if plan.refusals:
            verdict = "refused"
        else:
            verdict = "gaps" if plan.gaps else "clear"
        return {
            "dossier_key": dossier.id,
            "name": dossier._version_move_name(),
            "version_number": dossier.version_id.number,
            "agency": dossier.agency_id.name,
            "step": dossier.step_id.name or statuses[dossier.status],
            "verdict": verdict,
            "details": "\n".join([*plan.refusals, *plan.gaps, *plan.notes]),
            "chosen": verdict == "clear",
        }

    @takes()
    def action_move(self):
        """Move the dossiers chosen, all of them or none."""
        self.ensure_one()
        chosen = self.line_ids.filtered("chosen")
        if not chosen:
            raise UserError(self.env._("Choose the dossiers to move."))
        dossiers = self.env["motcua.dossier"].browse(chosen.mapped("dossier_key"))
        dossiers.action_change_version(self.version_id.id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(count)s dossier(s) now follow %(version)s.",
                    count=len(dossiers),
                    version=self.version_id.display_name,
                ),
                "next": {
                    "type": "ir.actions.act_window",
                    "res_model": self.version_id._name,
                    "res_id": self.version_id.id,
                    "views": [[False, "form"]],
                    "target": "main",
                },
            },
        }


class VersionMoveLine(models.TransientModel):
    """One dossier, by its code: no name, no answers."""

    _name = "motcua.version.move.line"
    _description = "Dossier that could move to a version"
    _order = "verdict, name"

    move_id = fields.Many2one(
        "motcua.version.move", "List", required=True, ondelete="cascade"
    )
    # No link: administrators have no right to the dossier.
    dossier_key = fields.Integer(required=True, readonly=True)
    name = fields.Char("Dossier", readonly=True)
    version_number = fields.Integer("Version", readonly=True, aggregator=None)
    agency = fields.Char(readonly=True)
    step = fields.Char(readonly=True)
    verdict = fields.Selection(
        [
            ("clear", "Nothing missing"),
            ("gaps", "Something missing"),
            ("refused", "Cannot move"),
        ],
        "Afterwards",
        readonly=True,
    )
    details = fields.Text("In detail", readonly=True)
    chosen = fields.Boolean("Move")
