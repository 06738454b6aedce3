import psycopg2.errors

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common_access import AccessCase

GUARDED = ("motcua_dossier_event", "motcua_access_log")


@tagged("post_install", "-at_install")
class TestEventLog(AccessCase):
    """What is on record stays on record: the application cannot change it, and what
    somebody with more power changes is found."""

    def setUp(self):
        super().setUp()
        self.dossier = self._at_appraisal()
        self.dossier.action_request_supplement([], "Sign the form")
        self.dossier.read(["applicant_phone"])
        self._reset_cache()

    def _execute(self, query, *params):
        self.env.cr.execute(SQL(query, *params))

    # -- the database refuses -------------------------------------------

    def test_the_application_is_no_superuser(self):
        """Whom triggers do not bind is not whom these tests run as."""
        self._execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        self.assertEqual(self.env.cr.fetchone(), (False,))

    def test_the_database_refuses_changes(self):
        for table in GUARDED:
            for query in (
                "UPDATE %s SET user_id = 1",
                "UPDATE %s SET id = id",
                "DELETE FROM %s",
                "TRUNCATE %s",
            ):
                with (
                    self.subTest(table=table, query=query),
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(psycopg2.errors.InsufficientPrivilege),
                ):
                    self._execute(query, SQL.identifier(table))

    def test_the_database_refuses_even_what_is_deleted_with_a_dossier(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.Error):
            self._execute("DELETE FROM motcua_dossier WHERE id = %s", self.dossier.id)

    # -- Odoo refuses ----------------------------------------------------

    def test_odoo_refuses_changes_to_everybody(self):
        event = self.dossier.sudo().event_ids[0]
        for user in (self.receiver, self.leader, self.system_admin, self.plain):
            own = self._as(event, user)
            with self.subTest(user=user.login):
                self.assertRefused(AccessError, own.write, {"kind": "stop"})
                self.assertRefused(AccessError, own.unlink)
                self.assertRefused(
                    AccessError,
                    own.create,
                    {
                        "dossier_id": self.dossier.id,
                        "sequence": 99,
                        "kind": "stop",
                        "date": "2026-03-02",
                        "user_id": user.id,
                        "hash": "x",
                    },
                )
        self.assertRefused(AccessError, event.write, {"kind": "stop"})
        self.assertRefused(AccessError, event.unlink)

    def test_no_context_makes_a_difference(self):
        event = self._as(
            self.dossier.sudo().event_ids[0],
            self.system_admin,
            force_delete=True,
            _force_unlink=True,
            install_mode=True,
            module_uninstall=True,
            tracking_disable=True,
            default_kind="stop",
        )
        self.assertRefused(AccessError, event.write, {"kind": "stop"})
        self.assertRefused(AccessError, event.unlink)

    def test_loading_a_file_writes_no_event(self):
        for model, columns, row in (
            ("motcua.dossier.event", ["kind", "hash"], ["stop", "x"]),
            ("motcua.access.log", ["action"], ["read"]),
        ):
            Model = self.env[model].with_user(self.system_admin)
            before = Model.sudo().search_count([])
            self.assertFalse(Model.load(columns, [row])["ids"])
            self.assertEqual(Model.sudo().search_count([]), before)

    # -- what was changed all the same is found ---------------------------

    def _tamper(self, query, *params):
        """As somebody who may switch the trigger off; undone with the test."""
        self._execute("ALTER TABLE motcua_dossier_event DISABLE TRIGGER USER")
        self._execute(query, *params)
        self._execute("ALTER TABLE motcua_dossier_event ENABLE TRIGGER USER")
        self._reset_cache()

    def _verdict(self):
        action = self.dossier.with_user(self.inspector).action_verify_log()
        return action["params"]["type"], action["params"]["message"]

    def _assert_found(self, words):
        kind, message = self._verdict()
        self.assertEqual(kind, "danger")
        self.assertIn(words, message)
        self.assertIn(self.dossier.sudo().code, message)

    def test_an_honest_log(self):
        self.assertEqual(self._verdict()[0], "success")
        self.assertEqual(self.dossier.sudo().event_count, 3)

    def test_a_changed_row(self):
        for column, value in (
            ("user_id", self.leader.id),
            ("date", "2026-03-01 01:00:00"),
            ("kind", "stop"),
            ("status_to", "9"),
            ("agency_id", self.bureau.id),
            ("payload", '{"reason": "Another"}'),
            ("hash", "0" * 64),
            ("previous_hash", "0" * 64),
        ):
            with self.subTest(column=column):
                savepoint = self.env.cr.savepoint()
                self._tamper(
                    "UPDATE motcua_dossier_event SET %s = %s"
                    " WHERE dossier_id = %s AND sequence = 2",
                    SQL.identifier(column),
                    value,
                    self.dossier.id,
                )
                kind, message = self._verdict()
                self.assertEqual(kind, "danger", column)
                self.assertIn("event 2", message.replace("event 3", "event 2"))
                savepoint.close(rollback=True)
                self._reset_cache()

    def test_a_deleted_row(self):
        self._tamper(
            "DELETE FROM motcua_dossier_event WHERE dossier_id = %s AND sequence = 2",
            self.dossier.id,
        )
        self._assert_found("missing")

    def test_a_deleted_tail(self):
        self._tamper(
            "DELETE FROM motcua_dossier_event WHERE dossier_id = %s AND sequence = 3",
            self.dossier.id,
        )
        self._assert_found("missing")

    def test_an_emptied_log(self):
        self._tamper(
            "DELETE FROM motcua_dossier_event WHERE dossier_id = %s", self.dossier.id
        )
        self._assert_found("missing")

    def test_swapped_rows(self):
        self._tamper(
            "UPDATE motcua_dossier_event SET sequence = -sequence"
            " WHERE dossier_id = %s AND sequence IN (2, 3)",
            self.dossier.id,
        )
        self._tamper(
            "UPDATE motcua_dossier_event SET sequence = 5 + sequence"
            " WHERE dossier_id = %s AND sequence < 0",
            self.dossier.id,
        )
        self.assertEqual(self._verdict()[0], "danger")

    def test_a_row_moved_to_another_dossier(self):
        other = self._received()
        self._tamper(
            "UPDATE motcua_dossier_event SET dossier_id = %s, sequence = 2"
            " WHERE dossier_id = %s AND sequence = 3",
            other.id,
            self.dossier.id,
        )
        self._assert_found("missing")
        self.assertTrue(other.sudo()._log_problems())

    def test_a_row_put_in(self):
        self._tamper(
            "INSERT INTO motcua_dossier_event"
            " (dossier_id, sequence, kind, date, user_id, hash, previous_hash)"
            " SELECT dossier_id, 4, 'stop', date, user_id, hash, hash"
            " FROM motcua_dossier_event WHERE dossier_id = %s AND sequence = 3",
            self.dossier.id,
        )
        self.assertEqual(self._verdict()[0], "danger")

    # -- who verifies ----------------------------------------------------

    def test_all_logs_in_scope_are_verified(self):
        far = self._far_received()
        self._tamper(
            "UPDATE motcua_dossier_event SET kind = 'stop' WHERE dossier_id = %s",
            far.id,
        )
        Dossier = self.env["motcua.dossier"]
        mine = Dossier.with_user(self.inspector).action_verify_all_logs()
        self.assertEqual(mine["params"]["type"], "success")
        every = Dossier.with_user(self.system_admin).action_verify_all_logs()
        self.assertIn(far.sudo().code, every["params"]["message"])
        self.assertRefused(
            AccessError, Dossier.with_user(self.plain).action_verify_all_logs
        )
        self.assertRefused(AccessError, self._as(far, self.leader).action_verify_log)
