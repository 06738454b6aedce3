from odoo import models


class IrBinary(models.AbstractModel):
    """Downloads of files of dossiers are noted in the access log."""

    _inherit = "ir.binary"

    def _get_stream_from(self, record, field_name="raw", *args, **kwargs):
        stream = super()._get_stream_from(record, field_name, *args, **kwargs)
        if record._name == "ir.attachment":
            record.with_env(self.env)._note_access("download")
        return stream
