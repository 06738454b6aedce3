from odoo import api, models
from odoo.exceptions import AccessError


class MailThread(models.AbstractModel):
    """What the mail gateway calls is no call for people: it takes a letter for what it
    says it is, sender and all."""

    _inherit = "mail.thread"

    @api.model
    def message_route(self, *args, **kwargs):
        self._motcua_check_gateway()
        return super().message_route(*args, **kwargs)

    @api.model
    def message_process(self, *args, **kwargs):
        self._motcua_check_gateway()
        return super().message_process(*args, **kwargs)

    @api.model
    def message_new(self, *args, **kwargs):
        self._motcua_check_gateway()
        return super().message_new(*args, **kwargs)

    def message_update(self, *args, **kwargs):
        self._motcua_check_gateway()
        return super().message_update(*args, **kwargs)

    def message_change_thread(self, *args, **kwargs):
        self._motcua_check_gateway()
        return super().message_change_thread(*args, **kwargs)

    @api.model
    def _motcua_check_gateway(self):
        if not self.env.su and not self.env.user._is_system():
            raise AccessError(self.env._("Only the mail server delivers mail."))
