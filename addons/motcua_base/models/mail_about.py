from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.naming import is_ours


class MailAbout(models.AbstractModel):
    """Rows of the mail modules that speak of a record: who follows it, who was told of
    it. Odoo lets every employee read all of them. Those about our records open to whom
    the record opens; a global rule asks ``motcua_is_open``."""

    _name = "motcua.mail.about"
    _description = "About a record"

    # Fields that say of which record: its model, its id.
    _about = ("res_model", "res_id")

    motcua_is_open = fields.Boolean(
        compute="_compute_motcua_is_open", search="_search_motcua_is_open"
    )

    def _compute_motcua_is_open(self):
        allowed = self.search([("motcua_is_open", "=", True), ("id", "in", self.ids)])
        for row in self:
            row.motcua_is_open = row in allowed

    @api.model
    def _search_motcua_is_open(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        model_field, id_field = self._about
        ours = [name for name in self.env.registry if self._motcua_is_ours(name)]
        domain = Domain(model_field, "not in", ours)
        for name in ours:
            # Rules search with all rights: the record is asked for with the user's.
            Model = self.env[name].sudo(False)
            if Model.has_access("read"):
                domain |= Domain(model_field, "=", name) & Domain(
                    id_field, "in", Model._search([])
                )
        return domain

    @api.model
    def _motcua_is_ours(self, name):
        model = self.env.get(name)
        return is_ours(name) and not model._abstract and not model._transient


class MailFollowers(models.Model):
    _name = "mail.followers"
    _inherit = ["mail.followers", "motcua.mail.about"]


class MailNotification(models.Model):
    _name = "mail.notification"
    _inherit = ["mail.notification", "motcua.mail.about"]

    _about = ("mail_message_id.model", "mail_message_id.res_id")


class MailScheduledMessage(models.Model):
    _name = "mail.scheduled.message"
    _inherit = ["mail.scheduled.message", "motcua.mail.about"]

    _about = ("model", "res_id")
