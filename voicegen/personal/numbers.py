"""Numbers that states and health services give to one person, told by their own check digits.

A number that is told so needs no label before it, and few other numbers pass. The rules: NHS Data Dictionary,
"NHS number" (modulus 11); Social Security Administration, randomised SSN (areas 000, 666 and 900 to 999 are never
given); Spain, RD 1553/2005 (DNI, modulus 23); France, décret 82-103 (NIR, modulus 97); Italy, DM 23/12/1976
(codice fiscale); Brazil, IN RFB 1548/2015 (CPF, modulus 11 twice); Poland, ustawa o ewidencji ludności (PESEL);
Germany, § 290 SGB V (Krankenversichertennummer, modulus 10).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from voicegen.speech.patterns import lazy

_ALONE = r"(?<![\w.,/@#&=+)-])"
"""Nothing before it that would make it a part of something longer: an address, a reference, a decimal number."""
_ENDS = r"(?![\w@]|[.,/:-]\w)"


@dataclass(frozen=True, slots=True)
class Number:
    """One kind of number."""

    kind: str
    """What it is, for staff, with its article."""
    pattern: re.Pattern[str]
    holds: Callable[[str], bool]
    """Whether its characters, without spaces and signs and in capitals, pass the check."""
    may_be_a_telephone: bool = False
    """Whether telephone numbers look alike, so that words before it decide."""


def _nhs(digits: str) -> bool:
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[0] in "345679" and len(set(digits)) > 1 and (11 - remainder) % 11 == int(digits[9])


def _ssn(digits: str) -> bool:
    return digits[:3] not in {"000", "666"} and digits[0] != "9" and digits[3:5] != "00" and digits[5:] != "0000"


def _dni(signs: str) -> bool:
    number = signs[:-1].translate(str.maketrans("XYZ", "012"))
    return signs[-1] == "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]


def _nir(signs: str) -> bool:
    number = signs[:13].replace("2A", "19").replace("2B", "18")
    return number.isdigit() and 97 - int(number) % 97 == int(signs[13:])


_ODD_VALUES = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_ODD = {
    sign: _ODD_VALUES[value]
    for signs in ("0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for value, sign in enumerate(signs)
}
"""What a character counts for in an odd place of a codice fiscale."""


def _codice_fiscale(signs: str) -> bool:
    total = sum(_ODD[sign] for sign in signs[:15:2])
    total += sum(int(sign) if sign.isdigit() else ord(sign) - ord("A") for sign in signs[1:15:2])
    return signs[15] == chr(ord("A") + total % 26)


def _cpf(digits: str) -> bool:
    for length in (9, 10):
        total = sum(int(digit) * weight for digit, weight in zip(digits, range(length + 1, 1, -1), strict=False))
        if int(digits[length]) != total * 10 % 11 % 10:
            return False
    return len(set(digits)) > 1


def _pesel(digits: str) -> bool:
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), strict=True)
    )
    return 1 <= month <= 12 and 1 <= day <= 31 and total % 10 == 0


def _kvnr(signs: str) -> bool:
    digits = f"{ord(signs[0]) - ord('A') + 1:02}{signs[1:]}"
    weighed = (int(digit) * weight for digit, weight in zip(digits[:10], (1, 2) * 5, strict=True))
    return sum(value // 10 + value % 10 for value in weighed) % 10 == int(digits[10])


NUMBERS = (
    Number("an NHS number", lazy(rf"{_ALONE}\d{{3}} ?\d{{3}} ?\d{{4}}{_ENDS}"), _nhs, may_be_a_telephone=True),
    Number("a social security number", lazy(rf"{_ALONE}\d{{3}}-\d{{2}}-\d{{4}}{_ENDS}"), _ssn),
    Number("a Spanish identity number", lazy(rf"{_ALONE}(?:\d{{8}}|[XYZ]\d{{7}})-?[A-Z]{_ENDS}"), _dni),
    Number(
        "a French social security number",
        lazy(rf"{_ALONE}[12] ?\d\d ?\d\d ?(?:\d\d|2[AB]) ?\d{{3}} ?\d{{3}} ?\d\d{_ENDS}"),
        _nir,
    ),
    Number(
        "an Italian tax code",
        lazy(rf"{_ALONE}[A-Z]{{6}} ?\d\d[A-EHLMPRST]\d\d ?[A-Z]\d{{3}}[A-Z]{_ENDS}", re.I),
        _codice_fiscale,
    ),
    Number("a Brazilian CPF", lazy(rf"{_ALONE}\d{{3}}\.\d{{3}}\.\d{{3}}-\d\d{_ENDS}"), _cpf),
    Number("a PESEL number", lazy(rf"{_ALONE}\d{{11}}{_ENDS}"), _pesel, may_be_a_telephone=True),
    Number("a German health insurance number", lazy(rf"{_ALONE}[A-Z]\d{{9}}{_ENDS}"), _kvnr),
)
