from collections import defaultdict

from odoo import fields
from odoo.tools import SQL


class Files(fields.Many2many):
    """Attachments of a row, which lists those that the user may open.

    Odoo would first ask for every attachment in the database whether the user may open
    it; here only for those of the rows read. (``bypass_search_access`` would do that as
    well, but then a search would answer for words in closed files.)
    """

    def __init__(self, string="Files", **kwargs):
        super().__init__("ir.attachment", string=string, **kwargs)

    def read(self, records):  # pylint: disable=method-required-super
        pairs = records.env.execute_query(
            SQL(
                "SELECT %(row)s, %(file)s FROM %(table)s WHERE %(row)s IN %(ids)s "
                "ORDER BY %(file)s DESC",
                row=SQL.identifier(self.column1),
                file=SQL.identifier(self.column2),
                table=SQL.identifier(self.relation),
                ids=tuple(records.ids),
            )
        )
        files = records.env["ir.attachment"].browse({file for _row, file in pairs})
        opening = set(files._filtered_access("read")._ids)
        lists = defaultdict(list)
        for row, file in pairs:
            if file in opening:
                lists[row].append(file)
        self._insert_cache(records, [tuple(lists[id_]) for id_ in records._ids])
