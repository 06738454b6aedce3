from odoo import api, fields, models, tools

from ..tools import clock


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    motcua_day_ids = fields.One2many(
        "motcua.calendar.day", "calendar_id", "Own days off and make-up days"
    )

    @tools.ormcache("self.id")
    def _motcua_clock(self):
        """This calendar compiled for ``tools.clock``; cached until it changes."""
        self.ensure_one()
        calendar = self.sudo()
        week = [[] for _day in range(7)]
        for line in calendar.attendance_ids:
            if not line.display_type and line.day_period != "lunch":
                week[int(line.dayofweek)].append(
                    (round(line.hour_from * 60), round(line.hour_to * 60))
                )
        week = tuple(tuple(sorted(intervals)) for intervals in week)
        # A make-up day is worked like the first working day of the week.
        usual = next((intervals for intervals in week if intervals), ())
        days = (
            self.env["motcua.calendar.day"]
            .sudo()
            .search(
                [("calendar_id", "in", (False, self.id))],
                # days of the calendar itself come last, and win over national ones
                order="calendar_id DESC NULLS FIRST",
            )
        )
        kinds = {day.date: day.kind for day in days}
        return clock.WorkCalendar(
            week,
            days_off=frozenset(day for day, kind in kinds.items() if kind == "off"),
            extra_days={day: usual for day, kind in kinds.items() if kind == "work"},
        )

    @api.model
    def _motcua_changed(self):
        """Working time has changed: forget compiled calendars and, once at the end of
        the transaction, recompute the due dates of open dossiers."""
        self.env.registry.clear_cache()
        precommit = self.env.cr.precommit
        if "motcua_calendar" not in precommit.data:
            precommit.data["motcua_calendar"] = True
            precommit.add(self.env["motcua.dossier"].sudo()._recompute_open)


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env["resource.calendar"]._motcua_changed()
        return lines

    def write(self, vals):
        res = super().write(vals)
        self.env["resource.calendar"]._motcua_changed()
        return res

    def unlink(self):
        res = super().unlink()
        self.env["resource.calendar"]._motcua_changed()
        return res
