"""How long somebody who guesses passwords has to wait."""

from datetime import timedelta
from typing import NamedTuple

# Failures are forgotten after this time without another one.
MEMORY = timedelta(hours=1)
# An account is guessed at from many addresses, an address guesses at many accounts: so
# many times as often as for one account from one address, they are slowed down too.
ACCOUNT_FACTOR, ADDRESS_FACTOR = 4, 20


class Failures(NamedTuple):
    """How often it failed within ``MEMORY``, and the moment of the last time."""

    count: int
    last: object = None


def wait_until(pair, account, address, known, limit, pause):
    """The moment until which no other try is looked at, None where it may be made now.

    An office stands behind one address, and has members who mistype: it goes on working
    while somebody in it, or elsewhere, guesses at its accounts.

    :param pair: ``Failures`` of this account from this address
    :param account: of this account from anywhere
    :param address: of any account from this address
    :param known: whether this account has been used from this address before; only what
        fails there itself slows it down then
    :param limit: so many failures are forgiven; 0: any number
    :param pause: timedelta from one failure to the next try
    """
    if not limit:
        return None
    measured = [(pair, limit)]
    if not known:
        measured += [
            (account, limit * ACCOUNT_FACTOR),
            (address, limit * ADDRESS_FACTOR),
        ]
    return max(
        (failed.last + pause for failed, bound in measured if failed.count >= bound),
        default=None,
    )
