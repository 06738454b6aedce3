from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import format_date

from ..tools.localtime import to_local, today_in_vietnam
from .calendar_year import REMIND_FROM
from .dossier_notice import NOTICES
from .sms_gateway import OFF

# What can be set, in the order of the page: whoever may write the rows of the model
# sees the card that ``_card_<name>`` makes.
CARDS = {
    "ruleset": "motcua.ruleset",
    "code": "motcua.ruleset",
    "year": "motcua.calendar.year",
    "calendar": "resource.calendar",
    "mail": "motcua.sms.template",
    "sms": "motcua.sms.template",
    "file": "motcua.file.rule",
    "favourite": "motcua.favourite",
    "stage": "motcua.stage",
}


class Settings(models.AbstractModel):
    """One page of all settings: what each is for, how it stands now, and the way
    there."""

    _name = "motcua.settings"
    _description = "Settings"

    @api.model
    def load(self):
        """The cards that the user may change.

        :return: list of ``{"key", "icon", "title", "help", "lines", "warning",
            "links"}``: ``lines`` say how it stands, ``warning`` what is to be done, a
            link is ``{"label", "action"}``
        """
        if not self.env.user.has_group("motcua_base.group_procedure_admin"):
            raise AccessError(self.env._("Settings are for administrators."))
        return [
            {"key": name, "warning": False, **getattr(self, f"_card_{name}")()}
            for name, model in CARDS.items()
            if self.env[model].has_access("write")
        ]

    @api.model
    def _day(self, day):
        return format_date(self.env, day)

    def _card_ruleset(self):
        Ruleset = self.env["motcua.ruleset"]
        today = today_in_vietnam()
        rules = Ruleset.search([("active", "=", True)], order="date_from")
        in_force = rules.filtered(lambda rule: rule.validity == "in_force")
        lines = [self.env._("In force: %s", rule.name) for rule in in_force] + [
            self.env._(
                "From %(day)s: %(name)s", day=self._day(rule.date_from), name=rule.name
            )
            for rule in rules
            if rule.date_from > today
        ]
        return {
            "icon": "fa-balance-scale",
            "title": self.env._("Rule sets"),
            "help": self.env._(
                "What the decrees say in numbers: how often a supplement may be asked "
                "for, how the term runs, when to warn, numbers and titles of the forms."
            ),
            "lines": lines or [self.env._("No rule set is in force.")],
            "warning": not in_force
            and self.env._("Nothing can be received without rules in force."),
            "links": [self._link(self.env._("Rule sets"), "ruleset_action")],
        }

    def _card_code(self):
        rules = self.env["motcua.ruleset"].browse(
            self.env["motcua.ruleset"]._id_at(today_in_vietnam())
        )
        return {
            "icon": "fa-hashtag",
            "title": self.env._("Numbers of dossiers"),
            "help": self.env._(
                "The pattern of codes belongs to the rule set in force. Every number "
                "handed out is on record, gaps included."
            ),
            "lines": [
                self.env._("Today's codes look like %s", rule.code_example)
                for rule in rules
            ],
            "links": [
                *(
                    {
                        "label": self.env._("Change the pattern"),
                        "action": {
                            "type": "ir.actions.act_window",
                            "res_model": rule._name,
                            "res_id": rule.id,
                            "views": [[False, "form"]],
                        },
                    }
                    for rule in rules
                ),
                self._link(self.env._("Numbers handed out"), "number_action"),
            ],
        }

    def _card_year(self):
        today = today_in_vietnam()
        Year = self.env["motcua.calendar.year"]
        lines = []
        for year in (today.year, today.year + 1):
            row = Year.search([("year", "=", year)])
            if row.state == "confirmed":
                lines.append(
                    self.env._(
                        "%(year)s: confirmed by %(who)s on %(day)s",
                        year=year,
                        who=row.confirmed_by_id.name,
                        day=self._day(to_local(row.confirmed_on).date()),
                    )
                )
            else:
                lines.append(self.env._("%s: not confirmed", year))
        missing = [
            str(year)
            for year in (today.year, today.year + 1)
            if Year._is_missing(year)
            and (year == today.year or today.month >= REMIND_FROM)
        ]
        return {
            "icon": "fa-calendar",
            "title": self.env._("Holidays and make-up days"),
            "help": self.env._(
                "Days off and Saturdays worked instead, each year. The system proposes "
                "them; a person confirms them after the Prime Minister has decided."
            ),
            "lines": lines,
            "warning": bool(missing)
            and self.env._(
                "Confirm %s: dates on receipts are reckoned with it.",
                ", ".join(missing),
            ),
            "links": [self._link(self.env._("Years"), "calendar_year_action")],
        }

    def _card_calendar(self):
        count = self.env["resource.calendar"].search_count([])
        return {
            "icon": "fa-clock-o",
            "title": self.env._("Working hours"),
            "help": self.env._(
                "Hours of work in the week. Units without hours of their own follow "
                "the unit above, at last the company."
            ),
            "lines": [
                self.env._(
                    "%(count)s calendars; the company's: %(name)s",
                    count=count,
                    name=self.env.company.resource_calendar_id.sudo().name,
                )
            ],
            "links": [self._link(self.env._("Calendars"), "resource_calendar_action")],
        }

    def _card_mail(self):
        templates = self.env["mail.template"].search(
            self.env["mail.template"]._motcua_domain()
        )
        return {
            "icon": "fa-envelope-o",
            "title": self.env._("E-mails to applicants"),
            "help": self.env._(
                "What applicants are told by e-mail. A preview shows how a text reads "
                "for a dossier; an archived text is not sent."
            ),
            "lines": [
                self.env._("%s texts are in use", len(templates)),
            ],
            "links": [self._link(self.env._("Texts"), "mail_template_action")],
        }

    def _card_sms(self):
        templates = self.env["motcua.sms.template"].search_count([])
        gateway = self.env["motcua.sms.gateway"]._name_in_use()
        failed = self.env["motcua.sms.message"].search_count([("state", "=", "failed")])
        lines = [
            self.env._(
                "%(count)s of %(all)s occasions send a text",
                count=templates,
                all=len(NOTICES),
            )
        ]
        if failed:
            lines.append(self.env._("%s messages have failed", failed))
        warnings = {
            OFF: self.env._("Text messages are switched off."),
            "log": self.env._(
                "No operator is connected: messages are only noted in the log."
            ),
        }
        return {
            "icon": "fa-mobile",
            "title": self.env._("Text messages"),
            "help": self.env._(
                "One text of at most 160 letters for each occasion, and what has been "
                "sent."
            ),
            "lines": lines,
            "warning": warnings.get(gateway, False),
            "links": [
                self._link(self.env._("Texts"), "sms_template_action"),
                self._link(self.env._("Messages sent"), "sms_message_action"),
            ],
        }

    def _card_file(self):
        kinds, megabytes = self.env["motcua.file.rule"]._general()
        return {
            "icon": "fa-paperclip",
            "title": self.env._("Files"),
            "help": self.env._(
                "Which files dossiers take. New wanted papers start from these rules, "
                "and files in messages and results obey them."
            ),
            "lines": [
                self.env._(
                    "%(kinds)s, at most %(size)s MB",
                    kinds=", ".join(kind.upper() for kind in kinds),
                    size=megabytes,
                )
            ],
            "links": [self._link(self.env._("Files taken"), "file_rule_action")],
        }

    def _card_favourite(self):
        count = self.env["motcua.favourite"].search_count([])
        return {
            "icon": "fa-star-o",
            "title": self.env._("Favourite procedures"),
            "help": self.env._(
                "Procedures on the buttons of the intake screen, for each desk. "
                "Officers add their own with the star."
            ),
            "lines": [
                self.env._("%s units have a list of their own", count)
                if count
                else self.env._("Every desk shows what it receives most")
            ],
            "links": [self._link(self.env._("Lists of units"), "favourite_action")],
        }

    def _card_stage(self):
        stages = self.env["motcua.stage"].search([], limit=20)
        return {
            "icon": "fa-columns",
            "title": self.env._("Columns of the board"),
            "help": self.env._("All procedures share them; steps map onto them."),
            "lines": [" · ".join(stages.mapped("name"))],
            "links": [self._link(self.env._("Columns"), "stage_action")],
        }

    @api.model
    def _link(self, label, action):
        return {"label": label, "action": f"motcua_base.{action}"}
