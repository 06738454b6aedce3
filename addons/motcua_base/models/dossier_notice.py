import logging

from odoo import SUPERUSER_ID, api, models

_logger = logging.getLogger(__name__)


class Dossier(models.Model):
    """What applicants are told by e-mail, never before it is true."""

    _inherit = "motcua.dossier"

    def _notify_applicant(self, kind):
        """Queue an e-mail to each applicant who has an address, after commit: a verb
        that fails tells nobody, and no desk waits for a template.

        :param kind: received, supplement, apology, ready or refused
        """
        ids = self.filtered("applicant_email").ids
        if not ids:
            return
        registry = self.env.registry

        @self.env.cr.postcommit.add
        def queue():
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["motcua.dossier"].browse(ids)._queue_notice(kind)

    def _queue_notice(self, kind):
        template = self.env.ref(
            f"motcua_base.mail_template_{kind}", raise_if_not_found=False
        )
        if not template:
            _logger.info("No e-mail template for %s: applicants are not told", kind)
            return
        template.send_mail_batch(self.ids)
