import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import identity, upload

# A drawn signature is a few kilobytes.
MAX_SIGNATURE = 512 * 1024


class Dossier(models.Model):
    """The proof that a result was handed over: whose hands took it, signed how."""

    _inherit = "motcua.dossier"

    receiver_id_number = fields.Char(
        "ID number of who received it",
        readonly=True,
        copy=False,
        help="Of somebody whom the applicant has authorised to receive the result.",
    )
    signature_id = fields.Many2one(
        "ir.attachment",
        "Signature of who received it",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Drawn on the screen; empty where the hand-over slip was signed.",
    )

    @api.model
    def _check_receiver(self, receiver, number):
        """The ID number of an authorised receiver, as it is stored."""
        if not number:
            return False
        if not receiver:
            raise UserError(self.env._("Write the name of who receives the result."))
        try:
            return identity.check_id_number(number)
        except identity.IdentityError:
            raise UserError(
                self.env._(
                    "%s is no ID number (12 digits, 9 on old cards). Check the digits.",
                    number,
                )
            ) from None

    @api.model
    def _decode_signature(self, signature):
        """The picture in a signature; nothing where none was drawn."""
        if not signature:
            return None
        try:
            content = base64.b64decode(signature, validate=True)
            upload.check("signature.png", content, MAX_SIGNATURE, ("png",))
        except (binascii.Error, ValueError):
            raise UserError(
                self.env._("The signature cannot be read. Clear it and sign again.")
            ) from None
        return content

    def _keep_signature(self, content):
        """Store the signature with the dossier, out of anybody's reach to change."""
        self.ensure_one()
        Attachment = self.env["ir.attachment"].sudo()
        if not content:
            return Attachment
        return Attachment.create(
            {
                "name": self.env._("Signature %s.png", self.code),
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
