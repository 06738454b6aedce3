"""The lines above a signature: who speaks, in whose stead, as what.

NĐ 30/2020, annex I, section II, 7: ``TM.`` a collective body, ``KT.`` the head by a
deputy, ``TL.`` by order of the head, ``TUQ.`` by authority of the head; the position
stands without the name of the body, which the heading has said already.
"""

import re

HEAD, DEPUTY, BY_ORDER, BY_AUTHORITY = "head", "deputy", "by_order", "by_authority"
# Where nobody knows who the head is.
UNKNOWN_HEAD = "Thủ trưởng cơ quan, đơn vị"
# Signing for somebody else.
_PREFIXES = {DEPUTY: "KT.", BY_ORDER: "TL.", BY_AUTHORITY: "TUQ."}
STEADS = tuple(_PREFIXES)
_POSITION = re.compile(
    r"(?:quyền\s+)?(?:phó\s+)?(?:(?:phó\s+)?chủ tịch|chủ nhiệm|(?:tổng\s+)?giám đốc"
    r"|trưởng (?:phòng|ban|trạm|công an)|chánh (?:văn phòng|thanh tra)"
    r"|(?:tổng cục|chi cục|cục|vụ|viện|hiệu|bộ) trưởng)\b",
    re.IGNORECASE,
)
_DEPUTY = re.compile(r"(?:phó|thứ)\s+", re.IGNORECASE)


def position(title):
    """The position without the body: ``Phó Chủ tịch`` of ``Phó Chủ tịch UBND xã``; a
    title that begins with no position known is left as it is.
    """
    title = " ".join((title or "").split())
    match = _POSITION.match(title)
    return match[0] if match else title


def capacity(title, leads):
    """In what capacity a leader signs, as far as the title says it.

    :param title: as the staff list has it, maybe empty
    :param leads: whether the staff list puts the person at the head
    :return: HEAD or DEPUTY
    """
    if _DEPUTY.match(title or ""):
        return DEPUTY
    return HEAD if leads or _POSITION.match(title or "") else DEPUTY


def block(how, title, head="", collective=""):
    """The lines above a signature, from the first to the last, in capitals.

    :param how: a capacity, or empty for who signs in the own name
    :param title: the title of who signs, maybe empty
    :param head: the title of the head, maybe empty
    :param collective: ``TM. Ủy ban nhân dân`` where a collective body speaks; an order
        or an authority comes from the head alone, never from the body
    """
    own = position(title)
    lines = []
    if how in _PREFIXES:
        chief = position(head)
        if not chief and how == DEPUTY:
            chief = _DEPUTY.sub("", own, count=1)
        lines.append(f"{_PREFIXES[how]} {chief or UNKNOWN_HEAD}")
    elif how == HEAD and not own:
        own = position(head) or UNKNOWN_HEAD
    lines.append(own)
    if collective and how not in (BY_ORDER, BY_AUTHORITY):
        lines.insert(0, collective)
    return [line.upper() for line in lines if line]
