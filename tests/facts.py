"""What all tests rely on and no test may change: see ``tests/conftest.py``."""

from launcher import postgres

TABLES = (
    "resource_calendar motcua_agency motcua_calendar_day motcua_calendar_year"
    " motcua_document_template motcua_favourite motcua_file_rule motcua_form_field"
    " motcua_letter_template motcua_offering motcua_procedure motcua_procedure_channel"
    " motcua_procedure_component motcua_procedure_version motcua_ruleset motcua_sector"
    " motcua_sms_template motcua_stage motcua_workflow motcua_workflow_step"
    " motcua_workflow_transition"
).split()


class Facts:
    """The rows of configuration that are in a database now."""

    def __init__(self, database):
        self.database = database
        self._last = self._query("coalesce(max(id), 0)::text")
        self._before = self._read()

    def changed(self):
        """The tables of which a row that was there has been changed or removed."""
        now = self._read()
        return [table for table in TABLES if now[table] != self._before[table]]

    def _read(self):
        return self._query(
            "md5(coalesce(string_agg(t::text, '' ORDER BY id), ''))", self._last
        )

    def _query(self, value, last=None):
        """Dict table -> an aggregate of its rows, of those up to an id in ``last``."""
        selects = [
            f"SELECT '{table}', {value} FROM {table} t"
            + (f" WHERE id <= {last[table]}" if last else "")
            for table in TABLES
        ]
        rows = postgres.query(" UNION ALL ".join(selects), self.database)
        return dict(row.split("|") for row in rows.splitlines())
