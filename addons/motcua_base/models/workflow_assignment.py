import random
from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ..tools import area

# First key of the advisory locks that officers are under while they get a task.
LOCK_SPACE = 0x4D435541


class WorkflowStep(models.Model):
    """Who gets the task of a step where nobody was named: the assignment policies.

    Who is away gets a task only where nobody else could: the stand-in finds it there.
    """

    _inherit = "motcua.workflow.step"

    def _pick_officers(self, agencies):
        """Choose officers for many dossiers at once.

        :param agencies: dict dossier -> agency that does the dossier's step
        :return: dict dossier -> user, empty for the queue
        """
        groups = defaultdict(self.env["motcua.dossier"].browse)
        for dossier, agency in agencies.items():
            groups[dossier.step_id, agency] |= dossier
        officers = {}
        for (step, agency), dossiers in groups.items():
            assign = getattr(step, f"_assign_{step._get_outline().assignment}")
            officers.update(assign(agency, dossiers))
        return officers

    def _assign_queue(self, agency, dossiers):
        return dict.fromkeys(dossiers, self.env["res.users"])

    def _assign_fixed(self, agency, dossiers):
        officer = self.user_id.sudo()
        able = officer.active and officer._motcua_has_role(self.role, agency)
        return dict.fromkeys(dossiers, officer if able else officer.browse())

    def _assign_least_open(self, agency, dossiers):
        return self._spread(dossiers, dict.fromkeys(dossiers, self._available(agency)))

    def _assign_round_robin(self, agency, dossiers):
        line = self._line(self._available(agency))
        if not line:
            return self._assign_queue(agency, dossiers)
        first = line.index(self._reserve(line))
        return {
            dossier: line[(first + place) % len(line)]
            for place, dossier in enumerate(dossiers)
        }

    def _assign_area(self, agency, dossiers):
        """Who looks after the place the applicant lives in; when away, the stand-in
        knows whose places these are. Nobody's places go to the queue."""
        staff = self.env["motcua.membership"]._staff(self.role, agency)
        choices = {}
        for dossier in dossiers:
            address = dossier.applicant_address
            fits = {m: area.precision(m.areas, address) for m in staff}
            best = max(fits.values(), default=0)
            choices[dossier] = staff.filtered(
                lambda m, fits=fits, best=best: best and fits[m] == best
            ).user_id
        return self._spread(dossiers, choices)

    # ------------------------------------------------------------------

    def _available(self, agency):
        """Officers whose work this step is; those away only where all are."""
        officers = self.env["motcua.membership"]._staff(self.role, agency).user_id
        return officers.filtered(lambda user: not user._motcua_is_away()) or officers

    def _spread(self, dossiers, choices):
        """Give each dossier to that one of its ``choices`` who has least open work,
        counting the work of those stood in for and what is given here."""
        users = self.env["res.users"].union(*choices.values())
        load = self._open_work(users)
        picked = {}
        for dossier in dossiers:
            user = min(choices[dossier].sorted("id"), key=load.get, default=users[:0])
            picked[dossier] = user
            if user:
                load[user] += 1
        return picked

    def _open_work(self, users):
        """Number of open tasks that each of ``users`` has to do: dict user -> int."""
        acted_for = {user: user | user._motcua_stood_in_for() for user in users}
        everybody = users.union(*acted_for.values())
        counts = dict(
            self.env["motcua.dossier.task"]
            .sudo()
            ._read_group(
                [("user_id", "in", everybody.ids), ("date_done", "=", False)],
                ["user_id"],
                ["__count"],
            )
        )
        return {
            user: sum(counts.get(person, 0) for person in people)
            for user, people in acted_for.items()
        }

    def _line(self, users):
        """``users`` in the order of their turn: who got a task of this step longest ago
        (or never) comes first. No counter is kept, so nothing is fought over."""
        Task = self.env["motcua.dossier.task"]
        Task.flush_model(["step_id", "user_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT officer.id FROM unnest(%(users)s) AS officer (id)
                LEFT JOIN LATERAL (
                    SELECT task.id FROM motcua_dossier_task AS task
                    WHERE task.user_id = officer.id AND task.step_id = %(step)s
                    ORDER BY task.id DESC LIMIT 1
                ) AS last ON TRUE
                ORDER BY last.id NULLS FIRST, officer.id
                """,
                users=users.ids,
                step=self.id,
            )
        )
        return [users.browse(user_id) for (user_id,) in rows]

    def _reserve(self, line):
        """The first in ``line`` to whom no other transaction gives a task right now;
        while all are being served, anyone. Reserved until the transaction ends."""
        for user in line:
            key = SQL("%s, %s", LOCK_SPACE, user.id)
            query = SQL("SELECT pg_try_advisory_xact_lock(%s)", key)
            if self.env.execute_query(query)[0][0]:
                return user
        return random.choice(line)
