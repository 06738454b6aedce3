from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..tools import stand_in
from ..tools.localtime import today_in_vietnam


class Absence(models.Model):
    """When an officer is away, and who does the work meanwhile.

    Nothing is handed over and nothing handed back: as long as the absence lasts, the
    stand-in acts under the officer's assignments (``res.users._motcua_memberships``) in
    those public bodies where the stand-in works as well.
    """

    _name = "motcua.absence"
    _description = "Absence"
    _inherit = ["motcua.configuration", "mail.thread"]
    _order = "date_from desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        "Officer",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        tracking=True,
    )
    date_from = fields.Date(
        "From", required=True, default=lambda self: today_in_vietnam(), tracking=True
    )
    date_to = fields.Date(
        "To", tracking=True, help="The last day away; empty: until further notice."
    )
    stand_in_id = fields.Many2one(
        "res.users",
        "Stand-in",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        help="Sees and does the officer's work during the absence.",
    )
    reason = fields.Selection(
        [
            ("leave", "Leave"),
            ("sick", "Sick"),
            ("mission", "Business trip"),
            ("training", "Training"),
            ("other", "Other"),
        ],
        required=True,
        default="leave",
        tracking=True,
    )
    note = fields.Char()
    headed_ids = fields.Many2many(
        "res.users",
        compute="_compute_headed_ids",
        help="Whose absences the current user may enter.",
    )
    colleague_ids = fields.Many2many(
        "res.users",
        compute="_compute_colleague_ids",
        help="Who may stand in: officers of the same public bodies.",
    )

    _dates_check = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "An absence cannot end before it begins.",
    )
    _stand_in_check = models.Constraint(
        "CHECK (user_id != stand_in_id)",
        "An officer cannot stand in for himself or herself.",
    )

    @api.depends_context("uid")
    def _compute_headed_ids(self):
        self.headed_ids = self.env.user._motcua_headed_ids()

    @api.depends("user_id")
    def _compute_colleague_ids(self):
        for absence in self:
            absence.colleague_ids = absence.user_id._motcua_colleagues()

    @api.depends("user_id", "date_from", "date_to")
    def _compute_display_name(self):
        for absence in self:
            days = [absence.date_from, absence.date_to]
            absence.display_name = " ".join(
                [
                    absence.user_id.name or "",
                    " – ".join(day.strftime("%d/%m/%Y") for day in days if day),
                ]
            )

    @api.constrains("user_id", "date_from", "date_to")
    def _check_overlap(self):
        for absence in self:
            other = absence._overlapping().filtered(
                lambda other, user=absence.user_id: other.user_id == user
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "This overlaps with an absence entered already: %s.",
                        other[0].display_name,
                    )
                )

    @api.constrains("user_id", "stand_in_id", "date_from", "date_to")
    def _check_stand_in(self):
        for absence in self:
            officer, deputy = absence.user_id, absence.stand_in_id
            if deputy not in officer._motcua_colleagues():
                raise ValidationError(
                    self.env._(
                        "%(stand_in)s cannot stand in for %(officer)s: the stand-in "
                        "has to be an officer of the same public body.",
                        stand_in=deputy.name,
                        officer=officer.name,
                    )
                )
            around = absence | absence._overlapping()
            # Within the absence, who is away changes only on these days.
            for day in {max(a.date_from, absence.date_from) for a in around}:
                away = {a.user_id: a.stand_in_id for a in around if a._covers(day)}
                if stand_in.present(officer, away) is None:
                    raise ValidationError(
                        self.env._(
                            "On %(day)s %(stand_in)s is away as well, and the "
                            "stand-ins lead back to %(officer)s: nobody would be "
                            "there.",
                            day=day.strftime("%d/%m/%Y"),
                            stand_in=deputy.name,
                            officer=officer.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        absences = super().create(vals_list)
        absences._check_may_enter()
        return absences

    def write(self, vals):
        self._check_may_enter()
        res = super().write(vals)
        self._check_may_enter()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_only_future(self):
        self._check_may_enter()
        if any(absence.date_from <= today_in_vietnam() for absence in self):
            raise UserError(
                self.env._(
                    "This absence has begun, and somebody acted under it. Enter the "
                    "day on which it ended instead."
                )
            )

    # ------------------------------------------------------------------

    def _check_may_enter(self):
        """Absences give somebody rights, so not everybody may enter them."""
        user = self.env.user
        if self.env.su or user.has_group("motcua_base.group_system_admin"):
            return
        foreign = self.user_id.filtered(
            lambda officer: officer.id not in user._motcua_headed_ids()
        )
        if foreign:
            raise AccessError(
                self.env._(
                    "The absence of %s is entered by the officer or the head of the "
                    "unit.",
                    ", ".join(foreign.mapped("name")),
                )
            )

    def _overlapping(self):
        """Other absences, of anybody, that share a day with this one."""
        self.ensure_one()
        domain = Domain("id", "!=", self.id) & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", self.date_from)
        )
        if self.date_to:
            domain &= Domain("date_from", "<=", self.date_to)
        return self.sudo().search(domain)

    def _covers(self, day):
        self.ensure_one()
        return self.date_from <= day and (not self.date_to or day <= self.date_to)

    @api.model
    def _in_force(self, day):
        """Absences that cover ``day``."""
        return self.sudo().search(
            [
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )
