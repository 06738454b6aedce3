from contextlib import contextmanager

from odoo import api, fields, models, sql_db
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, groupby

from ..tools import document_number
from ..tools.localtime import today_in_vietnam


class Number(models.Model):
    """Every number ever handed out, used or not: a gap in a series is a row whose
    number no dossier, document or fee receipt bears, with the moment and the officer.

    Odoo works at REPEATABLE READ, where a counter updated inside the business
    transaction fails as soon as two desks press the button together. So numbers are
    taken in a short transaction of their own, which waits for nobody's work. For the
    same reason there are no foreign keys here: neither side sees the other's rows
    before they are committed.
    """

    _name = "motcua.number"
    _description = "Number handed out"
    _order = "series, number desc"
    _log_access = False

    series = fields.Char(required=True, readonly=True)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    name = fields.Char(required=True, readonly=True, index=True)
    date = fields.Datetime("Handed out", required=True, readonly=True)
    taken_by = fields.Integer("Officer id", readonly=True, aggregator=None)
    user_id = fields.Many2one("res.users", "Officer", compute="_compute_user_id")
    in_scope = fields.Boolean(
        compute="_compute_in_scope",
        search="_search_in_scope",
        help="Taken from a series of an agency whose dossiers the user may see.",
    )
    used = fields.Boolean(compute="_compute_used", search="_search_used")

    _series_uniq = models.Constraint(
        "UNIQUE (series, number)", "A number is handed out once."
    )

    # Sent along with the first and the last statement, since every desk waits for these
    # messages. The disk is waited for by the commit of the dossier, which writes what
    # came before it.
    _begin = "BEGIN; SET LOCAL synchronous_commit = off;"
    _commit = "; COMMIT"

    def init(self):
        # The counters are no model: nobody but _allocate touches them.
        self.env.cr.execute(
            """
            CREATE TABLE IF NOT EXISTS motcua_number_counter (
                series varchar PRIMARY KEY,
                last integer NOT NULL
            )
            """
        )

    def _compute_user_id(self):
        for record in self:
            record.user_id = self.env["res.users"].browse(record.taken_by).exists()

    def _compute_in_scope(self):
        allowed = self.search([("id", "in", self.ids), ("in_scope", "=", True)])
        for record in self:
            record.in_scope = record in allowed

    def _search_in_scope(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        agencies = self.env["motcua.agency"].sudo().with_context(active_test=False)
        scope = agencies.browse(self.env.user._motcua_scope_ids())
        # A series begins with the identifier of its agency.
        identifiers = set(scope.mapped("identifier")) - {False}
        return Domain.OR(
            Domain("series", "=like", f"{identifier}/%") for identifier in identifiers
        )

    def _compute_used(self):
        used = self.search([("id", "in", self.ids), ("used", "=", True)])
        for record in self:
            record.used = record in used

    def _search_used(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        self.env["motcua.dossier"].flush_model(["code", "register_code"])
        self.env["motcua.document"].flush_model(["register_code"])
        self.env["motcua.outgoing"].flush_model(["register_code"])
        self.env["motcua.fee.receipt"].flush_model(["register_code"])
        return [
            (
                "id",
                "in",
                SQL(
                    """(
                    SELECT number.id FROM motcua_number AS number
                    JOIN motcua_dossier AS dossier
                    ON number.name IN (dossier.code, dossier.register_code)
                    UNION ALL
                    SELECT number.id FROM motcua_number AS number
                    JOIN motcua_document AS document
                    ON number.name = document.register_code
                    UNION ALL
                    SELECT number.id FROM motcua_number AS number
                    JOIN motcua_outgoing AS paper
                    ON number.name = paper.register_code
                    UNION ALL
                    SELECT number.id FROM motcua_number AS number
                    JOIN motcua_fee_receipt AS receipt
                    ON number.name = receipt.register_code
                    )"""
                ),
            )
        ]

    @api.model
    def _allocate(self, wanted):
        """Take numbers out of several series at once.

        :param wanted: dict series -> (how many, function number -> name)
        :return: dict series -> list of (number, name), ascending
        """
        # Sorted, so that two desks wanting the same series never wait for each other in
        # a circle.
        series = sorted(wanted)
        with self._transaction() as cr:
            cr.execute(
                self._begin
                + """
                INSERT INTO motcua_number_counter AS counter (series, last)
                SELECT * FROM unnest(%s::text[], %s::int[])
                ON CONFLICT (series) DO UPDATE SET last = counter.last + EXCLUDED.last
                RETURNING series, last
                """,
                (series, [wanted[name][0] for name in series]),
            )
            allocated = {
                name: self._names(last, *wanted[name]) for name, last in cr.fetchall()
            }
            rows = [
                (name, number, text)
                for name, taken in allocated.items()
                for number, text in taken
            ]
            cr.execute(
                """
                INSERT INTO motcua_number (series, number, name, taken_by, date)
                SELECT *, %s, now() AT TIME ZONE 'UTC'
                FROM unnest(%s::text[], %s::int[], %s::text[])
                """
                + self._commit,
                (self.env.uid, *map(list, zip(*rows, strict=True))),
            )
        return allocated

    @api.model
    def _take_outgoing(self, wanted):
        """The next numbers of the registers of outgoing papers: one register an agency,
        year and symbol.

        :param wanted: list of (agency, pattern of the number)
        :return: list of dicts with ``entry``, ``register_code``, ``number`` as printed
            and ``date``, in the order of ``wanted``
        """
        today = today_in_vietnam()
        places = []
        for agency, pattern in wanted:
            identifier = agency._get_identifier()
            if not identifier:
                raise UserError(
                    self.env._(
                        "%s has no identifier yet, and registers are kept under it.",
                        agency.display_name,
                    )
                )
            symbol = document_number.register_symbol(pattern)
            places.append(f"{identifier}/{today.year}/{symbol}")
        taken = self._allocate(
            {
                series: (len(rows), lambda number, series=series: f"{series}/{number}")
                for series, rows in groupby(places)
            }
        )
        waiting = {series: iter(numbers) for series, numbers in taken.items()}
        papers = []
        for (_agency, pattern), series in zip(wanted, places, strict=True):
            entry, register_code = next(waiting[series])
            number = document_number.format_number(pattern, entry, today.year)
            papers.append(
                {
                    "entry": entry,
                    "register_code": register_code,
                    "number": number,
                    "date": today,
                }
            )
        return papers

    @api.model
    def _names(self, last, count, make_name):
        """The ``count`` numbers up to ``last``, each with its name."""
        return [
            (number, make_name(number)) for number in range(last - count + 1, last + 1)
        ]

    @api.model
    @contextmanager
    def _transaction(self):
        """A connection of its own at READ COMMITTED, where a counter waits its turn
        instead of failing."""
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            cr.connection.autocommit = True
            try:
                yield cr
            except Exception:
                cr.execute("ROLLBACK")
                raise
