from odoo import api, models


class MailTemplate(models.Model):
    _inherit = "mail.template"

    # Programs send them. Called from afar, with values of one's own for the e-mail,
    # they would write to anybody as anybody, with any file.

    @api.private
    def send_mail(self, *args, **kwargs):
        return super().send_mail(*args, **kwargs)

    @api.private
    def send_mail_batch(self, *args, **kwargs):
        return super().send_mail_batch(*args, **kwargs)
