from functools import partial

from lxml import etree

from odoo.fields import Command
from odoo.tests import tagged

from .common import MotcuaCase

MANY = 50
# Odoo inserts and updates at most 100 rows a statement.
MORE_BATCHES = 2


@tagged("post_install", "-at_install")
class TestDossierPerformance(MotcuaCase):
    """Fifty dossiers cost no more queries than one."""

    def _dossiers(self, count):
        """Received dossiers of citizens of their own, as the receiving officer."""
        citizens = self.env["res.partner"].create(
            [{"name": f"Citizen {number}"} for number in range(count)]
        )
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        received = Dossier.receive_new(
            [self._values(applicant_id=citizen.id) for citizen in citizens]
        )
        return Dossier.browse([row["id"] for row in received])

    def _queries(self, action):
        """Queries of ``action`` with nothing but configuration in memory."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _check_growth(self, prepare, action, budget):
        """Compare what ``action`` costs for one dossier and for many.

        :param prepare: function of a count, gives what ``action`` takes
        :param budget: queries that one dossier may cost
        """
        action(prepare(1))  # fills the caches of configuration
        few, many = (
            self._queries(partial(action, prepare(count))) for count in (1, MANY)
        )
        self.assertLessEqual(few, budget)
        self.assertLessEqual(many - few, MORE_BATCHES, f"{few}, then {many} queries")

    # -- files ---------------------------------------------------------

    def test_files_of_papers(self):
        """The scans of a dossier are listed in one go, and those of other dossiers cost
        nothing."""
        pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

        def scanned(count):
            papers = self._dossiers(1).component_ids
            scan = Command.create({"name": "scan.pdf", "raw": pdf})
            papers[0].attachment_ids = [scan] * count
            self.env.flush_all()
            self.env.invalidate_all()
            return papers.with_user(self.handler)

        def read(papers):
            papers.web_read({"attachment_ids": {"fields": {"name": {}}}})

        self._check_growth(scanned, read, budget=20)

    # -- verbs ---------------------------------------------------------

    def test_receive(self):
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        answers = {"purpose": "Work", "born": "1990-01-31"}
        values = self._values(form_values=answers)
        self._check_growth(
            lambda count: [values] * count, Dossier.receive_new, budget=20
        )

    def test_receive_by_number(self):
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        values = self._values(applicant_id=False, applicant_name="Nguyễn Thị Hoa")
        people = [
            dict(values, applicant_id_number=f"0451900{number:05d}")
            for number in range(MANY)
        ]
        Dossier.receive_new(people)
        self._check_growth(lambda count: people[:count], Dossier.receive_new, budget=20)

    def test_forward(self):
        self._check_growth(
            self._dossiers,
            lambda dossiers: dossiers.action_forward(assignee_id=self.handler.id),
            budget=18,
        )

    def test_extend(self):
        self._check_growth(
            lambda count: self._dossiers(count).with_user(self.approver),
            lambda dossiers: dossiers.action_extend("2026-03-16", "A paper is awaited"),
            budget=18,
        )

    def test_complete(self):
        def prepare(count):
            dossiers = self._dossiers(count)
            dossiers.action_forward(assignee_id=self.handler.id)
            dossiers = dossiers.with_user(self.handler)
            dossiers.action_forward(assignee_id=self.approver.id)
            return dossiers.with_user(self.approver)

        self._check_growth(
            prepare, lambda dossiers: dossiers.action_complete(number="1"), budget=20
        )

    # -- screens -------------------------------------------------------

    def test_list(self):
        self._check_search("list")

    def test_board(self):
        self._check_search("kanban")

    def _check_search(self, view_type):
        columns = self._specification(view_type)
        self._check_growth(
            self._dossiers,
            lambda dossiers: dossiers.web_search_read(
                [("id", "in", dossiers.ids)], columns
            ),
            budget=25,
        )

    def test_form(self):
        shown = self._specification("form")
        self._check_growth(
            self._dossiers, lambda dossiers: dossiers.web_read(shown), budget=60
        )

    def _specification(self, view_type):
        """What the web client asks for to show this view."""
        arch = self.env["motcua.dossier"].get_view(view_type=view_type)["arch"]
        return self._fields_of(self.env["motcua.dossier"], etree.fromstring(arch))

    def _fields_of(self, model, node):
        specification = {}
        for element in node.xpath("./*"):
            name = element.get("name")
            if element.tag != "field":
                specification |= self._fields_of(model, element)
            elif model._fields[name].type == "many2one":
                specification[name] = {"fields": {"display_name": {}}}
            elif model._fields[name].type in ("one2many", "many2many"):
                comodel = self.env[model._fields[name].comodel_name]
                inner = {}
                for view in element.xpath("./list | ./kanban"):
                    inner |= self._fields_of(comodel, view)
                specification[name] = {"fields": inner or {"display_name": {}}}
            else:
                specification[name] = {}
        return specification
