import logging

from odoo import api, fields, models

from ..api import takes
from ..tools import chain

_logger = logging.getLogger(__name__)


class Dossier(models.Model):
    """The log of a dossier: writing events and verifying their chain."""

    _inherit = "motcua.dossier"

    def _log(self, kind, before=None, payloads=None, changes=None, agency=None):
        """Append one event a dossier.

        :param kind: one of ``dossier_event.KINDS``
        :param before: dict dossier -> (status, step) before the change; without it the
            dossier has not moved
        :param payloads: dict dossier -> JSON-able dict with the particulars
        :param changes: dict dossier -> what else is to be written of it, so that one
            write does for both
        :param agency: where the actor acted; default: where the dossier is now
        """
        Event = self.env["motcua.dossier.event"].sudo()
        now = fields.Datetime.now()
        rows = []
        for dossier in self.sudo():
            status, step = (before or {}).get(
                dossier, (dossier.status, dossier.step_id)
            )
            changed = (changes or {}).get(dossier, {})
            place_id = changed.get("task_agency_id", dossier.task_agency_id.id)
            row = {
                "dossier_id": dossier.id,
                "sequence": dossier.event_count + 1,
                "kind": kind,
                "date": dossier._not_before_last(now),
                "user_id": self.env.uid,
                "agency_id": agency.id if agency else place_id or dossier.desk_id.id,
                "status_from": status,
                "status_to": dossier.status,
                "step_from_id": step.id,
                "step_to_id": dossier.step_id.id,
                "payload": (payloads or {}).get(dossier) or {},
                "previous_hash": dossier.event_hash or False,
            }
            row["hash"] = chain.event_hash(
                dossier.event_hash or "", Event._chained(row)
            )
            rows.append(row)
            dossier.write(
                {
                    "event_count": row["sequence"],
                    "event_hash": row["hash"],
                    "event_date": row["date"],
                    **changed,
                }
            )
        return Event.create(rows)

    def _not_before_last(self, now):
        """The moment of what happens now: where the server's clock was set back since
        the last event, that of the last event. What comes later is never earlier."""
        self.ensure_one()
        return max(now, self.sudo().event_date or now)

    @takes()
    def action_verify_log(self):
        """Kiểm tra nhật ký: report any event changed, missing or reordered behind the
        system's back."""
        self.check_access("read")
        problems = self._log_problems()
        if problems:
            notice = {
                "type": "danger",
                "sticky": True,
                "title": self.env._("The log has been tampered with"),
                "message": "\n".join(problems),
            }
        else:
            notice = {
                "type": "success",
                "title": self.env._("The log is intact"),
                "message": self.env._(
                    "%s events verified.", sum(self.mapped("event_count"))
                ),
            }
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": notice,
        }

    @api.model
    @takes()
    def action_verify_all_logs(self):
        """Verify every dossier the user may read, from the menu."""
        return self.search([("event_count", ">", 0)]).action_verify_log()

    @api.model
    def _cron_verify_logs(self):
        """Weekly: what was tampered with goes to the server's log as an error."""
        for problem in self.search([("event_count", ">", 0)])._log_problems():
            _logger.error("Tampered log: %s", problem)

    def _log_problems(self):
        """Sentences that say where the logs of these dossiers were tampered with."""
        sentences = {
            "changed": self.env._("%(dossier)s: event %(number)s was changed"),
            "missing": self.env._("%(dossier)s: event %(number)s is missing"),
            "reordered": self.env._("%(dossier)s: event %(number)s is out of order"),
        }
        problems = []
        self.env.invalidate_all()
        for dossier in self.sudo():
            rows = [
                {
                    "payload": event._chained(event._to_row()),
                    "previous": event.previous_hash or "",
                    "hash": event.hash,
                }
                for event in dossier.event_ids
            ]
            found = chain.verify(
                rows,
                last_hash=dossier.event_hash or "",
                count=dossier.event_count,
            )
            problems += [
                sentences[problem.kind]
                % {"dossier": dossier.display_name, "number": problem.index + 1}
                for problem in found
            ]
        return problems
