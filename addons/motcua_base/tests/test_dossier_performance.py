from functools import partial

from lxml import etree

from odoo.tests import tagged

from .common import MotcuaCase

MANY = 50


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

    def _check_growth(self, action, batches=0):
        """Compare what ``action`` costs for one dossier and for many.

        :param action: a function of dossiers
        :param batches: statements more that are due to Odoo inserting and updating at
            most 100 rows at once
        """
        action(self._dossiers(1))
        few, many = (
            self._queries(partial(action, self._dossiers(count))) for count in (1, MANY)
        )
        self.assertLessEqual(many - few, batches, f"{few} queries, then {many}")

    # -- verbs ---------------------------------------------------------

    def test_receive(self):
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        values = self._values(form_values={"purpose": "Work", "born": "1990-01-31"})
        Dossier.receive_new([values])
        few, many = (
            self._queries(partial(Dossier.receive_new, [values] * count))
            for count in (1, MANY)
        )
        # Three papers each: 150 rows.
        self.assertLessEqual(many - few, 1, f"{few} queries, then {many}")
        self.assertLessEqual(few, 25)

    def test_forward(self):
        self._check_growth(
            lambda dossiers: dossiers.action_forward(assignee_id=self.handler.id)
        )
        dossier = self._dossiers(1)
        self.assertLessEqual(self._queries(dossier.action_forward), 20)

    def test_extend(self):
        self._check_growth(
            lambda dossiers: dossiers.with_user(self.approver).action_extend(
                "2026-03-16", "A paper is awaited."
            )
        )

    def test_complete(self):
        def complete(dossiers):
            dossiers.action_forward(assignee_id=self.handler.id)
            dossiers = dossiers.with_user(self.handler)
            dossiers.action_forward(assignee_id=self.approver.id)
            dossiers.with_user(self.approver).action_complete(number="1/GXN")

        # Three tasks each: 150 rows.
        self._check_growth(complete, batches=1)

    # -- screens -------------------------------------------------------

    def test_list(self):
        columns = self._specification("list")
        self._check_growth(
            lambda dossiers: dossiers.web_search_read(
                [("id", "in", dossiers.ids)], columns
            )
        )

    def test_board(self):
        columns = self._specification("kanban")
        self._check_growth(
            lambda dossiers: dossiers.web_search_read(
                [("id", "in", dossiers.ids)], columns
            )
        )

    def test_form(self):
        shown = self._specification("form")
        self._check_growth(lambda dossiers: dossiers.web_read(shown))

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
