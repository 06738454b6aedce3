"""Numbers in files that are imported, and in rows given over RPC."""

import io

import openpyxl

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestImport(MotcuaCase):
    """They are read as those typed into forms, and refused alike."""

    def setUp(self):
        super().setUp()
        self.offering = self._make_offering(self.commune, self._make_procedure())

    # -- files --------------------------------------------------------------

    def _run(self, model, columns, content, kind):
        wizard = self.env["base_import.import"].create(
            {"res_model": model, "file": content, "file_type": kind}
        )
        options = {"has_headers": True, "quoting": '"', "separator": ";"}
        # As the screen does before: Odoo guesses separators of the whole column.
        wizard.parse_preview(options)
        return wizard.execute_import(columns, columns, options)

    def _fees(self, *amounts, kind="csv"):
        """What importing fee lines of an agency with these amounts answers, and the
        amounts that there are then."""
        columns = ["offering_id/.id", "name", "amount"]
        rows = [columns] + [[self.offering.id, "Fee", amount] for amount in amounts]
        if kind == "csv":
            content = "\n".join(";".join(map(str, row)) for row in rows).encode()
            answer = self._run("motcua.procedure.fee", columns, content, "text/csv")
        else:
            answer = self._run(
                "motcua.procedure.fee",
                columns,
                _workbook(rows),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            )
        return answer, self.offering.fee_ids.mapped("amount")

    def test_amounts_are_read_one_by_one(self):
        for kind in ("csv", "xlsx"):
            with self.subTest(kind=kind):
                self.offering.fee_ids.unlink()
                _answer, amounts = self._fees(
                    "1.500.000", "100,000,000.00", "2.500 đ", "1500000,0", kind=kind
                )
                self.assertEqual(amounts, [1500000, 100000000, 2500, 1500000])

    def test_what_may_mean_two_things_is_refused(self):
        for kind in ("csv", "xlsx"):
            answer, amounts = self._fees("1.500", "2.5", kind=kind)
            self.assertFalse(amounts)
            [message] = answer["messages"]
            self.assertIn("2,5", message["message"])
            self.assertIn("25", message["message"])
            self.assertEqual(message["rows"], {"from": 1, "to": 1})

    def test_cells_that_hold_numbers_are_these(self):
        _answer, amounts = self._fees(1500000, 2000.0, kind="xlsx")
        self.assertEqual(amounts, [1500000, 2000])
        # No hundred thousand: a file of numbers has no groups.
        answer, amounts = self._fees(100.125, kind="xlsx")
        self.assertTrue(answer["messages"])
        self.assertNotIn(100125, amounts)

    def test_terms_with_decimals(self):
        columns = [".id", "term_quantity", "term_unit"]
        for typed, days in (("2,5", 2.5), ("7.25", 7.25), (2.125, 2.13), (3, 3)):
            rows = [columns, [self.offering.id, typed, "working_day"]]
            self._run(
                "motcua.offering",
                columns,
                _workbook(rows),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            )
            self.assertEqual(self.offering.term_quantity, days)
        answer = self._load("motcua.offering", columns, [self.offering.id, "1.500", ""])
        self.assertIn("1,5", answer["messages"][0]["message"])

    # -- rows over RPC ------------------------------------------------------

    def _load(self, model, columns, *rows):
        return self.env[model].load(columns, [list(map(str, row)) for row in rows])

    def test_models_of_others_are_read_as_before(self):
        answer = self._load("res.partner", ["name", "partner_latitude"], ["A", "1.500"])
        partner = self.env["res.partner"].browse(answer["ids"])
        self.assertEqual(partner.partner_latitude, 1.5)

    # -- answers of e-forms -------------------------------------------------

    def _subsidy(self):
        version = self._make_version(
            self._make_procedure(name="Subsidy"),
            component_ids=[],
            field_ids=[
                Command.create({"name": "sum_paid", "label": "Sum", "type": "money"}),
                Command.create({"name": "size", "label": "Size", "type": "float"}),
                Command.create({"name": "heads", "label": "Heads", "type": "integer"}),
            ],
        )
        version.action_publish()
        self._make_offering(self.commune, version.procedure_id)
        return version.procedure_id

    def test_answers_in_a_file(self):
        procedure = self._subsidy()
        columns = [
            "procedure_id/.id",
            "agency_id/.id",
            "applicant_id/.id",
            "channel",
            "form_values.sum_paid",
            "form_values.size",
            "form_values.heads",
        ]
        row = [procedure.id, self.commune.id, self.citizen.id, "counter"]

        def load(*answers):
            Dossier = self.env["motcua.dossier"].with_user(self.receiver)
            found = Dossier.load(columns, [[*map(str, row), *answers]])
            return found, self.env["motcua.dossier"].browse(found["ids"] or [])

        _found, dossier = load("1.500.000 đ", "7,5", "1.200")
        self.assertEqual(
            dossier._answers(), {"sum_paid": 1500000, "size": 7.5, "heads": 1200}
        )
        for answers in (("2.5", "", ""), ("", "1.500", ""), ("", "", "2,5")):
            found, dossier = load(*answers)
            self.assertFalse(dossier)
            self.assertIn("“", found["messages"][0]["message"])
            self.assertIn(",5", found["messages"][0]["message"])

    def test_answers_over_rpc_are_kept_as_numbers(self):
        procedure = self._subsidy()
        dossier = self._draft(
            procedure_id=procedure.id, form_values={"sum_paid": "100,000,000.00"}
        )
        self.assertEqual(dossier._answers(), {"sum_paid": 100000000})
        dossier.write({"form_values": {"sum_paid": "1.500.000", "size": "7,5"}})
        self.assertEqual(dossier._answers()["sum_paid"], 1500000)
        self.assertEqual(dossier._answers()["size"], 7.5)
        for typed in ("2.5", "abc"):
            answers = {"form_values": {"sum_paid": typed}}
            with self.assertRaises(ValidationError):
                dossier.write(answers)
            with self.assertRaises(ValidationError):
                self._draft(procedure_id=procedure.id, **answers)
        self.assertEqual(dossier._answers()["sum_paid"], 1500000)


def _workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
