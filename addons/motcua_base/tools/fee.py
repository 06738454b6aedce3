"""Fees (phí, lệ phí) of a dossier, in whole đồng."""

UNITS = ("dossier", "case", "copy", "page")
# What a column of the database holds, rounded.
MAX_AMOUNT = 2_000_000_000


class FeeError(ValueError):
    """A rate or quantity that gives no fee; ``code`` says what is wrong: unit, amount,
    quantity or reduction.
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def amount(rate, pages=1, copies=1):
    """The fee in đồng for what is asked.

    ``rate`` is a dict, amounts in đồng:

    - ``amount`` for one ``unit``: a ``dossier`` (once, whatever is asked), a ``case``
      or a ``copy`` (times ``copies``) or a ``page`` of each copy;
    - ``tier_from``, ``tier_amount``: from this page of a copy on, a page costs that
      instead;
    - ``max_amount``: at most this for one dossier, case or copy. An empty tier or
      ceiling does not apply.

    Certified copies (TT 226/2016/TT-BTC): 2,000 đ a page, 1,000 đ from page 3, at most
    200,000 đ a copy.

    :param pages: pages of one copy, 1 or more
    :param copies: number of copies, or of cases, 1 or more
    :raises FeeError: unknown unit, a negative or broken amount, less than one page or
        copy
    """
    if rate["unit"] not in UNITS:
        raise FeeError("unit")
    price, tier_price, ceiling = (
        rate.get(key) or 0 for key in ("amount", "tier_amount", "max_amount")
    )
    tier_from = rate.get("tier_from") or 0
    if any(
        value < 0 or value != int(value)
        for value in (price, tier_price, ceiling, tier_from)
    ):
        raise FeeError("amount")
    if any(value < 1 or value != int(value) for value in (pages, copies)):
        raise FeeError("quantity")
    if rate["unit"] == "page":
        full = min(pages, tier_from - 1) if tier_from else pages
        price = full * price + (pages - full) * tier_price
    if ceiling:
        price = min(price, ceiling)
    return int(price if rate["unit"] == "dossier" else price * copies)


def reduced(full, reduction, percent=0, less=0):
    """What is left to pay of ``full`` đồng, 0 or more.

    :param reduction: ``free`` (nothing is paid), ``percent`` or ``amount``
    :param percent: how many per cent less, from 0 to 100; half a đồng is rounded in
        favour of who pays
    :param less: how many đồng less
    :raises FeeError: unknown reduction, percentage or amount out of range
    """
    if full < 0 or less < 0 or not 0 <= percent <= 100:
        raise FeeError("amount")
    if reduction == "free":
        return 0
    if reduction == "percent":
        return full * (100 - percent) // 100
    if reduction == "amount":
        return max(0, full - less)
    raise FeeError("reduction")


def check_amount(value):
    """An amount of đồng that somebody has typed or sent, as it is stored.

    :raises FeeError: no whole number from 0 to ``MAX_AMOUNT``
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise FeeError("amount")
    if not 0 <= value <= MAX_AMOUNT:
        raise FeeError("amount")
    return value
