import logging

from psycopg2 import IntegrityError

from odoo import SUPERUSER_ID, api
from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

_logger = logging.getLogger(__name__)

# What the normal forms no longer have.
NUMBER = "[^0-9A-Z+-]"
NAME = r"[ÐƉðɖ\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]"
COLUMNS = {
    "res.partner": (["motcua_id_number", "phone"], ["name"]),
    "motcua.dossier": (
        [
            "applicant_id_number",
            "applicant_phone",
            "submitter_id_number",
            "submitter_phone",
        ],
        ["applicant_name", "submitter_name"],
    ),
}


def migrate(cr, version):
    """What was stored before takes the normal forms, so that it is found and nobody is
    entered twice. What has none, or a number of two contacts, waits for a person."""
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    for model, (numbers, names) in COLUMNS.items():
        table = env[model]._table
        conditions = [f"{column} ~ %(number)s" for column in numbers]
        conditions += [f"{column} ~ %(name)s" for column in names]
        where = " OR ".join(conditions)
        if model == "res.partner":
            where = f"motcua_type IS NOT NULL AND ({where})"
        cr.execute(
            f"SELECT id FROM {table} WHERE {where}", {"number": NUMBER, "name": NAME}
        )
        for record in env[model].browse([id_ for (id_,) in cr.fetchall()]):
            for column in (*numbers, *names):
                if not record[column]:
                    continue
                try:
                    with mute_logger("odoo.sql_db"), cr.savepoint():
                        record.write({column: record[column]})
                        record.flush_recordset()
                except (ValidationError, IntegrityError):
                    record.invalidate_recordset()
                    # Not why: that would tell the number.
                    _logger.info("%s keeps its %s", record, column)
