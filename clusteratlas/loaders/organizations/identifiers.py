"""Check digits of identifiers of organizations."""

from __future__ import annotations

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def valid_lei(lei: str) -> bool:
    """Tell whether the last two of the twenty characters are the check digits (ISO 17442).

    Letters count 10 to 35; the number so written leaves 1 when divided by 97 (ISO 7064).
    """
    if len(lei) != 20 or not ((lei.isascii() and lei.isalnum() and lei.isupper()) or lei.isdigit()):
        return False
    return int("".join(str(int(c, 36)) for c in lei)) % 97 == 1


def valid_ror(ror: str) -> bool:
    """Tell whether the last two of the nine characters are the check digits of a ROR id.

    With ``n`` the number that the first seven write in Crockford's base 32 (the very first is 0),
    they are ``98 - 100 n mod 97``.
    """
    if len(ror) != 9 or not ror.startswith("0") or not ror[-2:].isdigit():
        return False
    if any(c not in _CROCKFORD for c in ror[:7]):
        return False
    number = 0
    for character in ror[:7]:
        number = number * 32 + _CROCKFORD.index(character)
    return int(ror[-2:]) == 98 - (number * 100) % 97
