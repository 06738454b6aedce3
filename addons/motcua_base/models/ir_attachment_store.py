import errno
import os
from contextlib import suppress
from uuid import uuid4

from odoo import api, models
from odoo.exceptions import UserError

FULL = (errno.ENOSPC, errno.EDQUOT)


class IrAttachment(models.Model):
    """Files reach the disk whole or not at all.

    Odoo writes a file under its final name, which is its checksum. Half of one, left by
    a full disk, would stand there for ever: the whole one is then refused as another
    file of the same name.
    """

    _inherit = "ir.attachment"

    @api.model
    def _file_write(self, bin_value, checksum):
        name, path = self._get_path(bin_value, checksum)
        if os.path.exists(path):
            return name
        aside = f"{path}.{uuid4().hex}"
        try:
            # Whatever becomes of the transaction, what belongs to nothing is swept up.
            self._mark_for_gc(name)
            with open(aside, "xb") as file:
                file.write(bin_value)
            os.replace(aside, path)
        except OSError as error:
            with suppress(OSError):
                os.unlink(aside)
            if error.errno not in FULL:
                raise
            raise UserError(
                self.env._(
                    "The server's disk for files is full, so the file was not kept. "
                    "Tell your administrator, then attach it again."
                )
            ) from error
        return name
