from odoo import api, fields, models
from odoo.exceptions import UserError

try:
    import holidays
except ImportError:  # the manifest names it; only proposing days needs it
    holidays = None


class CalendarYear(models.Model):
    """Days off and make-up working days of one year.

    Proposed from the ``holidays`` package, then confirmed by a person, because the
    Prime Minister decides the exact days each year (Labour Code 2019, article 112.3).
    """

    _name = "motcua.calendar.year"
    _description = "Calendar year"
    _order = "year desc"
    _rec_name = "year"

    year = fields.Integer(required=True, aggregator=None)
    state = fields.Selection(
        [("proposed", "Proposed"), ("confirmed", "Confirmed")],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
    )
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    decision = fields.Char("Decided by", help="The decision or notice relied on.")
    day_ids = fields.One2many("motcua.calendar.day", "year_id", "Days")

    _year_uniq = models.Constraint("UNIQUE (year)", "This year exists already.")
    _year_check = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)", "A year has four digits."
    )

    @api.depends("year")
    def _compute_display_name(self):
        for record in self:
            record.display_name = str(record.year)

    def write(self, vals):
        if not self.env.su and vals.keys() & {
            "state",
            "confirmed_by_id",
            "confirmed_on",
        }:
            raise UserError(self.env._("A year is confirmed with its own button."))
        return super().write(vals)

    def action_propose(self):
        """Fill the year with the public holidays known to the ``holidays`` package.

        Days that stand already are kept as they are.
        """
        self.check_access("write")
        if holidays is None:
            raise UserError(
                self.env._("The Python package “holidays” is not installed.")
            )
        for record in self:
            known = set(record.day_ids.mapped("date"))
            calendar = holidays.country_holidays("VN", years=record.year, language="vi")
            self.env["motcua.calendar.day"].create(
                [
                    {"year_id": record.id, "date": day, "kind": "off", "name": name}
                    for day, name in sorted(calendar.items())
                    if day not in known
                ]
            )

    def action_confirm(self):
        """Put the year in force; open dossiers get their due dates anew."""
        self.check_access("write")
        self.sudo().write(
            {
                "state": "confirmed",
                "confirmed_by_id": self.env.uid,
                "confirmed_on": fields.Datetime.now(),
            }
        )
        self.env["resource.calendar"]._motcua_changed()


class CalendarDay(models.Model):
    """A dated exception to the week: a day off, or a day worked to make up for one."""

    _name = "motcua.calendar.day"
    _description = "Calendar day"
    _order = "date"

    year_id = fields.Many2one(
        "motcua.calendar.year", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True)
    kind = fields.Selection(
        [("off", "Day off"), ("work", "Make-up working day")],
        required=True,
        default="off",
    )
    name = fields.Char(required=True)
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Only for calendar",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: for all calendars.",
    )

    _date_uniq = models.UniqueIndex(
        "(date, COALESCE(calendar_id, 0))", "This day is given already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        days._check_year()
        self.env["resource.calendar"]._motcua_changed()
        return days

    def write(self, vals):
        res = super().write(vals)
        self._check_year()
        self.env["resource.calendar"]._motcua_changed()
        return res

    def unlink(self):
        res = super().unlink()
        self.env["resource.calendar"]._motcua_changed()
        return res

    def _check_year(self):
        for day in self:
            if day.date.year != day.year_id.year:
                raise UserError(
                    self.env._(
                        "%(day)s does not lie in %(year)s.",
                        day=day.date.strftime("%d/%m/%Y"),
                        year=day.year_id.year,
                    )
                )
