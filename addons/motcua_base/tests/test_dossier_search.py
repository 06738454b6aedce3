from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestDossierSearch(MotcuaCase):
    """Typed as Vietnamese officers type, found within one's own scope only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        dang = cls._make_citizen(
            cls.receiver,
            name="Đặng Thị Ước",
            motcua_id_number="045190004321",
            phone="0987654321",
        )
        Dossier = cls.env["motcua.dossier"].with_user(cls.receiver)
        values = {
            "procedure_id": cls.procedure.id,
            "agency_id": cls.commune.id,
            "applicant_id": dang.id,
            "channel": "counter",
            "external_code": "DVC-26-777",
            "subject": "Trích lục khai sinh",
            "submitter_name": "Lê Văn Nộp",
            "submitter_phone": "0911222333",
        }
        cls.dossier = Dossier.create(values)
        cls.dossier.action_receive()
        cls.other = Dossier.create(
            {**values, "applicant_id": cls.citizen.id, "external_code": False}
        )

    def _find(self, typed, user=None):
        Dossier = self.env["motcua.dossier"].with_user(user or self.receiver)
        return Dossier.search([("display_name", "ilike", typed)])

    def test_words_without_accents_in_any_order(self):
        for typed in (
            "dang thi uoc",
            "ĐẶNG",
            "uoc dang",
            "Khai Sinh uoc",
            "le van nop dang",
            "trich luc dang",
            "dvc-26-777",
            self.procedure.code + " uoc",
        ):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), self.dossier)
        self.assertEqual(self._find("khai sinh"), self.dossier | self.other)
        self.assertFalse(self._find("dang hoa"))

    def test_one_or_two_letters_begin_a_word(self):
        for typed in ("uo", "U", "da uoc", "tri dang"):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), self.dossier)
        for typed in ("oc", "ng uoc", "ư c"):
            with self.subTest(typed=typed):
                self.assertFalse(self._find(typed))
        draft = self.other.copy({"applicant_name": "Ôn Y"})
        self.assertEqual(self._find("on y"), draft)

    def test_codes_and_their_parts(self):
        code = self.dossier.code
        for typed in (
            code,
            code.lower(),
            code[-11:],
            self.dossier.register_code,
            f"https://example.com/tra-cuu?code={code}&t=00ff",
        ):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), self.dossier)

    def test_personal_numbers_are_found_whole_only(self):
        for typed in (
            "045190004321",
            "0987654321",
            "+84 987 654 321",
            "uoc 0987654321",
            "045 190 004 321",
        ):
            with self.subTest(typed=typed):
                self.assertEqual(self._find(typed), self.dossier)
        self.assertEqual(self._find("0911222333"), self.dossier | self.other)
        for typed in ("04519000432", "4321", "987654", "0451900043%", "0451________"):
            with self.subTest(typed=typed):
                self.assertFalse(self._find(typed))

    def test_signs_of_patterns_mean_themselves(self):
        for typed in ("%", "_", "d_ng", "\\"):
            with self.subTest(typed=typed):
                self.assertFalse(self._find(typed))

    def test_nothing_out_of_scope(self):
        for typed in ("dang thi uoc", self.dossier.code, "045190004321", "0987654321"):
            with self.subTest(typed=typed):
                self.assertFalse(self._find(typed, self.stranger))
                Dossier = self.env["motcua.dossier"].with_user(self.stranger)
                self.assertFalse(Dossier.name_search(typed))

    def test_pages_and_counts_of_lists(self):
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        domain = [("display_name", "ilike", "khai sinh")]
        both = Dossier.search(domain)
        self.assertEqual(len(both), 2)

        def page(**options):
            answer = Dossier.web_search_read(domain, {"code": {}}, **options)
            return answer["length"], [row["id"] for row in answer["records"]]

        first, second = both.ids
        for count_limit in (None, 1, 500):
            with self.subTest(count_limit=count_limit):
                self.assertEqual(page(count_limit=count_limit), (2, [first, second]))
        self.assertEqual(page(limit=1, count_limit=500), (2, [first]))
        self.assertEqual(page(limit=1, offset=1, count_limit=500), (2, [second]))
        self.assertEqual(page(limit=1, count_limit=1), (1, [first]))
        self.assertEqual(page(limit=1, order="id", count_limit=500)[0], 2)
        descending = sorted(both.ids, reverse=True)
        ordered = page(limit=80, order="id desc", count_limit=500)
        self.assertEqual(ordered, (2, descending))

    def test_many2one_fields_and_other_operators(self):
        Dossier = self.env["motcua.dossier"].with_user(self.receiver)
        found = Dossier.name_search("uoc dang")
        self.assertEqual(found, [(self.dossier.id, self.dossier.code)])
        Task = self.env["motcua.dossier.task"].with_user(self.receiver)
        tasks = Task.search([("dossier_id", "ilike", "dang uoc")])
        self.assertEqual(tasks, self.dossier.task_ids)
        exact = Dossier.search([("display_name", "=", self.dossier.code)])
        self.assertEqual(exact, self.dossier)
        both = self.dossier | self.other
        others = Dossier.search(
            [("display_name", "not ilike", "dang"), ("id", "in", both.ids)]
        )
        self.assertEqual(others, self.other)

    def test_corrections_are_found(self):
        self.other.write({"applicant_name": "Nguyễn Thị Huệ"})
        self.assertEqual(self._find("nguyen hue"), self.other)
        self.assertFalse(self._find("nguyen thi hoa"))

    def test_nobody_reads_the_text(self):
        for user in (self.receiver, self.leader, self.env.ref("base.user_admin")):
            dossier = self.dossier.with_user(user)
            with self.assertRaises(AccessError):
                dossier.read(["search_text"])
            with self.assertRaises(AccessError):
                dossier.search([("search_text", "like", "dang")])
            self.assertNotIn("search_text", dossier.fields_get())

    def test_search_notes_no_reading(self):
        log = self.env["motcua.access.log"]
        before = log.search_count([])
        self._find("045190004321")
        self.env["motcua.dossier"].with_user(self.receiver).name_search("uoc")
        self.assertEqual(log.search_count([]), before)
