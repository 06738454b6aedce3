from contextlib import contextmanager
from datetime import timedelta

from werkzeug.exceptions import Unauthorized

from odoo import api, fields, models
from odoo.exceptions import AccessDenied
from odoo.tools import SQL
from odoo.tools.misc import hmac

from ..tools.localtime import to_local
from ..tools.throttle import MEMORY, Failures, wait_until


class LoginFailure(models.Model):
    """A password or key that was wrong: whose, and from where. Nobody reads them, and
    the account is kept so that nobody could: it may be a phone number.

    Kept in the database, since the processes that serve one system share nothing else.
    """

    _name = "motcua.login.failure"
    _description = "Failed login"
    _log_access = False

    account = fields.Char(required=True, index=True)
    address = fields.Char(required=True, index=True)
    date = fields.Datetime(required=True, index=True)

    @api.model
    def _key(self, account):
        return hmac(self.sudo().env, self._name, account.strip().lower())

    @api.model
    @contextmanager
    def _counted(self, account, address, known):
        """A try to get in is made in the block, which raises AccessDenied or
        Unauthorized where it fails.

        :param account: a login, or the beginning of a key
        :param known: as in ``throttle.wait_until``
        :raises AccessDenied: it is too early for another one
        """
        until = self._wait_until(account, address, known)
        if until:
            raise AccessDenied(
                self.env._(
                    "Too many wrong passwords. Try again after %s.",
                    to_local(until).strftime("%H:%M:%S"),
                )
            )
        try:
            yield
        except (AccessDenied, Unauthorized):
            self._note(account, address)
            raise
        self._forget(account, address)

    @api.model
    def _wait_until(self, account, address, known):
        """The moment (naive UTC) until which the account may not try again from there;
        None where it may now."""
        read = self.env["ir.config_parameter"].sudo().get_param
        limit = int(read("base.login_cooldown_after", 5))
        pause = timedelta(seconds=int(read("base.login_cooldown_duration", 60)))
        now = fields.Datetime.now()
        failures = self._failures(account, address, now)
        until = wait_until(*failures, known, limit, pause)
        return until if until and until > now else None

    @api.model
    def _failures(self, account, address, now):
        """``Failures`` of the account from the address, from anywhere, and of all from
        the address."""
        key = self._key(account)
        kinds = (
            SQL("account = %s AND address = %s", key, address),
            SQL("account = %s", key),
            SQL("address = %s", address),
        )
        parts = [
            SQL("count(*) FILTER (WHERE %s), max(date) FILTER (WHERE %s)", kind, kind)
            for kind in kinds
        ]
        [row] = self.env.execute_query(
            SQL(
                "SELECT %s FROM motcua_login_failure "
                "WHERE date > %s AND (account = %s OR address = %s)",
                SQL(", ").join(parts),
                now - MEMORY,
                key,
                address,
            )
        )
        return [Failures(*row[start : start + 2]) for start in (0, 2, 4)]

    @api.model
    def _note(self, account, address):
        """Outside of the transaction, which is about to be undone."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    "INSERT INTO motcua_login_failure (account, address, date) "
                    "VALUES (%s, %s, %s)",
                    self._key(account),
                    address,
                    fields.Datetime.now(),
                )
            )

    @api.model
    def _forget(self, account, address):
        """The right password came: what failed before was a slip."""
        self.sudo().search(
            [("account", "=", self._key(account)), ("address", "=", address)]
        ).unlink()

    @api.autovacuum
    def _gc(self):
        self.sudo().search([("date", "<", fields.Datetime.now() - MEMORY)]).unlink()
