"""Guessing passwords and keys: whoever does it waits, and nobody else."""

from types import SimpleNamespace
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessDenied
from odoo.tests import tagged

from ..models import res_users
from ..tools.throttle import ACCOUNT_FACTOR, ADDRESS_FACTOR, MEMORY
from .common import MotcuaCase

OFFICE = "203.0.113.7"
RIGHT, WRONG = "right-Pass-1", "wrong-Pass-1"
LIMIT = 5


@tagged("post_install", "-at_install")
class TestAttackPasswords(MotcuaCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = [
            cls._make_officer(login, "handler", cls.commune) for login in ("an", "binh")
        ]
        for user in cls.users:
            user.sudo().password = RIGHT
        settings = cls.env["ir.config_parameter"].sudo()
        settings.set_param("base.login_cooldown_after", LIMIT)

    def setUp(self):
        super().setUp()
        # What a failure is noted with outlives what fails.
        self.enterContext(self.enter_registry_test_mode())
        self.frozen = self.enterContext(freeze_time("2026-03-02 01:00:00"))

    def _enter(self, user, password, address=OFFICE, by_id=False):
        """What is answered, nothing where the password is right."""
        asked = SimpleNamespace(remote_addr=address, environ={"REMOTE_ADDR": address})
        Users = self.env["res.users"]
        request = address and SimpleNamespace(httprequest=asked, cookies={})
        with patch.object(res_users, "request", request):
            try:
                if by_id:
                    Users._check_uid_passwd(user.id, password)
                else:
                    credential = {"login": user.login, "password": password}
                    Users._login(
                        {**credential, "type": "password"}, {"interactive": False}
                    )
            except AccessDenied as denied:
                return str(denied)
        return ""

    def _fail(self, user, times, **options):
        for time in range(times):
            self.assertIn(
                "Access Denied", self._enter(user, f"{WRONG}{time}", **options)
            )

    def _works_from(self, user, address):
        self.env["res.device.log"].sudo().create(
            {
                "session_identifier": f"session of {user.login}",
                "user_id": user.id,
                "ip_address": address,
                "last_activity": "2026-03-01 01:00:00",
            }
        )

    def test_who_guesses_waits(self):
        an = self.users[0]
        for by_id in (False, True):
            with self.subTest(by_id=by_id):
                self._fail(an, LIMIT, by_id=by_id)
                self.assertIn("Try again", self._enter(an, RIGHT, by_id=by_id))
                self.frozen.tick(61)
                self.assertFalse(self._enter(an, RIGHT, by_id=by_id))
                # What was a slip is forgotten.
                self._fail(an, LIMIT - 1, by_id=by_id)
                self.assertFalse(self._enter(an, RIGHT, by_id=by_id))

    def test_the_sentence_says_when(self):
        an = self.users[0]
        self._fail(an, LIMIT)
        self.assertEqual(
            self._enter(an, RIGHT),
            "Too many wrong passwords. Try again after 08:01:00.",
        )

    def test_the_office_goes_on_working(self):
        an, binh = self.users
        self._works_from(binh, OFFICE)
        self._fail(an, LIMIT)
        self.assertFalse(self._enter(binh, RIGHT))
        # Even where one in it tries every account of the province.
        for number in range(LIMIT * ADDRESS_FACTOR):
            self.env["motcua.login.failure"]._note(f"user{number}", OFFICE)
        self.assertFalse(self._enter(binh, RIGHT))
        self.frozen.tick(1)
        self.assertIn("Too many", self._enter(an, RIGHT))

    def test_an_account_guessed_at_from_everywhere(self):
        an, binh = self.users
        self._works_from(an, OFFICE)
        for number in range(LIMIT * ACCOUNT_FACTOR):
            self._fail(an, 1, address=f"198.51.100.{number}")
        self.assertIn("Too many", self._enter(an, RIGHT, address="198.51.100.200"))
        # Who works there is not kept out by it, and nobody else is.
        self.assertFalse(self._enter(an, RIGHT))
        self.assertFalse(self._enter(binh, RIGHT, address="198.51.100.200"))

    def test_without_a_request(self):
        """As XML-RPC is answered: nobody is kept out of it by what others guess."""
        an, binh = self.users
        self._fail(an, LIMIT, address=None)
        self.assertIn("Too many", self._enter(an, RIGHT, address=None))
        self.assertFalse(self._enter(an, RIGHT))
        for number in range(LIMIT * ADDRESS_FACTOR):
            self._fail(SimpleNamespace(login=f"user{number}"), 1, address=None)
        self.assertFalse(self._enter(binh, RIGHT, address=None))

    def test_unknown_accounts_are_answered_alike(self):
        nobody = SimpleNamespace(login="nobody")
        self._fail(nobody, LIMIT)
        self.assertIn("Too many", self._enter(nobody, RIGHT))

    def test_a_login_of_another_kind_is_a_wrong_one(self):
        for login in (False, {}, 5.5):
            with self.subTest(login=login):
                self._fail(SimpleNamespace(login=login), 1)

    def test_who_it_was_is_not_kept(self):
        self._fail(self.users[0], 1)
        kept = self.env["motcua.login.failure"].sudo().search([])
        self.assertTrue(kept)
        self.assertNotIn("an", kept.mapped("account"))

    def test_old_failures_go(self):
        self._fail(self.users[0], 3)
        Failure = self.env["motcua.login.failure"].sudo()
        self.frozen.tick(MEMORY.total_seconds() + 1)
        self._fail(self.users[1], 1)
        Failure._gc()
        self.assertEqual(len(Failure.search([])), 1)
