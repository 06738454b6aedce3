from odoo import models


class PersonalData(models.AbstractModel):
    """Models that show personal data: staff who read it in clear leave a trace.

    All ways of reading over RPC lead through two gates: ``_read_format`` (read,
    search_read, web_read, web_search_read) and ``_export_rows``.
    """

    _name = "motcua.personal.data"
    _description = "Personal data"

    _personal_fields = frozenset()

    def _read_format(self, fnames, load="_classic_read"):
        self._note_reading(fnames, "read")
        return super()._read_format(fnames, load)

    def _export_rows(self, fields, *args, **kwargs):
        names = [path[0].split(".")[0] for path in fields if path]
        self._note_reading(names, "export")
        return super()._export_rows(fields, *args, **kwargs)

    def _note_reading(self, names, action):
        if not self.env.su and self._personal_fields.intersection(names):
            # What is still being typed has no id yet, and nobody's data to guard.
            self.filtered("id")._note_access(action)

    def _note_access(self, action):
        """Write down in the access log whose data these records show."""
        raise NotImplementedError
