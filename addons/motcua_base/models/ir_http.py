from contextlib import nullcontext

from odoo import models
from odoo.http import request
from odoo.tools import SQL

from odoo.addons.base.models.res_users import INDEX_SIZE

from ..api import takes
from ..tools.localtime import today_in_vietnam


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @takes()
    def session_info(self):
        """The browser says amounts in words as papers of today do."""
        zero = self.env["motcua.ruleset"]._zero_at(today_in_vietnam())
        return {**super().session_info(), "motcua_zero_in_words": zero}

    @classmethod
    def _auth_method_bearer(cls):
        with cls._motcua_counting_keys():
            return super()._auth_method_bearer()

    @classmethod
    def _motcua_counting_keys(cls):
        """Keys that are guessed at are slowed down as passwords are; who has one of
        ours is not, from whichever address others guess."""
        _scheme, _space, key = request.httprequest.headers.get(
            "Authorization", ""
        ).partition(" ")
        if not key.strip():
            return nullcontext()
        start = key.strip()[:INDEX_SIZE]
        known = request.env.execute_query(
            SQL("SELECT 1 FROM res_users_apikeys WHERE index = %s LIMIT 1", start)
        )
        failures = request.env["motcua.login.failure"].sudo()
        address = request.httprequest.remote_addr
        return failures._counted(f"key {start}", address, bool(known))
