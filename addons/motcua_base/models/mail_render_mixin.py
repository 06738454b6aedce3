from odoo import models
from odoo.exceptions import AccessError


class MailRenderMixin(models.AbstractModel):
    _inherit = "mail.render.mixin"

    def _check_access_right_dynamic_template(self):
        """Texts that are evaluated when they are sent are programs, which run with the
        rights of who sends them. Odoo lets every employee write those it takes for
        harmless, and a group of its own the rest: here only those who may install
        programs write any. What agencies tell applicants is no such text, see
        ``motcua.notice.template``.
        """
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise AccessError(
                self.env._(
                    "Templates that Odoo evaluates are changed by the administrator of "
                    "the server only."
                )
            )
        return super()._check_access_right_dynamic_template()
