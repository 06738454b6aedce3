from odoo import models


class IrBinary(models.AbstractModel):
    """Downloads of files of dossiers are noted in the access log."""

    _inherit = "ir.binary"

    def _get_stream_from(self, record, field_name="raw", *args, **kwargs):
        stream = super()._get_stream_from(record, field_name, *args, **kwargs)
        if record._name == "ir.attachment":
            self._note_motcua_download(record.sudo())
        return stream

    def _note_motcua_download(self, attachment):
        if attachment.res_model == "motcua.dossier.component":
            rows = self.env["motcua.dossier.component"].sudo().browse(attachment.res_id)
            dossiers = rows.exists().dossier_id
        elif attachment.res_model == "motcua.dossier":
            dossiers = self.env["motcua.dossier"].sudo().browse(attachment.res_id)
        else:
            return
        self.env["motcua.access.log"]._note(dossiers, "download", attachment.name)
