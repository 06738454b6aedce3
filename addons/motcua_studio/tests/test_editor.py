from odoo.exceptions import UserError
from odoo.tests import TransactionCase


class TestEditor(TransactionCase):
    """Whoever saves second is told that somebody was quicker."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workflow = cls.env["motcua.workflow"].create({"name": "Process"})

    def test_nothing_changed_since(self):
        self.workflow._begin_edit(self.workflow._revision())

    def test_changed_since(self):
        seen = self.workflow._revision()
        self._add_step()
        with self.assertRaisesRegex(UserError, "since you opened it"):
            self.workflow._begin_edit(seen)

    def test_something_removed_since(self):
        step = self._add_step()
        seen = self.workflow._revision()
        step.unlink()
        with self.assertRaisesRegex(UserError, "since you opened it"):
            self.workflow._begin_edit(seen)

    def _add_step(self):
        return self.env["motcua.workflow.step"].create(
            {
                "workflow_id": self.workflow.id,
                "name": "Step",
                "stage_id": self.env["motcua.stage"].search([], limit=1).id,
            }
        )
