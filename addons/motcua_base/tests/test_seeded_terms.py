from uuid import uuid4

from odoo.exceptions import UserError
from odoo.fields import Command

from .common import MotcuaCase

# Received over the counter on Monday 2/3/2026 at 8:00, one page, one copy; office hours
# end at 17:00 (10:00 UTC). Procedure, case (False: the ordinary one), day due, fees in
# đồng. Counted by hand: the day of reception is day 0, a last day on a weekend moves to
# Monday, no holiday lies between.
EXPECTED = [
    ("1.000656", False, "2026-03-02", 0),
    ("1.000656", "case_verify", "2026-03-05", 0),
    ("1.000894", False, "2026-03-02", 0),
    ("1.000894", "case_verify", "2026-03-09", 0),
    ("1.001193", False, "2026-03-02", 0),
    ("1.001193", "case_01", "2026-03-02", 0),
    ("1.001193", "case_02", "2026-03-02", 0),
    ("1.001612", False, "2026-03-05", 100000),
    ("1.003725", False, "2026-03-17", 50000),
    ("1.003868", False, "2026-03-16", 15000),
    ("1.003868", "case_text", "2026-03-16", 6000),
    ("1.003868", "case_media", "2026-03-16", 27000),
    ("1.004873", False, "2026-03-05", 0),
    ("1.004873", "case_verify", "2026-04-02", 0),
    # 20 days end on Sunday 22/3.
    ("1.013225", False, "2026-03-23", 75000),
    ("1.013225", "case_house", "2026-03-17", 75000),
    ("2.000635", False, "2026-03-02", 8000),
    ("2.000815", False, "2026-03-02", 2000),
    ("2.000815", "case_01", "2026-03-02", 2000),
    ("2.000815", "case_long", "2026-03-04", 2000),
    ("2.000884", False, "2026-03-02", 10000),
    ("2.000908", False, "2026-03-02", 0),
]


class TestSeededTerms(MotcuaCase):
    """Every procedure that is delivered, in each of its cases, at every door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        codes = {code for code, _case, _day, _fees in EXPECTED}
        cls.versions = {
            code: cls.env.ref(f"motcua_base.procedure_{code.replace('.', '_')}_v1")
            for code in codes
        }
        for version in cls.versions.values():
            cls._make_offering(cls.commune, version.procedure_id)

    def _case(self, code, name):
        name = name and f"motcua_base.procedure_{code.replace('.', '_')}_{name}"
        return self.env.ref(name) if name else self.env["motcua.procedure.case"]

    def _choice(self, code, case_id=False, **values):
        return {
            "procedure_id": self.versions[code].procedure_id.id,
            "agency_id": self.commune.id,
            "channel": "counter",
            "case_id": case_id,
            **values,
        }

    def _call(self, method, *args):
        desk = self.env["motcua.desk"].with_user(self.receiver)
        return getattr(desk, method)(self.desk.id, *args)

    def _check(self, dossier, case, day, fees):
        self.assertEqual(dossier.case_id, case)
        self.assertEqual(str(dossier.date_due), f"{day} 10:00:00")
        self.assertEqual(sum(dossier.sudo().fee_ids.mapped("amount")), fees)

    def test_nothing_is_left_out(self):
        expected = {(code, self._case(code, case)) for code, case, _d, _f in EXPECTED}
        Case = self.env["motcua.procedure.case"]
        for code, version in self.versions.items():
            for way in version._way_ids("counter"):
                self.assertIn((code, Case.browse(way or [])), expected)

    def test_described(self):
        for code, case, day, fees in EXPECTED:
            with self.subTest(code=code, case=case):
                info = self._call(
                    "describe", self._choice(code, self._case(code, case).id)
                )
                self.assertEqual(info["due"], f"{day} 10:00:00")
                self.assertEqual(sum(fee["amount"] for fee in info["fees"]), fees)
                self.assertEqual(info["case_id"], self._case(code, case).id)
                self.assertFalse(info["case_wanted"])
                ways = {way["id"]: way for way in info["cases"]}
                self.assertEqual(ways[info["case_id"]]["due"], info["due"])

    def test_received_at_the_desk(self):
        for code, case, day, fees in EXPECTED:
            with self.subTest(code=code, case=case):
                case = self._case(code, case)
                choice = self._choice(code, case.id)
                info = self._call("describe", choice)
                item = {**choice, "papers": info["papers"], "duplicate_reason": "Again"}
                outcome = self._call(
                    "confirm",
                    str(uuid4()),
                    {
                        "applicant": {
                            "name": "Hoa",
                            "id_number": "045190001234",
                            "type": "1",
                        },
                        "items": [item],
                    },
                )
                dossier = self.env["motcua.dossier"].browse(
                    outcome["dossiers"][0]["id"]
                )
                self._check(dossier, case, day, fees)

    def test_received_by_program(self):
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        for code, case, day, fees in EXPECTED:
            with self.subTest(code=code, case=case):
                case = self._case(code, case)
                values = {
                    "procedure_id": self.versions[code].procedure_id.id,
                    "agency_id": self.commune.id,
                    "desk_id": self.desk.id,
                    "applicant_id": self.citizen.id,
                    "channel": "counter",
                }
                if case:
                    values["case_id"] = case.id
                received = Dossier.receive_new([values])
                self._check(Dossier.browse(received[0]["id"]), case, day, fees)

    def test_unknown_case_is_refused(self):
        stranger = self._case("1.013225", "case_house")
        for case_id in (stranger.id, 0x7FFFFFFF, "x"):
            with self.subTest(case_id), self.assertRaises(UserError):
                self._call("describe", self._choice("1.004873", case_id))

    def _without_ordinary(self, names):
        version = self._make_version(
            self._make_procedure(),
            case_ids=[Command.create({"name": name}) for name in names],
        )
        ordinary = version.channel_ids.filtered(lambda row: row.channel == "counter")
        for days, case in enumerate(version.case_ids, start=3):
            ordinary.copy({"case_id": case.id, "term_quantity": days})
        ordinary.unlink()
        version.action_publish()
        self._make_offering(self.commune, version.procedure_id)
        self.versions["x"] = version
        return version.case_ids

    def test_no_ordinary_term(self):
        """The officer has to say which case it is; nobody guesses."""
        first, second = self._without_ordinary(["One", "Two"])
        info = self._call("describe", self._choice("x"))
        self.assertTrue(info["case_wanted"])
        self.assertEqual((info["due"], info["term"], info["fees"]), ("", "", []))
        self.assertEqual([way["id"] for way in info["cases"]], [first.id, second.id])
        item = {**self._choice("x"), "papers": info["papers"]}
        applicant = {"name": "Hoa", "id_number": "045190001234", "type": "1"}
        with self.assertRaises(UserError):
            self._call(
                "confirm", str(uuid4()), {"applicant": applicant, "items": [item]}
            )
        info = self._call("describe", self._choice("x", second.id))
        self.assertFalse(info["case_wanted"])
        self.assertEqual(info["due"], "2026-03-06 10:00:00")

    def test_the_only_way_is_no_choice(self):
        case = self._without_ordinary(["One"])
        info = self._call("describe", self._choice("x"))
        self.assertEqual(info["case_id"], case.id)
        self.assertEqual(info["due"], "2026-03-05 10:00:00")
