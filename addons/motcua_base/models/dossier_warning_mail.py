from odoo import api, fields, models
from odoo.tools import groupby, split_every

from ..tools.localtime import to_local, today_in_vietnam
from ..tools.warning import LEVELS

# People whose letters are written in one transaction.
BATCH = 100


class DossierWarning(models.Model):
    """The morning e-mail: what burns, one letter a person, on working days."""

    _inherit = "motcua.dossier.warning"

    @api.model
    def _cron_mail(self):
        """Every morning: what was warned of since the last letter. What the letters of
        other days said is only counted."""
        unmailed = [("date_mailed", "=", False)]
        users = [user for (user,) in self._read_group(unmailed, ["user_id"])]
        remaining = len(users)
        for some in split_every(BATCH, users):
            some_ids = [user.id for user in some]
            self.search([*unmailed, ("user_id", "in", some_ids)])._mail()
            remaining -= len(some_ids)
            if not self.env["ir.cron"]._commit_progress(
                len(some_ids), remaining=remaining
            ):
                break

    def _mail(self):
        """Queue the letters for these warnings; who has a day off gets them later."""
        today = today_in_vietnam()
        over = self.filtered(lambda row: row._is_over())
        due_now = (self - over).filtered(
            lambda row: row.user_id._motcua_works_on(today)
        )
        earlier = dict(
            self._read_group(
                [
                    ("user_id", "in", due_now.user_id.ids),
                    ("date_mailed", "!=", False),
                    ("activity_id.active", "=", True),
                ],
                ["user_id"],
                ["dossier_id:count_distinct"],
            )
        )
        letters = [
            self._prepare_letter(user, self.browse().union(*rows), earlier.get(user, 0))
            for user, rows in groupby(due_now, key=lambda row: row.user_id)
            if user.email
        ]
        self.env["mail.mail"].create(letters)
        (over | due_now).date_mailed = fields.Datetime.now()

    @api.model
    def _prepare_letter(self, user, rows, earlier):
        lang = user.lang or self.env.lang
        rows = rows.with_context(lang=lang)
        body = (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                "motcua_base.mail_warning_letter",
                {
                    "name": user.name,
                    "lines": rows._letter_lines(),
                    "earlier": earlier,
                    "day": today_in_vietnam().strftime("%d/%m/%Y"),
                    "work_url": f"{rows[:1].get_base_url()}/odoo/motcua-work",
                },
            )
        )
        return {
            "subject": rows.env._(
                "What burns today: %(count)s dossier(s)", count=len(rows.dossier_id)
            ),
            "email_from": self.env.company.email_formatted or user.email_formatted,
            "email_to": user.email_formatted,
            "body_html": body,
            "auto_delete": True,
        }

    def _letter_lines(self):
        """What the letter says of each dossier, what burns most first: its worst
        warning, and rather of the whole than of a step."""
        base_url = self[:1].get_base_url()
        ranked = self.sorted(
            lambda row: (LEVELS.index(row.level), row.about == "dossier")
        )
        worst = self.browse({row.dossier_id: row.id for row in ranked}.values())
        return [
            {
                "level": row.level,
                "label": row._level_label(),
                "code": row.dossier_id.code,
                "subject": row.dossier_id.subject,
                "step": (row.task_id or row.dossier_id.task_id).step_id.name,
                "officer": row.dossier_id.user_id.name,
                "due": to_local(row.date_due).strftime("%H:%M %d/%m/%Y"),
                "url": f"{base_url}/odoo/motcua-dossiers/{row.dossier_id.id}",
            }
            for row in worst.sorted("date_due")
        ]


class ResUsers(models.Model):
    _inherit = "res.users"

    def _motcua_works_on(self, day):
        """Whether any unit where this user works has office hours on ``day``."""
        self.ensure_one()
        return any(
            agency._get_calendar()._motcua_clock().is_working_day(day)
            for agency in self._motcua_memberships().agency_id
        )
