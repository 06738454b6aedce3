from odoo import models

from ..tools.naming import is_ours


class IrBinary(models.AbstractModel):
    """Files of ours open to users with rights, not to whoever has an address with a
    token; their downloads are noted in the access log."""

    _inherit = "ir.binary"

    def _find_record(
        self,
        xmlid=None,
        res_model="ir.attachment",
        res_id=None,
        access_token=None,
        field=None,
    ):
        if access_token and self._motcua_is_ours(res_model, res_id):
            access_token = None
        return super()._find_record(xmlid, res_model, res_id, access_token, field)

    def _motcua_is_ours(self, model, record_id):
        if model == "ir.attachment":
            return bool(self.env[model].browse(record_id or []).exists()._motcua_ours())
        return is_ours(model)

    def _get_stream_from(self, record, field_name="raw", *args, **kwargs):
        stream = super()._get_stream_from(record, field_name, *args, **kwargs)
        if record._name == "ir.attachment":
            record.with_env(self.env)._note_access("download")
        return stream
