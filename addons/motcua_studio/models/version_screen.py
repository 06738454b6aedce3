from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.motcua_base.api import takes
from odoo.addons.motcua_base.models.dossier_access import VERBS
from odoo.addons.motcua_base.tools.localtime import today_in_vietnam

MOVABLE = VERBS["action_change_version"][0]


class ProcedureVersion(models.Model):
    """What administrators see and do on the screen of a version."""

    _inherit = "motcua.procedure.version"

    situation = fields.Char(
        compute="_compute_situation", help="From when to when the version applies."
    )
    open_dossier_count = fields.Integer(
        "Open dossiers",
        compute="_compute_open_dossier_count",
        compute_sudo=True,  # a number, not whose they are
    )
    movable_dossier_count = fields.Integer(
        "Open dossiers of other versions",
        help="Those that could go on by this version, once it is in force.",
        compute="_compute_open_dossier_count",
        compute_sudo=True,
    )

    @api.depends("state", "date_from", "date_to")
    def _compute_situation(self):
        today = fields.Date.context_today(self)
        for version in self:
            if version.state == "draft":
                version.situation = False
                continue
            day = (version.date_to or version.date_from).strftime("%d/%m/%Y")
            if version.date_from > today:
                day = version.date_from.strftime("%d/%m/%Y")
                version.situation = self.env._("Comes into force on %s", day)
            elif not version.date_to:
                version.situation = self.env._("In force since %s", day)
            elif version.date_to >= today:
                version.situation = self.env._("In force until %s", day)
            else:
                version.situation = self.env._("Ended on %s", day)

    def _compute_open_dossier_count(self):
        counts = dict(
            self.env["motcua.dossier"]._read_group(
                [
                    ("procedure_id", "in", self.procedure_id.ids),
                    ("status", "in", MOVABLE),
                ],
                ["version_id"],
                ["__count"],
            )
        )
        in_force = self.filtered_domain(self._in_force_domain(today_in_vietnam()))
        for version in self:
            own = counts.get(version, 0)
            every = sum(
                counts.get(other, 0) for other in version.procedure_id.version_ids
            )
            version.open_dossier_count = own
            version.movable_dossier_count = every - own if version in in_force else 0

    # ------------------------------------------------------------------

    @takes()
    def action_compare(self):
        """Open the differences to the version before this one."""
        self.ensure_one()
        before = self._version_before()
        if not before:
            raise UserError(
                self.env._("This is the only version of the procedure so far.")
            )
        comparison = self.env["motcua.version.comparison"].create(
            {"version_id": self.id, "before_id": before.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": comparison.display_name,
            "res_model": comparison._name,
            "res_id": comparison.id,
            "view_mode": "form",
        }

    def _version_before(self):
        """The version with the next lower number, else any other one."""
        others = self.procedure_id.version_ids - self
        lower = others.filtered(lambda other: other.number < self.number)
        return (lower or others).sorted("number", reverse=True)[:1]

    @takes()
    def action_move_dossiers(self):
        """Open the list of open dossiers that could move to this version."""
        self.ensure_one()
        move = self.env["motcua.version.move"].create({"version_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": move.display_name,
            "res_model": move._name,
            "res_id": move.id,
            "view_mode": "form",
        }
