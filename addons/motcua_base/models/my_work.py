from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..api import takes
from ..tools.localtime import to_local
from .dossier import WORKING
from .membership import ROLE_RANK

# Lines shown at once of each kind: nobody does more today.
LIMIT = 200
DESK_ROLES = ("post_officer", "receiving_officer")
HEAD_ROLES = ("approver", "unit_leader")
ORDER = ("overdue", "soon", "in_time", "ready", "paused")


class MyWork(models.AbstractModel):
    """What the current user has to do today, in all roles and units and for everybody
    stood in for, what burns first on top. One call, a constant number of queries."""

    _name = "motcua.my.work"
    _description = "My work"

    @api.model
    @api.readonly
    @takes()
    def load(self):
        """The jobs of the current user and the lines of work.

        :return: ``{"jobs": [{"key", "role", "unit", "stands_in_for", "count"}],
            "lines": […], "more": whether there is work beyond the lines}``; a line has
            one next action (``verb`` and ``label``), or waits (``verb`` is False)
        """
        memberships = self.env.user._motcua_memberships()
        memberships = memberships.filtered(lambda m: ROLE_RANK[m.role])
        places = self._places(memberships)
        lines, more = [], False
        for find in (self._task_lines, self._filing_lines, self._result_lines):
            found = find(memberships, places)
            more = more or len(found) >= LIMIT
            lines += found
        lines = self._readable(lines)
        lines.sort(key=lambda line: (ORDER.index(line["urgency"]), line["due"] or "9"))
        return {
            "jobs": self._jobs(memberships, lines),
            "lines": lines,
            "more": more,
        }

    # ------------------------------------------------------------------
    # Where the user works
    # ------------------------------------------------------------------

    def _places(self, memberships):
        """Units whose work falls to each membership: above and below its own unit, in
        the same public body."""
        units = self.env["motcua.agency"].sudo()
        units = units.search([("unit_id", "in", memberships.agency_id.unit_id.ids)])
        return {
            membership: units.filtered(membership.agency_id._is_related)
            for membership in memberships
        }

    def _jobs(self, memberships, lines):
        """The jobs to choose from: one a role, unit and person, each under the title of
        its holder where no other job bears it there."""
        counts = defaultdict(int)
        for line in lines:
            counts[line["job"]] += 1
        labels = dict(memberships._fields["role"]._description_selection(self.env))

        def title(membership):
            return membership.title, membership.agency_id, membership.user_id

        bearers = Counter(map(title, memberships))
        return [
            {
                "key": membership.id,
                "role": (bearers[title(membership)] == 1 and membership.title)
                or labels[membership.role],
                "unit": membership.agency_id.name,
                "stands_in_for": membership.user_id != self.env.user
                and membership.user_id.name,
                "count": counts[membership.id],
            }
            for membership in memberships
            if counts[membership.id] or membership.user_id == self.env.user
        ]

    # ------------------------------------------------------------------
    # Hand-overs: the user's own, to be taken over, to be given to somebody
    # ------------------------------------------------------------------

    def _task_lines(self, memberships, places):
        queues = [
            Domain("role", "=", membership.role)
            & Domain("agency_id", "in", places[membership].ids)
            for membership in memberships
        ] + [
            Domain("role", "in", self._roles_below(membership))
            & Domain("kind", "=", "main")
            & Domain("agency_id", "in", places[membership].ids)
            for membership in memberships
            if membership.role in HEAD_ROLES
        ]
        users = self.env.user | memberships.user_id
        domain = Domain("date_done", "=", False) & (
            Domain("user_id", "in", users.ids)
            | Domain("user_id", "=", False) & Domain.OR(queues)
        )
        tasks = self.env["motcua.dossier.task"].sudo()
        # Results wait at the desk, whoever the task names.
        domain &= Domain("dossier_id.status", "not in", ("9", "10"))
        tasks = tasks.search(domain, order="date_due, id", limit=LIMIT)
        return [
            self._task_line(task, self._job_of(task, memberships, places))
            for task in tasks
        ]

    @api.model
    def _roles_below(self, membership):
        rank = ROLE_RANK[membership.role]
        return [role for role, other in ROLE_RANK.items() if 0 < other < rank]

    def _job_of(self, task, memberships, places):
        """The membership under which the task is done: exactly the role, else above."""

        def fit(membership):
            return (
                bool(task.user_id) and membership.user_id != task.user_id,
                task.agency_id not in places[membership],
                membership.role != task.role,
                -ROLE_RANK[membership.role],
            )

        return min(memberships, key=fit, default=memberships)

    def _task_line(self, task, job):
        dossier = task.dossier_id
        waits = dossier.status not in WORKING
        line = self._line(dossier, job, task.date_due)
        if task.kind == "consult":
            verb, label = "answer", self.env._("Give an opinion")
            what = self.env._("Opinion: %s", task.question or "")
        else:
            what = task.step_id.name
            verb, label = dossier._next_verb()
            if not task.user_id and not waits:
                verb, label = self._queue_verb(task, job)
        urgency = (
            dossier._urgency_paused(task.date_due)
            if waits
            else dossier._urgency_of(task.date_due, fields.Datetime.now())
        )
        return line | {
            "key": f"task-{task.id}",
            "what": what,
            "verb": verb,
            "label": label,
            "urgency": urgency,
            "from": task.from_user_id.name or False,
        }

    def _queue_verb(self, task, job):
        if task.role == job.role:
            return "take", self.env._("Take over")
        return "assign", self.env._("Assign")

    # ------------------------------------------------------------------
    # At the desk: filings to be answered in time, results to be handed over
    # ------------------------------------------------------------------

    def _filing_lines(self, memberships, places):
        jobs = self._desk_jobs(memberships, places)
        now = fields.Datetime.now()
        return [
            self._line(dossier, job, dossier.date_intake_due)
            | {
                "key": f"filing-{dossier.id}",
                "what": self.env._("New filing"),
                "verb": "receive",
                "label": self.env._("Receive"),
                "urgency": dossier._urgency_of(dossier.date_intake_due, now),
            }
            for dossier, job in self._at_desk("1", "date_intake_due", jobs)
        ]

    def _result_lines(self, memberships, places):
        jobs = self._desk_jobs(memberships, places)
        return [
            self._line(dossier, job, False)
            | {
                "key": f"result-{dossier.id}",
                "what": self.env._("Result ready"),
                "verb": "return",
                "label": dossier._next_verb()[1],
                "urgency": "ready",
            }
            for dossier, job in self._at_desk("9", "date_done", jobs)
        ]

    def _desk_jobs(self, memberships, places):
        """Dict unit whose desk work falls to the user -> the membership."""
        jobs = {}
        for membership in memberships:
            if membership.role in DESK_ROLES:
                for unit in places[membership]:
                    jobs.setdefault(unit, membership)
        return jobs

    def _at_desk(self, status, order, jobs):
        """Dossiers in this status at the desks of ``jobs``, each with the job."""
        if not jobs:
            return []
        dossiers = self.env["motcua.dossier"].sudo()
        domain = Domain("status", "=", status) & Domain(
            "desk_id", "in", [unit.id for unit in jobs]
        )
        dossiers = dossiers.search(domain, order=f"{order}, id", limit=LIMIT)
        return [(dossier, jobs[dossier.desk_id]) for dossier in dossiers]

    # ------------------------------------------------------------------

    def _line(self, dossier, job, due):
        now = to_local(fields.Datetime.now())
        return {
            "id": dossier.id,
            "code": dossier.code or self.env._("Filed: %s", dossier.applicant_name),
            "subject": dossier.subject,
            "applicant": dossier.applicant_name,
            "channel": dossier.channel,
            "due": fields.Datetime.to_string(due) or False,
            "due_words": dossier._time_words(to_local(due), now) if due else "",
            "from": False,
            "job": job.id,
            # What the screen knows, so that it does nothing twice.
            "task": dossier.task_id.id,
            "events": dossier.event_count,
        }

    def _readable(self, lines):
        """Lines of dossiers that the record rules open to the user."""
        dossiers = self.env["motcua.dossier"].browse({line["id"] for line in lines})
        readable = set(dossiers._filtered_access("read").ids)
        return [line for line in lines if line["id"] in readable]
