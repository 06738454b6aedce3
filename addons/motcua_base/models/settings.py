from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import LazyTranslate, format_date

from ..api import takes
from ..tools.localtime import to_local, today_in_vietnam
from .dossier_notice import NOTICES
from .res_company import UNNAMED
from .sms_gateway import OFF

_lt = LazyTranslate(__name__)


class Card(NamedTuple):
    """What never changes about a setting. How it stands says ``_state_<key>``, which
    returns ``lines`` and may add a ``warning`` and ``links``."""

    key: str
    # Whoever may write its rows may change the setting, whoever may read them see it.
    model: str
    icon: str
    title: str
    help: str
    # Pairs (label, action of this module).
    links: tuple = ()


# In the order of the page.
CARDS = (
    Card(
        "company",
        "res.company",
        "fa-university",
        _lt("Name of the body"),
        _lt(
            "The name at the top of every screen, and the sender of morning letters. "
            "Printed forms bear the name of the agency in charge, not this one."
        ),
    ),
    Card(
        "ruleset",
        "motcua.ruleset",
        "fa-balance-scale",
        _lt("Rule sets"),
        _lt(
            "What the decrees say in numbers: how often a supplement may be asked "
            "for, how the term runs, when to warn, numbers and titles of the forms."
        ),
        ((_lt("Rule sets"), "ruleset_action"),),
    ),
    Card(
        "code",
        "motcua.ruleset",
        "fa-hashtag",
        _lt("Numbers of dossiers"),
        _lt(
            "The pattern of codes belongs to the rule set in force. Every number "
            "handed out is on record, gaps included."
        ),
        ((_lt("Numbers handed out"), "number_action"),),
    ),
    Card(
        "year",
        "motcua.calendar.year",
        "fa-calendar",
        _lt("Holidays and make-up days"),
        _lt(
            "Days off and Saturdays worked instead, each year. The system proposes "
            "them; a person confirms them after the Prime Minister has decided."
        ),
        ((_lt("Years"), "calendar_year_action"),),
    ),
    Card(
        "calendar",
        "resource.calendar",
        "fa-clock-o",
        _lt("Working hours"),
        _lt(
            "Hours of work in the week. Units without hours of their own follow "
            "the unit above, at last the company."
        ),
        ((_lt("Calendars"), "resource_calendar_action"),),
    ),
    Card(
        "mail",
        "motcua.letter.template",
        "fa-envelope-o",
        _lt("E-mails to applicants"),
        _lt(
            "What applicants are told by e-mail. A preview shows how a text reads "
            "for a dossier; an archived text is not sent."
        ),
        ((_lt("Texts"), "letter_template_action"),),
    ),
    Card(
        "sms",
        "motcua.sms.template",
        "fa-mobile",
        _lt("Text messages"),
        _lt(
            "One text of at most 160 letters for each occasion, and what has been sent."
        ),
        (
            (_lt("Texts"), "sms_template_action"),
            (_lt("Messages sent"), "sms_message_action"),
        ),
    ),
    Card(
        "file",
        "motcua.file.rule",
        "fa-paperclip",
        _lt("Files"),
        _lt(
            "Which files dossiers take. New wanted papers start from these rules, "
            "and files in messages and results obey them."
        ),
        ((_lt("Files taken"), "file_rule_action"),),
    ),
    Card(
        "favourite",
        "motcua.favourite",
        "fa-star-o",
        _lt("Favourite procedures"),
        _lt(
            "Procedures on the buttons of the intake screen, for each desk. "
            "Officers add their own with the star."
        ),
        ((_lt("Lists of units"), "favourite_action"),),
    ),
    Card(
        "stage",
        "motcua.stage",
        "fa-columns",
        _lt("Columns of the board"),
        _lt("All procedures share them; steps map onto them."),
        ((_lt("Columns"), "stage_action"),),
    ),
)


class Settings(models.AbstractModel):
    """One page of all settings: what each is for, how it stands now, and the way
    there."""

    _name = "motcua.settings"
    _description = "Settings"

    @api.model
    @takes()
    def load(self):
        """The cards that the user may see, those to be changed first.

        :return: list of ``{"key", "icon", "title", "help", "lines", "warning",
            "links", "may_change"}``: ``lines`` say how it stands, ``warning`` what is
            to be done, a link is ``{"label", "action"}``
        """
        if not self.env.user.has_group("motcua_base.group_procedure_admin"):
            raise AccessError(self.env._("Settings are for administrators."))
        shown = [card for card in CARDS if self._may_open(card.model)]
        return sorted(map(self._card, shown), key=lambda card: not card["may_change"])

    def _card(self, card):
        state = getattr(self, f"_state_{card.key}")()
        may_change = self.env[card.model].has_access("write")
        links = state.get("links", []) + [
            self._link(label, action) for label, action in card.links
        ]
        return {
            "key": card.key,
            "icon": card.icon,
            "title": self.env._(card.title),
            "help": self.env._(card.help),
            "lines": state["lines"],
            # Who cannot do anything about it is not told to.
            "warning": may_change and state.get("warning", False),
            "links": list(filter(None, links)),
            "may_change": may_change,
        }

    @api.model
    def _may_open(self, model):
        # Everybody may read the company, which is not of interest for its own sake.
        operation = "write" if model == "res.company" else "read"
        return self.env[model].has_access(operation)

    @api.model
    def _link(self, label, action):
        """A link to an action of this module, None where the user may not follow."""
        name = f"motcua_base.{action}"
        model = self.env.ref(name).sudo().res_model
        if not self.env[model].has_access("read"):
            return None
        return {
            "label": self.env._(label),
            "action": name,
        }

    @api.model
    def _record_link(self, label, record):
        action = {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
        }
        return {"label": label, "action": action}

    @api.model
    def _day(self, day):
        return format_date(self.env, day)

    # ------------------------------------------------------------------
    # How each setting stands
    # ------------------------------------------------------------------

    def _state_company(self):
        company = self.env.ref("base.main_company")
        return {
            "lines": [company.name, *filter(None, [company.email])],
            "warning": company.name == UNNAMED
            and self.env._("Enter the name of your body."),
            "links": [self._record_link(self.env._("Change"), company)],
        }

    def _state_ruleset(self):
        today = today_in_vietnam()
        rules = self.env["motcua.ruleset"].search(
            [("active", "=", True)], order="date_from"
        )
        in_force = rules.filtered(lambda rule: rule.validity == "in_force")
        lines = [self.env._("In force: %s", rule.name) for rule in in_force] + [
            self.env._(
                "From %(day)s: %(name)s", day=self._day(rule.date_from), name=rule.name
            )
            for rule in rules
            if rule.date_from > today
        ]
        return {
            "lines": lines or [self.env._("No rule set is in force.")],
            "warning": not in_force
            and self.env._("Nothing can be received without rules in force."),
        }

    def _state_code(self):
        Ruleset = self.env["motcua.ruleset"]
        rules = Ruleset.browse(Ruleset._id_at(today_in_vietnam()))
        return {
            "lines": [
                self.env._("Today's codes look like %s", rule.code_example)
                for rule in rules
            ],
            "links": [
                self._record_link(self.env._("Change the pattern"), rule)
                for rule in rules
                if rule.has_access("write")
            ],
        }

    def _state_year(self):
        Year = self.env["motcua.calendar.year"]
        needed = Year._needed_years()
        years = sorted({*needed, needed[0] + 1})
        rows = {row.year: row for row in Year.search([("year", "in", years)])}
        missing = [str(year) for year in Year._missing_years()]
        return {
            "lines": [self._year_line(year, rows.get(year, Year)) for year in years],
            "warning": bool(missing)
            and self.env._(
                "Confirm %s: dates on receipts are reckoned with it.",
                ", ".join(missing),
            ),
        }

    def _year_line(self, year, row):
        if row.state != "confirmed":
            return self.env._("%s: not confirmed", year)
        return self.env._(
            "%(year)s: confirmed by %(who)s on %(day)s",
            year=year,
            who=row.confirmed_by_id.name,
            day=self._day(to_local(row.confirmed_on).date()),
        )

    def _state_calendar(self):
        line = self.env._(
            "%(count)s calendars; the company's: %(name)s",
            count=self.env["resource.calendar"].search_count([]),
            name=self.env.company.resource_calendar_id.sudo().name,
        )
        return {"lines": [line]}

    def _state_mail(self):
        Letter = self.env["motcua.letter.template"]
        line = self.env._(
            "%(count)s of %(all)s occasions send a letter",
            count=Letter.search_count([]),
            all=len(NOTICES),
        )
        former = Letter.with_context(active_test=False).search_count(
            [("former_text", "!=", False)]
        )
        return {
            "lines": [line],
            "warning": bool(former)
            and self.env._(
                "%s letters had texts of their own before: carry over what is still "
                "wanted.",
                former,
            ),
        }

    def _state_sms(self):
        Message = self.env["motcua.sms.message"]
        lines = [
            self.env._(
                "%(count)s of %(all)s occasions send a text",
                count=self.env["motcua.sms.template"].search_count([]),
                all=len(NOTICES),
            )
        ]
        if failed := Message.search_count([("state", "=", "failed")]):
            lines.append(self.env._("%s messages have failed", failed))
        warnings = {
            OFF: self.env._("Text messages are switched off."),
            "log": self.env._(
                "No operator is connected: messages are only noted in the log."
            ),
        }
        gateway = self.env["motcua.sms.gateway"]._name_in_use()
        return {"lines": lines, "warning": warnings.get(gateway, False)}

    def _state_file(self):
        kinds, megabytes = self.env["motcua.file.rule"]._general()
        line = self.env._(
            "%(kinds)s, at most %(size)s MB",
            kinds=", ".join(kind.upper() for kind in kinds),
            size=megabytes,
        )
        return {"lines": [line]}

    def _state_favourite(self):
        count = self.env["motcua.favourite"].search_count([])
        line = (
            self.env._("%s units have a list of their own", count)
            if count
            else self.env._("Every desk shows what it receives most")
        )
        return {"lines": [line]}

    def _state_stage(self):
        stages = self.env["motcua.stage"].search([], limit=20)
        return {"lines": [" · ".join(stages.mapped("name"))]}
