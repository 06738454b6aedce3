"""What Odoo logs, without personal data, whoever logs it."""

import logging

from .tools.log_mask import masked, masked_query

QUERIES = "odoo.sql_db"


class Privacy(logging.Filter):
    """Lets every record through, masked. It hangs on the handlers: those of a logger
    see what its children log, its filters do not."""

    def __init__(self):
        super().__init__()
        self.formatter = logging.Formatter()

    def filter(self, record):
        if record.name == QUERIES and record.args:
            record.args = tuple(map(self._of_query, record.args))
        record.msg, record.args = masked(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = masked(self.formatter.formatException(record.exc_info))
        return True

    @staticmethod
    def _of_query(argument):
        return (
            masked_query(argument) if isinstance(argument, (bytes, str)) else argument
        )


def install():
    """Mask what this process logs (once in a process)."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(Privacy())
