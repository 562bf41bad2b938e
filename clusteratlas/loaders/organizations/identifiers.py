"""Schemes of identifiers of organizations, and their check digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Literal

NAMED = r"\S.* \| [A-Z]{2}"
"""What stands for an id where a register has none: the name as it stands in the file (runs of
blanks as one), a vertical bar between blanks, and the postal code of the state."""

Proof = Literal["none", "with names", "alone"]


@dataclass(frozen=True, slots=True)
class IdScheme:
    """One kind of identifiers. Declaring it registers it."""

    registry: ClassVar[dict[str, IdScheme]] = {}

    prefix: str
    """As in ``cik:0000875320``."""
    form: str = ""
    """Regular expression of what a curated row gives to point at a record; none can without."""
    digits: int | None = None
    """Every identifier has so many digits and nothing else; lists of users are held to it."""
    valid: Callable[[str], bool] | None = field(default=None, repr=False)
    """Whether the check digits are right."""
    proves: Proof = "none"
    """Whether two records that share an identifier are about one body: that alone says it, or it
    does where their names are not too different."""
    single: bool = False
    """One organization has one identifier of the scheme at most."""

    def __post_init__(self) -> None:
        if self.prefix in IdScheme.registry:
            raise ValueError(f"scheme {self.prefix!r} is declared twice")
        IdScheme.registry[self.prefix] = self


FRS = IdScheme("frs", digits=12, proves="alone")
"""EPA's Facility Registry, in which plants of several of its programs have one id."""
DUNS = IdScheme("duns", digits=9)
"""Numbers of Dun & Bradstreet. They prove nothing: campuses of a university share them."""

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
