from odoo import models

from ..tools import signature
from .form_report import BLANK


class OutgoingReport(models.AbstractModel):
    """What the forms share that go out to somebody (02 to 05): a number of the register
    of outgoing papers, kept with the form, and its signature."""

    _name = "motcua.outgoing.report"
    _description = "Printed outgoing form"
    _inherit = ["motcua.form.report"]

    def _outgoing(self, dossier):
        """The form as it went out last; empty for forms of before there was a
        register."""
        return dossier.outgoing_ids.filtered(lambda one: one.kind == self._kind)[:1]

    def _paper_number(self, dossier, symbol):
        return self._outgoing(dossier).code or f"{BLANK}/{symbol}"

    def _agency_values(self, dossier, moment):
        """Heading, addressee and signature of a form with which the agency speaks."""
        outgoing = self._outgoing(dossier)
        return {
            "heading": self._agency_heading(dossier, moment),
            "person": self._owner(dossier),
            "signature": outgoing.signature or signature.UNKNOWN_HEAD.upper(),
            "signer": outgoing.signer_name or "",
        }
