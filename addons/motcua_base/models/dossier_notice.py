import logging

from odoo import SUPERUSER_ID, api, models

_logger = logging.getLogger(__name__)

# What applicants are told of. Letters and text messages go by it.
NOTICES = [
    ("received", "Dossier received"),
    ("completion", "Told what is missing"),
    ("supplement", "Supplement asked for"),
    ("apology", "Apology and new date"),
    ("moved", "Later date after a late hand-over"),
    ("ready", "Result ready"),
    ("refused", "Refusal"),
]


class Dossier(models.Model):
    """What applicants are told by e-mail and text message, never before it is true."""

    _inherit = "motcua.dossier"

    def _notify_applicant(self, kind):
        """Queue messages to the applicants after commit: a verb that fails tells
        nobody, and no desk waits for a template.

        :param kind: one of ``NOTICES``
        """
        ids = self.filtered(lambda d: d.applicant_email or d.applicant_phone).ids
        if not ids:
            return
        registry = self.env.registry

        @self.env.cr.postcommit.add
        def queue():
            for method in ("_queue_email", "_queue_sms"):
                # The dossier has moved for good; a message that cannot be written must
                # not look like a failure to the officer.
                try:
                    with registry.cursor() as cr:
                        env = api.Environment(cr, SUPERUSER_ID, {})
                        getattr(env["motcua.dossier"].browse(ids), method)(kind)
                except Exception:
                    _logger.exception(
                        "No notice “%s” to the applicants of %s", kind, ids
                    )

    def _queue_email(self, kind):
        dossiers = self.filtered("applicant_email")
        if not dossiers:
            return
        letter = self.env["motcua.letter.template"].search([("kind", "=", kind)])
        if not letter:
            _logger.info("No letter for %s: applicants are not told", kind)
            return
        letter._send(dossiers)

    def _queue_sms(self, kind):
        self.env["motcua.sms.message"]._queue(self, kind)

    def _notice_sender(self, kind):
        """Who tells the applicant: the agency in charge, but of a late hand-over the
        unit whose desk was late."""
        return self.desk_id.unit_id if kind == "moved" else self.agency_id

    def _letter_head(self):
        """What the page of every letter says around its text."""
        self.ensure_one()
        agency, desk = self.agency_id, self.desk_id
        return {
            "agency": agency.name,
            "desk": desk.name,
            "code": self.code,
            "subject": self.subject,
            "lookup": self.code and self._lookup_url(),
            "hotline": agency.hotline,
            "email": agency.email,
            "opening_hours": desk.opening_hours or agency.opening_hours,
        }
