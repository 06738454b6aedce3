from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..tools import code as code_tools
from ..tools.localtime import today_in_vietnam

FORMS = [
    ("receipt", "Receipt and appointment"),
    ("supplement", "Request for supplement"),
    ("rejection", "Refusal to receive or handle"),
    ("apology", "Apology and new date"),
    ("stop", "Notice of stopped handling"),
    ("control", "Control sheet"),
    ("register", "Register of dossiers"),
]


class Ruleset(models.Model):
    """Legal parameters in force from a day on. A dossier keeps the rule set under
    which it was received, whatever changes later."""

    _name = "motcua.ruleset"
    _description = "Rule set"
    _inherit = ["motcua.configuration"]
    _order = "date_from desc"

    name = fields.Char(required=True)
    date_from = fields.Date("In force from", required=True)
    active = fields.Boolean(default=True)
    clock_policy = fields.Selection(
        [("pause", "The term stands still"), ("restart", "The term starts again")],
        "When the applicant supplements",
        required=True,
        default="pause",
    )
    max_supplements = fields.Integer("Supplement requests at most", default=1)
    max_notices = fields.Integer(
        "Notices before acceptance at most",
        default=1,
        help="An incomplete filing gets one, and a full one (Decree 309/2026, 8.1).",
    )
    supplement_notice_days = fields.Integer(
        "Notice of supplement within (working days)", default=3
    )
    supplement_days = fields.Integer(
        "Days given to the applicant", default=30, help="Proposed when asking."
    )
    max_stops = fields.Integer("Stops at most", default=1)
    stop_days = fields.Integer("A stop lasts at most (days)", default=30)
    stop_must_end = fields.Boolean(
        "A stop must have an end",
        default=True,
        help="Otherwise a dossier may be stopped for as long as it takes.",
    )
    max_extensions = fields.Integer("Extensions at most", default=1)
    extension_notice_days = fields.Integer(
        "Extension announced before (days)", default=1
    )
    intake_hours = fields.Float(
        "Online filings answered within (working hours)", default=8
    )
    handover_cutoff = fields.Float(
        "Passed on the same day if received before",
        default=15,
        help="Later, at the beginning of the next working day (Decree 309/2026, 9). "
        "Of dossiers that were received for an agency elsewhere.",
    )
    warn_hours = fields.Float(
        "First warning before due (working hours)",
        default=24,
        help="To the officer. 0: no such warning.",
    )
    warn_days = fields.Integer(
        "Second warning before due (working days)",
        default=2,
        help="To the officer and the head. 0: no such warning.",
    )
    code_pattern = fields.Char(
        "Dossier code", required=True, default="{identifier}-{yymmdd}-{number:04d}"
    )
    code_example = fields.Char("A code looks like", compute="_compute_code_example")
    code_scannable = fields.Boolean(compute="_compute_code_example")
    validity = fields.Selection(
        [("coming", "To come"), ("in_force", "In force"), ("past", "Superseded")],
        compute="_compute_validity",
    )
    unpaid_result = fields.Selection(
        [("ask", "Asks for the reason"), ("refuse", "Is refused")],
        "Handing over with fees unpaid",
        required=True,
        default="ask",
    )
    zero_in_words = fields.Selection(
        [("linh", "linh (một trăm linh năm)"), ("le", "lẻ (một trăm lẻ năm)")],
        "A zero among the tens in words",
        required=True,
        default="linh",
    )
    form_ids = fields.One2many("motcua.ruleset.form", "ruleset_id", "Forms", copy=True)
    note = fields.Text()

    _date_uniq = models.Constraint(
        "UNIQUE (date_from)", "Another rule set is in force from this day already."
    )
    _limits_check = models.Constraint(
        "CHECK (max_supplements >= 0 AND max_notices >= 0"
        " AND max_extensions >= 0 AND supplement_days > 0"
        " AND supplement_notice_days >= 0 AND extension_notice_days >= 0"
        " AND max_stops >= 0 AND stop_days > 0"
        " AND handover_cutoff BETWEEN 0 AND 24"
        " AND intake_hours > 0 AND warn_hours >= 0 AND warn_days >= 0)",
        "Limits and numbers of days cannot be negative.",
    )

    @api.depends("code_pattern")
    def _compute_code_example(self):
        identifier = self.env["motcua.agency"]._sample_identifier()
        for ruleset in self:
            pattern = ruleset.code_pattern or ""
            try:
                code_tools.check_pattern(pattern)
            except ValueError:
                ruleset.code_example = ruleset.code_scannable = False
                continue
            day = today_in_vietnam()
            ruleset.code_example = code_tools.format_code(pattern, identifier, day, 1)
            ruleset.code_scannable = code_tools.is_scannable(pattern)

    @api.depends("date_from", "active")
    def _compute_validity(self):
        today = today_in_vietnam()
        in_force = self._id_at(today)
        for ruleset in self:
            if ruleset._origin.id == in_force:
                ruleset.validity = "in_force"
            elif ruleset.date_from and ruleset.date_from > today:
                ruleset.validity = "coming"
            else:
                ruleset.validity = "past"

    @api.constrains("code_pattern")
    def _check_code_pattern(self):
        for ruleset in self:
            try:
                code_tools.check_pattern(ruleset.code_pattern)
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "Two dossiers could get the same code. The pattern needs "
                        "{identifier}, {yymmdd} and {number}, with a sign such as - "
                        "between them, for example "
                        "{identifier}-{yymmdd}-{number:04d}."
                    )
                ) from None

    @api.model
    def _get_at(self, day):
        """The rule set in force on ``day``; raises UserError when there is none."""
        ruleset = self.sudo().browse(self._id_at(day))
        if not ruleset:
            raise UserError(self.env._("No rule set is in force on %(day)s.", day=day))
        return ruleset

    @api.model
    @tools.ormcache("day")
    def _id_at(self, day):
        Ruleset = self.sudo().with_context(active_test=True)
        return Ruleset.search([("date_from", "<=", day)], limit=1).id

    @api.model
    def _zero_at(self, day):
        """How a zero among the tens is said on ``day`` (``text.number_words``)."""
        return self.sudo().browse(self._id_at(day)).zero_in_words or "linh"

    @api.model
    def _warning_horizon(self):
        """Time before a due moment in which no rule set warns yet; a generous bound for
        searching, not exact."""
        [(hours, days)] = self.sudo()._read_group(
            [], aggregates=["warn_hours:max", "warn_days:max"]
        )
        # Four working hours a day, twice the days for weekends, two weeks for Tết.
        return timedelta(days=2 * max((hours or 0) / 4, days or 0) + 14)

    @tools.ormcache("self.id")
    def _get_code_pattern(self):
        return self.sudo().code_pattern

    def _get_form(self, kind):
        """The row of the statutory form ``kind`` (number and title), maybe empty."""
        self.ensure_one()
        return self.form_ids.filtered(lambda form: form.kind == kind)[:1]


class RulesetForm(models.Model):
    """Number, title and abbreviation of one statutory form under a rule set."""

    _name = "motcua.ruleset.form"
    _description = "Statutory form"
    _order = "number"

    ruleset_id = fields.Many2one(
        "motcua.ruleset", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(FORMS, required=True)
    number = fields.Char(required=True)
    name = fields.Char("Title", required=True, translate=False)
    symbol = fields.Char(
        help="Stands behind the number of the paper, for example TNHS in 12/TNHS."
    )

    _kind_uniq = models.Constraint(
        "UNIQUE (ruleset_id, kind)", "A rule set has each form once."
    )
