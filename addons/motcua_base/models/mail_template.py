from odoo import api, models
from odoo.fields import Domain


class MailTemplate(models.Model):
    _inherit = "mail.template"

    @api.model
    def _motcua_domain(self):
        """Texts of e-mails to applicants."""
        return Domain("model", "=", "motcua.dossier") & Domain(
            "email_to", "ilike", "applicant_email"
        )
