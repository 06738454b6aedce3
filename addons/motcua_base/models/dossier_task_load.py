from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..api import takes
from .dossier import PAUSED, STATUSES
from .dossier_next import URGENCIES


class DossierTask(models.Model):
    """The load of each officer: open tasks in columns, dragged from one to another."""

    _inherit = "motcua.dossier.task"

    user_id = fields.Many2one(group_expand="_group_expand_officers")
    dossier_subject = fields.Char("Procedure", related="dossier_id.subject")
    dossier_due = fields.Datetime("Dossier due on", related="dossier_id.date_due")
    stand_in_id = fields.Many2one(
        "res.users", "Stand-in today", compute="_compute_stand_in_id"
    )
    urgency = fields.Selection(
        URGENCIES,
        compute="_compute_urgency",
        help="Of open tasks, against the due moment of the step.",
    )

    @api.depends("user_id")
    def _compute_stand_in_id(self):
        for task in self:
            acting = task.user_id._motcua_acting()
            task.stand_in_id = acting != task.user_id and acting

    @api.depends("date_done", "date_due", "dossier_id.status")
    def _compute_urgency(self):
        now = fields.Datetime.now()
        for task in self:
            if task.date_done:
                task.urgency = False
            elif task.dossier_id.status in PAUSED:
                task.urgency = task.dossier_id._urgency_paused(task.date_due)
            else:
                task.urgency = task.dossier_id._urgency_of(task.date_due, now)

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Counts by urgency, for the bars above the columns."""
        if groupby_spec != "urgency":
            return super()._read_group_groupby(alias, groupby_spec, query)
        dossier = query.left_join(
            alias, "dossier_id", "motcua_dossier", "id", "dossier_id"
        )
        status = SQL.identifier(dossier, "status")
        return SQL(
            "CASE WHEN %s IS NULL THEN %s END",
            SQL.identifier(alias, "date_done"),
            self.env["motcua.dossier"]._urgency_sql(
                SQL.identifier(dossier, "id"),
                status,
                tuple(code for code, _label in STATUSES if code not in PAUSED),
                SQL.identifier(alias, "date_due"),
            ),
        )

    @api.model
    def _group_expand_officers(self, users, domain):
        """A column for every officer of the units where the current user works, with
        work or without."""
        return users | self.env.user | self.env.user._motcua_colleagues()

    @api.model
    def web_read_group(
        self, domain, groupby, *args, auto_unfold=False, opening_info=None, **kwargs
    ):
        # Work that nobody has is what the head came to see; Odoo would fold it away.
        if auto_unfold and not opening_info and list(groupby) == ["user_id"]:
            limit = kwargs.get("unfold_read_default_limit", 80)
            opening_info = [
                {"value": False, "folded": False, "limit": limit, "offset": 0}
            ]
        return super().web_read_group(
            domain,
            groupby,
            *args,
            auto_unfold=auto_unfold,
            opening_info=opening_info,
            **kwargs,
        )

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if vals.keys() != {"user_id"}:
            raise AccessError(
                self.env._("Hand-overs change only when the dossier moves.")
            )
        # A card was dragged to another officer: the verb decides whether it may go.
        if any(task.date_done or task.kind != "main" for task in self):
            raise UserError(self.env._("Only work that is open can be handed over."))
        self.dossier_id.action_assign(vals["user_id"])
        return True

    @takes()
    def action_open_dossier(self):
        self.ensure_one()
        return self.dossier_id.get_formview_action()
