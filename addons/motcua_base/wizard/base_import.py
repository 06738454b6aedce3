import io
import re

import openpyxl
import xlrd

from odoo import api, models

from ..models.ir_fields_converter import CellNumber
from ..tools.naming import is_ours

# As Odoo writes out numbers of a spreadsheet that people would read otherwise, or not.
_LIKE_NO_OTHER = re.compile(r"-?([1-9][0-9]{0,2}\.[0-9]{3}|[0-9.]+e[+-][0-9]+)")


class BaseImport(models.TransientModel):
    """Files for our models: nothing is guessed about the numbers of a whole column,
    they are read one by one, by ``ir.fields.converter``."""

    _inherit = "base_import.import"

    @api.model
    def _parse_float_from_data(self, data, index, name, options):
        model = self.env[self.res_model]
        for part in name.split("/")[:-1]:
            model = self.env[model._fields[part].comodel_name]
        if is_ours(model._name):
            return None
        return super()._parse_float_from_data(data, index, name, options)

    def _read_xlsx(self, options):
        count, rows = super()._read_xlsx(options)
        return count, _marked(rows, lambda: self._xlsx_values(options["sheet"]))

    def _read_xls_book(self, book, sheet_name):
        count, rows = super()._read_xls_book(book, sheet_name)
        return count, _marked(rows, lambda: _xls_values(book.sheet_by_name(sheet_name)))

    def _xlsx_values(self, sheet_name):
        file = io.BytesIO(self.file or b"")
        book = openpyxl.load_workbook(file, data_only=True)
        return book[sheet_name].iter_rows(values_only=True)


def _xls_values(sheet):
    for row in sheet.get_rows():
        # Days are numbers, too.
        yield [
            str(cell.value) if cell.ctype == xlrd.XL_CELL_DATE else cell.value
            for cell in row
        ]


def _marked(rows, read_values):
    """Rows as Odoo has read them, in which cells that hold numbers keep saying so:
    100.125 is no group of thousands.

    :param read_values: gives the values of all rows; read again where it matters only
    """
    if any(_LIKE_NO_OTHER.fullmatch(str(text)) for row in rows for text in row):
        filled = (
            values
            for values in read_values()
            if any(value is not None and str(value).strip() for value in values)
        )
        for row, values in zip(rows, filled, strict=True):
            for place, value in enumerate(values):
                if isinstance(value, float):
                    row[place] = CellNumber(row[place])
    return rows
