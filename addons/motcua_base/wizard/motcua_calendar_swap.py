from odoo import fields, models
from odoo.exceptions import UserError

from ..api import takes
from ..models.calendar_year import SATURDAY


class CalendarSwap(models.TransientModel):
    """A working day taken off between holidays, and the Saturday on which it is made up
    for: two rows of the year, entered as the one decision that they are."""

    _name = "motcua.calendar.swap"
    _description = "Day off with make-up day"

    year_id = fields.Many2one("motcua.calendar.year", required=True, readonly=True)
    day_off = fields.Date("Day off", required=True)
    day_worked = fields.Date("Worked instead", required=True)
    name = fields.Char("Occasion", required=True)

    @takes()
    def action_apply(self):
        self.ensure_one()
        off, worked = self.day_off, self.day_worked
        if off.weekday() >= SATURDAY or worked.weekday() < SATURDAY:
            raise UserError(
                self.env._(
                    "A day off from Monday to Friday is made up for on a Saturday or "
                    "Sunday: %(off)s and %(worked)s are no such pair.",
                    off=off.strftime("%d/%m/%Y"),
                    worked=worked.strftime("%d/%m/%Y"),
                )
            )
        self.env["motcua.calendar.day"].create(
            [
                {
                    "year_id": self.year_id.id,
                    "date": off,
                    "kind": "off",
                    "name": self.env._(
                        "%(occasion)s (worked on %(day)s)",
                        occasion=self.name,
                        day=worked.strftime("%d/%m"),
                    ),
                },
                {
                    "year_id": self.year_id.id,
                    "date": worked,
                    "kind": "work",
                    "name": self.env._("Made up for %s", off.strftime("%d/%m/%Y")),
                },
            ]
        )
        return {"type": "ir.actions.act_window_close"}
