from odoo.addons.web.controllers.export import (
    ExcelExport,
    ExportXlsxWriter,
    GroupExportXlsxWriter,
)


class PlainText:
    """What people typed is text in a cell, whatever it looks like: never a formula and
    never a link that runs when the file is opened."""

    def write(self, row, column, cell_value, style=None):
        if isinstance(cell_value, str):
            return self.worksheet.write_string(row, column, cell_value, style)
        return super().write(row, column, cell_value, style)


class PlainWriter(PlainText, ExportXlsxWriter):
    """Of lists."""


class PlainGroupWriter(PlainText, GroupExportXlsxWriter):
    """Of grouped lists."""


class ExportController(ExcelExport):
    def from_group_data(self, fields, columns_headers, groups):
        with PlainGroupWriter(fields, columns_headers, groups.count) as writer:
            row, column = 1, 0
            for name, group in groups.children.items():
                row, column = writer.write_group(row, column, name, group)
        return writer.value

    def from_data(self, fields, columns_headers, rows):
        with PlainWriter(fields, columns_headers, len(rows)) as writer:
            for row, values in enumerate(rows, start=1):
                for column, value in enumerate(values):
                    writer.write_cell(row, column, value)
        return writer.value
