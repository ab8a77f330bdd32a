"""Numbers that identify a party, told within its name: IMO numbers, tax numbers, years of birth."""

from __future__ import annotations

import re

_IMO = re.compile(r"\b(?:IMO|ИМО|ІМО|آی ام او)\b\s*(?:n(?:o|umber)?\b)?[\s.:#№-]*(\d{7})\b", re.IGNORECASE)
_BARE_IMO = re.compile(r"(?<!\d)(\d{7})(?!\d)")
_IDENTIFIER = re.compile(
    r"(?<!\w)(УНП|ИНН|ОГРН|ЕДРПОУ|ЄДРПОУ|UNP|INN|OGRN|EDRPOU|NTN|CNIC|USCC|LEI|TIN|SWIFT|BIC|VAT|MMSI|паспорт|passport|national id|reg(?:istration)?\.?\s*(?:no|number))"  # noqa: E501
    r"[\s.:#№]*([A-Z]{0,3}[\d-]{5,20}[A-Z\d]{0,8})",
    re.IGNORECASE,
)
_BIRTH = re.compile(
    r"(?:\b(?:born|b\.|dob|d\.o\.b\.?|род\.?|нар\.?|г\.?\s?р\.?|متولد|مواليد|生于)\D{0,12}?(?:\d{1,2}[./-]\d{1,2}[./-])?((?:19|20)\d\d)|((?:19|20)\d\d)\s*(?:г\.?\s?р\.?|года рождения|г\. рожд))",  # noqa: E501
    re.IGNORECASE,
)
_SAME_IDENTIFIER = {"унп": "unp", "инн": "inn", "огрн": "ogrn", "едрпоу": "edrpou", "єдрпоу": "edrpou", "паспорт": "passport"}


def take_identifiers(text: str, kind: str) -> tuple[str, set[tuple[str, str]], str]:
    found: set[tuple[str, str]] = set()
    for number in _IMO.findall(text):
        found.add(("imo", number))
    text = _IMO.sub(" ", text)
    if kind == "vessel":
        for number in _BARE_IMO.findall(text):
            if is_imo(number):
                found.add(("imo", number))
                text = text.replace(number, " ")
    for name, number in _IDENTIFIER.findall(text):
        key = name.casefold()
        found.add((_SAME_IDENTIFIER.get(key, key.split()[0].rstrip(".")), re.sub(r"\W", "", number).upper()))
    text = _IDENTIFIER.sub(" ", text)
    birth = _BIRTH.search(text)
    year = (birth[1] or birth[2]) if birth else ""
    return (_BIRTH.sub(" ", text) if birth else text), found, year


def is_imo(number: str) -> bool:
    """Whether seven digits are an IMO number: the last is the check digit (IMO resolution A.1117(30))."""
    if not (number.isascii() and number.isdigit() and len(number) == 7):
        return False
    return sum(int(digit) * factor for digit, factor in zip(number, range(7, 1, -1), strict=False)) % 10 == int(number[6])
