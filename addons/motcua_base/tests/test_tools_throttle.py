from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.motcua_base.tools.throttle import (
    ACCOUNT_FACTOR,
    ADDRESS_FACTOR,
    Failures,
    wait_until,
)

NOW = datetime(2026, 3, 2, 8)
PAUSE = timedelta(seconds=60)
NONE = Failures(0)
counts = st.integers(0, 300).map(lambda count: Failures(count, NOW))


@tagged("motcua_tools")
class TestThrottle(BaseCase):
    def test_the_account_from_the_address(self):
        for known in (True, False):
            self.assertFalse(wait_until(Failures(4, NOW), NONE, NONE, known, 5, PAUSE))
            until = wait_until(Failures(5, NOW), NONE, NONE, known, 5, PAUSE)
            self.assertEqual(until, NOW + PAUSE)

    @given(account=counts, address=counts)
    def test_what_others_do_slows_nobody_down_who_works_here(self, account, address):
        self.assertFalse(wait_until(NONE, account, address, True, 5, PAUSE))

    @given(account=counts, address=counts)
    def test_strangers_wait_where_much_fails(self, account, address):
        waits = wait_until(NONE, account, address, False, 5, PAUSE)
        much = (
            account.count >= 5 * ACCOUNT_FACTOR or address.count >= 5 * ADDRESS_FACTOR
        )
        self.assertEqual(bool(waits), much)

    @given(pair=counts, account=counts, address=counts, known=st.booleans())
    def test_off(self, pair, account, address, known):
        self.assertFalse(wait_until(pair, account, address, known, 0, PAUSE))
