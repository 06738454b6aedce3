import hashlib

from odoo import api, models
from odoo.exceptions import LockError, MissingError, UserError, ValidationError


def refuse(why, sentences):
    """Raise ValidationError with every sentence, each once, if there are any.

    :param why: the line above them
    """
    if sentences:
        raise ValidationError("\n- ".join([why, *dict.fromkeys(sentences)]))


class Editor(models.AbstractModel):
    """What an administrator opens in an editor, changes as a whole and saves.

    An editor reads ``_revision()`` together with what it shows and hands it back when
    it saves: whoever saves second is told so, instead of undoing the work of the first.
    """

    _name = "motcua.editor"
    _description = "Edited as a whole"

    @api.model
    def _to_edit(self, record_id):
        """The record, if this user may edit it."""
        self.check_access("write")
        record = self.browse(record_id).exists()
        if not record:
            raise MissingError(
                self.env._("What you want to edit was deleted meanwhile.")
            )
        return record

    def _edited_records(self):
        """The recordsets that make up what is edited, the record itself first."""
        self.ensure_one()
        return [self]

    def _revision(self):
        """A short text that changes with every change of what is edited."""
        digest = hashlib.sha256()
        for records in self._edited_records():
            records.flush_recordset()
            for record in records.sorted("id"):
                digest.update(
                    f"{record._name},{record.id},{record.write_date};".encode()
                )
        return digest.hexdigest()[:16]

    def _begin_edit(self, revision):
        """Lock what is edited until the transaction ends.

        :param revision: what ``_revision()`` was when the editor read it
        :raises UserError: somebody else has saved since, or is saving right now
        """
        self.ensure_one()
        self.check_access("write")
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            raise UserError(
                self.env._(
                    "Somebody else is saving “%s” at this very moment. Nothing was "
                    "changed; try again in a few seconds.",
                    self.display_name,
                )
            ) from None
        self.invalidate_recordset()
        if self._revision() == revision:
            return
        last = max(
            (record for records in self._edited_records() for record in records),
            key=lambda record: record.write_date,
        )
        raise UserError(
            self.env._(
                "%(user)s has changed “%(what)s” since you opened it. Nothing of yours "
                "was saved yet: open it again beside this window and carry your "
                "changes over.",
                user=last.write_uid.name,
                what=self.display_name,
            )
        )
