from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import warning
from ..tools.localtime import to_local, to_utc
from .dossier import PAUSED, WORKING

BATCH = 500
# Who is told of what: the longer it burns, the higher up it goes.
RECIPIENTS = {
    ("dossier", "early"): ("officer",),
    ("dossier", "near"): ("officer", "head"),
    ("dossier", "due"): ("officer", "head"),
    ("dossier", "overdue"): ("officer", "head", "leader"),
    ("pause", "overdue"): ("officer", "head"),
    ("step", "due"): ("officer",),
    ("step", "overdue"): ("officer", "head"),
}

# What tells one warning from another; see ``_once_uniq``.
KEY = ("dossier_id", "user_id", "about", "level", "date_due", "task_id")


class DossierWarning(models.Model):
    """Somebody was warned of a limit: once for each limit and level, as an activity
    on the dossier and in one e-mail the next morning (``dossier_warning_mail.py``).

    Warnings of a step that is finished, of a dossier that is paused in time or whose
    due date has moved are over, and their activities close by themselves.
    """

    _name = "motcua.dossier.warning"
    _description = "Warning"
    _order = "id desc"
    _rec_name = "dossier_id"

    dossier_id = fields.Many2one(
        "motcua.dossier", required=True, readonly=True, ondelete="cascade"
    )
    about = fields.Selection(
        [("dossier", "Dossier"), ("step", "Step"), ("pause", "Pause")],
        required=True,
        readonly=True,
    )
    task_id = fields.Many2one(
        "motcua.dossier.task",
        "Hand-over",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The step warned of; empty for the dossier as a whole.",
    )
    level = fields.Selection(
        [
            ("early", "Due before long"),
            ("near", "Due soon"),
            ("due", "Due today"),
            ("overdue", "Overdue"),
        ],
        required=True,
        readonly=True,
    )
    recipient = fields.Selection(
        [("officer", "Officer"), ("head", "Head"), ("leader", "Leader")],
        "Warned as",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", "Who", required=True, readonly=True, ondelete="cascade"
    )
    date_due = fields.Datetime("Due on", required=True, readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, index="btree_not_null", ondelete="set null"
    )
    date_mailed = fields.Datetime("E-mailed on", readonly=True)

    _once_uniq = models.UniqueIndex(
        "(dossier_id, user_id, about, level, date_due, COALESCE(task_id, 0))",
        "Nobody is warned twice of the same thing.",
    )
    _unmailed_idx = models.Index("(user_id, id) WHERE date_mailed IS NULL")

    # ------------------------------------------------------------------
    # Warning
    # ------------------------------------------------------------------

    @api.model
    def _cron_warn(self):
        """Hourly: warn of every limit that has come near, in batches of dossiers."""
        Dossier = self.env["motcua.dossier"]
        Cron = self.env["ir.cron"]
        domain = self._burning_domain()
        remaining = Dossier.search_count(domain)
        last_id = 0
        while dossiers := Dossier.search(
            domain & Domain("id", ">", last_id), order="id", limit=BATCH
        ):
            last_id = dossiers[-1].id
            dossiers._settle_warnings()
            self._warn(dossiers)
            remaining = max(remaining - len(dossiers), 0)
            if not Cron._commit_progress(len(dossiers), remaining=remaining):
                break

    @api.model
    def _burning_domain(self):
        """Dossiers that may have something to warn of; generous, ``_warn`` is exact."""
        now = fields.Datetime.now()
        tonight = to_local(now).replace(hour=0, minute=0, second=0) + timedelta(days=1)
        horizon = self.env["motcua.ruleset"]._warning_horizon()
        step_due = [("date_done", "=", False), ("date_due", "<", to_utc(tonight))]
        working = Domain("status", "in", WORKING) & (
            Domain("date_due", "<", now + horizon) | Domain("task_ids", "any", step_due)
        )
        pause = Domain("date_to", "=", False) & (
            Domain("overdue", "=", True) | Domain("deadline", "<", to_local(now).date())
        )
        paused = Domain("status", "in", PAUSED) & Domain("pause_ids", "any", pause)
        return working | paused

    @api.model
    def _warn(self, dossiers):
        """Note whom to warn of what, and open an activity for what is new."""
        known = {
            tuple(getattr(row[name], "id", row[name]) for name in KEY)
            for row in self.search([("dossier_id", "in", dossiers.ids)])
        }
        rows = [
            values
            for values in dossiers._warnings_wanted()
            if tuple(values[name] for name in KEY) not in known
        ]
        self.create(rows)._open_activities()

    def _open_activities(self):
        """One activity a warning, in the language of whom it is for. It makes nobody a
        follower and sends no e-mail: the morning mail does."""
        types = {
            level: self.env.ref(
                "motcua_base.mail_activity_type_overdue"
                if level == "overdue"
                else "motcua_base.mail_activity_type_due"
            ).id
            for level in warning.LEVELS
        }
        model_id = self.env["ir.model"]._get_id("motcua.dossier")
        Activity = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True, motcua_no_subscription=True
        )
        activities = Activity.create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": row.dossier_id.id,
                    "activity_type_id": types[row.level],
                    "user_id": row.user_id.id,
                    "date_deadline": to_local(row.date_due).date(),
                    "summary": row.with_context(lang=row.user_id.lang)._summary(),
                }
                for row in self
            ]
        )
        for row, activity in zip(self, activities, strict=True):
            row.activity_id = activity
        self.dossier_id.write({"is_warned": True})

    def _summary(self):
        self.ensure_one()
        if self.about == "step":
            return f"{self._level_label()}: {self.task_id.step_id.name}"
        return self._level_label()

    def _level_label(self):
        self.ensure_one()
        if self.about == "pause":
            return self.env._("The days given have run out")
        labels = dict(self._fields["level"]._description_selection(self.env))
        return labels[self.level]

    # ------------------------------------------------------------------
    # Ending
    # ------------------------------------------------------------------

    def _is_over(self):
        """Whether there is nothing left to warn this person of."""
        self.ensure_one()
        dossier, task = self.dossier_id, self.task_id
        subject = task or dossier
        if self.about == "pause":
            due = dossier._open_pause()._runs_out()
        else:
            due = subject.date_due
        paused = dossier.status in PAUSED
        burns = {
            "dossier": dossier.status in WORKING or paused and dossier.is_overdue,
            "step": dossier.status in WORKING and not task.date_done,
            "pause": paused,
        }
        if not burns[self.about] or due != self.date_due:
            return True
        if task.kind == "main" and dossier.is_overdue:
            return True
        acting = subject.user_id._motcua_acting()
        return self.recipient == "officer" and self.user_id != acting

    def _close(self):
        self.activity_id.filtered("active").unlink()


class Dossier(models.Model):
    """Whom a dossier gives reason to warn."""

    _inherit = "motcua.dossier"

    is_warned = fields.Boolean(
        readonly=True, copy=False, help="An activity warns somebody of this dossier."
    )

    def _warnings_wanted(self):
        """Values of the warnings that stand now, written already or not."""
        now = to_local(fields.Datetime.now())
        wanted = []
        for dossier in self:
            rules = dossier.ruleset_id
            for about, task, start, due in dossier._limits():
                level = warning.level(
                    now,
                    to_local(start),
                    to_local(due),
                    dossier._work_calendar(),
                    rules.warn_hours,
                    rules.warn_days,
                )
                wanted += [
                    {
                        "dossier_id": dossier.id,
                        "about": about,
                        "task_id": about == "step" and task.id,
                        "level": level,
                        "recipient": recipient,
                        "user_id": user.id,
                        "date_due": due,
                    }
                    for recipient, user in task._recipients(
                        RECIPIENTS.get((about, level), ())
                    )
                ]
        return wanted

    def _limits(self):
        """What may run out: (about, task, start, due) of the dossier as a whole and of
        open steps that are due before it. Of an overdue dossier, only opinions asked
        for are steps worth a word of their own; of a paused one, the days given, and
        that it is overdue if it was when the clock stopped."""
        self.ensure_one()
        if self.status in PAUSED:
            pause = self._open_pause()
            if pause.deadline:
                yield "pause", self.task_id, pause.date_from, pause._runs_out()
            if pause.overdue:
                yield "dossier", self.task_id, self._term_start(), self.date_due
            return
        if self.date_due:
            yield "dossier", self.task_id, self._term_start(), self.date_due
        for task in self.task_ids:
            if task.date_done or not task.date_due or task.date_due == self.date_due:
                continue
            if task.kind == "consult" or not self.is_overdue:
                yield "step", task, task.date_received, task.date_due

    def _settle_warnings(self):
        """Close the activities of warnings that are over."""
        # Asked at every step of every dossier, and nearly always in vain.
        warned = self.sudo().filtered("is_warned")
        if not warned:
            return
        standing = (
            self.env["motcua.dossier.warning"]
            .sudo()
            .search([("dossier_id", "in", warned.ids), ("activity_id", "!=", False)])
        )
        over = standing.filtered(lambda row: row._is_over())
        over._close()
        (warned - (standing - over).dossier_id).write({"is_warned": False})

    def _log(self, kind, before=None, payloads=None, changes=None, agency=None):
        # Every verb ends here.
        events = super()._log(kind, before, payloads, changes, agency)
        self._settle_warnings()
        return events

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        if self.env.context.get("motcua_no_subscription"):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)


class DossierTask(models.Model):
    """Who is to hear of a task that burns."""

    _inherit = "motcua.dossier.task"

    def _recipients(self, wanted):
        """Pairs (recipient, user) of those among ``wanted`` officer, head and leader
        who are there today, each user once. The head hears of work that nobody has."""
        self.ensure_one()
        staff = self.env["motcua.membership"]._staff
        leaders = staff("unit_leader", self.agency_id).user_id
        officer = self.user_id._motcua_acting()
        people = {
            "officer": officer,
            "head": staff("approver", self.agency_id).user_id or leaders,
            "leader": leaders,
        }
        if not officer and "officer" in wanted:
            wanted = ("head", *wanted)
        pairs, told = [], self.env["res.users"]
        for recipient in wanted:
            acting = [user._motcua_acting() for user in people[recipient]]
            for user in told.union(*acting) - told:
                pairs.append((recipient, user))
                told |= user
        return pairs
