from odoo import api, models
from odoo.tools.misc import consteq, hmac
from odoo.tools.urls import urljoin


class Dossier(models.Model):
    """What printed papers say of a dossier: its number in the register, and the signed
    address under which whoever holds the paper may look it up."""

    _inherit = "motcua.dossier"

    def _register_place(self):
        """(book, number) in the register, as text: ``("2026", "12")``; two empty texts
        for a dossier that is not in the register."""
        self.ensure_one()
        if not self.register_code:
            return "", ""
        _identifier, book, number = self.register_code.rsplit("/", 2)
        return book, str(int(number))

    @api.model
    def _has_lookup_page(self):
        """Whether citizens can look dossiers up: papers and messages name no address
        that leads nowhere. Who serves the page says so here."""
        return False

    def _lookup_url(self):
        """Address of the public look-up page, where there is one; its signature proves
        that whoever calls it holds a paper (or a message) about this dossier."""
        self.ensure_one()
        if not self._has_lookup_page():
            return False
        return urljoin(
            self.get_base_url(), f"/tra-cuu?code={self.code}&t={self._lookup_token()}"
        )

    def _lookup_token(self):
        # Half a SHA-256 is beyond guessing and keeps the QR code coarse.
        return hmac(self.sudo().env, "motcua-lookup", self.code)[:32]

    def _verify_lookup(self, token):
        """Whether ``token`` is the one of this dossier's look-up address."""
        self.ensure_one()
        # As bytes: a forged token may hold letters that cannot be compared as text.
        return bool(self.code) and consteq(
            self._lookup_token().encode(), (token or "").encode()
        )
