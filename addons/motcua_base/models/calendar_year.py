from datetime import date

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools.misc import babel_locale_parse, get_lang

from ..api import takes
from ..tools.localtime import to_local, today_in_vietnam

try:
    import holidays
except ImportError:  # the manifest names it; only proposing days needs it
    holidays = None

# The month from which a year that comes has to be confirmed.
REMIND_FROM = 11
SATURDAY = 5


class CalendarYear(models.Model):
    """Days off and make-up working days of one year.

    Proposed from the ``holidays`` package, then confirmed by a person, because the
    Prime Minister decides the exact days each year (Labour Code 2019, article 112.3).
    """

    _name = "motcua.calendar.year"
    _description = "Calendar year"
    _inherit = ["mail.thread", "mail.activity.mixin", "motcua.configuration"]
    _order = "year desc"
    _rec_name = "year"

    year = fields.Integer(required=True, aggregator=None)
    state = fields.Selection(
        [("proposed", "Proposed"), ("confirmed", "Confirmed")],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        tracking=True,
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

    @takes()
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

    @takes()
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
        self.sudo().activity_unlink(["motcua_base.mail_activity_type_year"])

    @api.model
    def _is_missing(self, year):
        """Whether nobody has confirmed the days off of ``year``."""
        return not self.sudo().search_count(
            [("year", "=", year), ("state", "=", "confirmed")], limit=1
        )

    @api.model
    @tools.ormcache()
    def _confirmed_years(self):
        rows = self.sudo().search([("state", "=", "confirmed")])
        return frozenset(rows.mapped("year"))

    @api.model
    def _unconfirmed(self, start, end):
        """The years from ``start`` to ``end`` (moments, naive UTC) whose days off
        nobody has confirmed, in order: what is reckoned through them is provisional."""
        years = range(to_local(start).year, to_local(end).year + 1)
        return [year for year in years if year not in self._confirmed_years()]

    @api.model
    def _needed_years(self):
        """The years whose days off have to be confirmed by now: this one, the next from
        November on, and all that open dossiers are promised in."""
        today = today_in_vietnam()
        last = today.year + (today.month >= REMIND_FROM)
        promised = self.env["motcua.dossier"]._last_promise()
        if promised:
            last = max(last, to_local(promised).year)
        return range(today.year, last + 1)

    @api.model
    def _missing_years(self):
        """The needed years that nobody has confirmed."""
        return [year for year in self._needed_years() if self._is_missing(year)]

    @api.model
    def _cron_remind(self):
        """Remind system administrators of years that come unconfirmed: receipts promise
        days of them already."""
        for year in self._missing_years():
            if year > today_in_vietnam().year:
                self._remind_of(year)

    @api.model
    def _remind_of(self, year):
        record = self.search([("year", "=", year)]) or self.create({"year": year})
        if not record.day_ids and holidays:
            record.action_propose()
        kind = self.env.ref("motcua_base.mail_activity_type_year")
        told = record.activity_ids.filtered(lambda row: row.activity_type_id == kind)
        admins = self.env.ref("motcua_base.group_system_admin").all_user_ids
        for user in admins.filtered("active") - told.user_id:
            # No e-mail: it stands in the list of activities.
            record.with_context(mail_activity_quick_update=True).activity_schedule(
                activity_type_id=kind.id,
                user_id=user.id,
                date_deadline=date(year - 1, 12, 31),
                summary=self.env._("Confirm the days off of %s", year),
            )


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
    weekday = fields.Char(compute="_compute_weekday")
    doubt = fields.Char(
        "To be checked",
        compute="_compute_doubt",
        help="What looks like a slip of the pen; nothing is refused for it.",
    )
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

    @api.depends("date")
    @api.depends_context("lang")
    def _compute_weekday(self):
        names = babel_locale_parse(get_lang(self.env).code).days["format"]["wide"]
        for day in self:
            name = day.date and names[day.date.weekday()]
            day.weekday = name and name[0].upper() + name[1:]

    @api.depends("date", "kind")
    def _compute_doubt(self):
        for day in self:
            weekend = day.date and day.date.weekday() >= SATURDAY
            if day.kind == "work" and day.date and not weekend:
                day.doubt = self.env._("A working day as it is")
            elif day.kind == "off" and weekend:
                day.doubt = self.env._("Weekend: is another day off instead?")
            else:
                day.doubt = False

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
            if day.date and day.date.year != day.year_id.year:
                raise UserError(
                    self.env._(
                        "%(day)s does not lie in %(year)s.",
                        day=day.date.strftime("%d/%m/%Y"),
                        year=day.year_id.year,
                    )
                )
