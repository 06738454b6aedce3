from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MotcuaCase


@tagged("post_install", "-at_install")
class TestBatchPrint(MotcuaCase):
    """A form of many dossiers: those without it are named, the rest can be printed."""

    def _check(self, kind, dossiers, user=None):
        report = self.env.ref(f"motcua_base.action_report_{kind}")
        return report.with_user(user or self.receiver).motcua_check(dossiers.ids)

    def test_all_can_be_printed(self):
        dossiers = self._received() | self._received()
        self.assertEqual(
            self._check("receipt", dossiers), {"done": dossiers.ids, "failed": []}
        )

    def test_some_cannot(self):
        received = self._received() | self._received() | self._received()
        draft = self._draft()
        chosen = received[:2] | draft | received[2:]
        answer = self._check("receipt", chosen)
        self.assertEqual(answer["done"], received.ids)
        [row] = answer["failed"]
        self.assertEqual(row["id"], draft.id)
        self.assertEqual(row["name"], draft.display_name)
        self.assertIn("was not received yet", row["reason"])

    def test_none_can(self):
        dossiers = self._received() | self._received()
        answer = self._check("handover", dossiers)
        self.assertEqual(answer["done"], [])
        self.assertEqual(len(answer["failed"]), 2)

    def test_forms_of_several_dossiers(self):
        """The register is one table, and a group receipt one paper for many: a draft
        among them hinders neither."""
        received = self._received() | self._received()
        draft = self._draft()
        for kind in "register", "group_receipt":
            answer = self._check(kind, draft | received)
            self.assertEqual(answer["done"], received.ids)
            self.assertEqual([row["id"] for row in answer["failed"]], [draft.id])

    def test_what_one_may_not_read(self):
        """Somebody else's dossier is named by nothing but its id."""
        mine, theirs = self._received(), self._received()
        answer = self._check("receipt", mine | theirs, self.stranger)
        self.assertEqual(answer["done"], [])
        text = str(answer["failed"])
        self.assertNotIn(mine.code, text)
        self.assertNotIn(theirs.applicant_name, text)

    def test_who_may_not_print(self):
        with self.assertRaises(AccessError):
            self._check("receipt", self._received(), self.procedure_admin)

    def test_a_dossier_gone_meanwhile(self):
        received, draft = self._received(), self._draft()
        gone = draft.id
        draft.sudo().unlink()
        answer = self.env.ref("motcua_base.action_report_receipt").with_user(
            self.receiver
        )
        answer = answer.motcua_check([gone, received.id])
        self.assertEqual(answer["done"], received.ids)
        self.assertEqual([row["id"] for row in answer["failed"]], [gone])

    def test_checking_is_not_printing(self):
        """Nobody has seen a paper yet, so the access log says nothing of one."""
        dossiers = self._received() | self._received()
        self._check("receipt", dossiers)
        log = self.env["motcua.access.log"].search(
            [("dossier_id", "in", dossiers.ids), ("action", "=", "print")]
        )
        self.assertFalse(log)
