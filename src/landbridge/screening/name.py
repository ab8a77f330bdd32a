"""A name read: its words with their meaning and weight, its legal forms, numbers and identifiers."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from landbridge.screening.acronym import spells
from landbridge.screening.compound import split_compound
from landbridge.screening.han import split_han
from landbridge.screening.letter import join_letters
from landbridge.screening.lexicon import Sense, get_lexicon
from landbridge.screening.script import clean_text, fold_word, has_han, has_twins, name_script, split_words
from landbridge.screening.sound import sound
from landbridge.screening.token import ParsedName, Token
from landbridge.screening.town import find_town, find_two_words

_WEIGHTS = {
    "brand": 1.0,
    "legal": 0.0,
    "stop": 0.0,
    "title": 0.0,
    "ship": 0.0,
    "generic": 0.15,
    "trade": 0.6,
    "place": 0.5,
    "town": 0.8,
    "country": 0.35,
    "direction": 0.6,
    "number": 1.0,
}
_TRADE_WEIGHTS = {
    "plant": 0.35,
    "service": 0.4,
    "trade": 0.45,
    "industry": 0.4,
    "state": 0.35,
    "centre": 0.4,
    "transport": 0.5,
    "system": 0.45,
    "solution": 0.4,
    "project": 0.4,
    "supply": 0.45,
    "technology": 0.45,
    "realestate": 0.45,
    "authority": 0.35,
    "agency": 0.4,
    "republic": 0.3,
    "islamic": 0.4,
    "shipping": 0.45,
    "maritime": 0.5,
    "engineering": 0.5,
    "equipment": 0.5,
    "zone": 0.4,
    "people": 0.4,
    "world": 0.5,
    "economic": 0.4,
    "sales": 0.45,
}
_JOINT = 0.3
"""Weight of united, which tells more than company."""
_COMMON_NAMES = {
    "muhammad": 0.35,
    "khan": 0.4,
    "shah": 0.45,
    "begum": 0.3,
    "bibi": 0.3,
    "ahmad": 0.55,
    "ali": 0.55,
    "hussein": 0.6,
    "beg": 0.4,
    "mir": 0.45,
    "mirza": 0.5,
    "deen": 0.2,
    "malik": 0.55,
    "khatoon": 0.3,
    "chaudhry": 0.45,
    "sheikh": 0.3,
}
_GIVEN, _FATHER, _OTHER, _PART = 0.85, 0.7, 1.0, 0.25

_ARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "ud",
        "ur",
        "us",
        "ash",
        "az",
        "ad",
        "ed",
        "as",
        "ar",
        "ol",
        "oul",
        "аль",
        "эль",
        "ас",
        "ар",
        "ад",
        "аш",
        "ан",
        "уль",
    ]
)
_ABD = frozenset(
    fold_word(word)
    for word in ("abd", "abdul", "abdel", "abdur", "abdus", "abdal", "abdol", "abdoul", "abdu", "عبد", "абд", "абдул", "абдель", "абдур")
)
_ABD_JOINED = re.compile(r"^(?:abd(?:oul|ul|el|al|ur|us|ol|or|er|ar|uz|un|ush)?|абд(?:ул|ель|ел|ур|ус|аль|ал)?|عبدال|عبد)(?=.{4,})")
_ALLAH = re.compile(r"^(.{3,}?)(?:u|o|a|i|e)?l?lah$|^(.{2,}?)(?:улла|уллах|аллах)$|^(.{2,}?)الله$")
_DIN = re.compile(r"^(.{2,}?)(?:u|e|a|i)d?d?-?d(?:i|ee)n$|^(.{2,}?)(?:уддин|еддин|эддин|аддин)$|^(.{2,}?)الدین$")
_FATHER_CYRILLIC = re.compile(
    r"^(.{2,}?)(?:йович|ьевич|евич|ович|йовна|ьевна|евна|овна|івна|ївна|ьич|ич|инична|ична|авіч|евіч|ёвіч|явіч|іч|ьевіч|аўна|еўна|ёўна|яўна|ұлы|улы|оглы|углы|угли|ўғли|кызы|қызы|қизи|гызы)$"
)
_FATHER_LATIN = re.compile(
    r"^(.{2,}?)(?:[iy]?[oea]v[iy](?:ch|č|tch|tsch|cs|c)|[oea]v[yi]ch|[iyj]?[oea]vna|[ea]una|[oea]ŭna|[iy]vna|[iy]ch|[iy]nichna|yovych|iovych|uly|ogly|oglu|oglou|o?gh?li|kyzy|qizi|kizi)$"
)
_IMO = re.compile(r"\bIMO\b\s*(?:n(?:o|umber)?\b)?[\s.:#№]*(\d{7})\b", re.IGNORECASE)
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
_SLASHED = re.compile(r"(?<!\w)([sdwmтtalk])/([ovtshрхcга])(?!\w)", re.IGNORECASE)
_TWO_LETTERS = re.compile(r"(?<!\w)(Ya|Yu|Ye|Yo|Zh|Kh|Ts|Ch|Sh|Dz|Ja|Ju|Je|Jo|Ia|Iu)\.", re.IGNORECASE)
_ONE_LETTER = {
    "ya": "Я", "ja": "Я", "ia": "Я", "yu": "Ю", "ju": "Ю", "iu": "Ю", "ye": "Е", "je": "Е", "yo": "Ё", "jo": "Ё", "zh": "Ж", "kh": "Х", "ts": "Ц", "ch": "Ч", "sh": "Ш", "dz": "Д",  # noqa: E501
}  # fmt: skip
"""Initials that a romanisation writes with two letters."""
_SAME_IDENTIFIER = {"унп": "unp", "инн": "inn", "огрн": "ogrn", "едрпоу": "edrpou", "єдрпоу": "edrpou", "паспорт": "passport"}


@lru_cache(maxsize=50_000)
def parse_name(text: str, kind: str = "") -> ParsedName:
    """Read a name.

    Parameters
    ----------
    text
        As written; anything goes, what is no letter and no digit only separates.
    kind
        ``company``, ``person``, ``vessel``, ``authority`` or empty: then it is guessed from the words.
    """
    kind = {"authority": "company", "organization": "company", "organisation": "company", "ship": "vessel"}.get(kind, kind)
    cleaned = clean_text(text)
    notes = ("letters of two scripts in one word",) if any(has_twins(word) for word in split_words(cleaned)) else ()
    rest, identifiers, year = _take_identifiers(cleaned, kind)
    rest = _SLASHED.sub(lambda found: f" {found[1]}{found[2]} ", _drop_glosses(rest))
    if not kind:
        kind = _guess_kind(split_words(rest))
    if kind == "person":
        rest = _TWO_LETTERS.sub(lambda found: f" {_ONE_LETTER[found[1].casefold()]}. ", rest)
    words = split_words(rest, joins_dots=kind != "person")
    if kind != "person":
        words = join_letters([part for word in words for part in _split_camel(word)])
    is_foreign = any(dot in cleaned for dot in "·•・")
    parsed = _parse_words(cleaned, words, kind, frozenset(identifiers), year, notes, "foreign" if is_foreign and kind == "person" else kind)
    if "ip" in parsed.legal and len(parsed.tokens) >= 2:
        parsed = _read_owner(parsed, words)
    if kind == "person" or not has_han(rest):
        return parsed
    ways = ("by sound", "by sign", "by character") if kind in ("vessel", "other") else ("by sound", "by sign")
    others = (_parse_words(cleaned, words, kind, frozenset(identifiers), year, notes, way) for way in ways)
    return replace(parsed, variants=tuple(one for one in dict.fromkeys(others) if one.tokens != parsed.tokens))


_CAMEL = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁІЎ]{4})(?=[A-ZА-ЯЁІЎ][^\W\d_A-ZА-ЯЁІЎ]{3})")


def _split_camel(word: str) -> list[str]:
    """Words written together with a capital in the middle: СветлогорскХимволокно."""
    return _CAMEL.split(word)


def _read_owner(parsed: ParsedName, words: list[str]) -> ParsedName:
    """The firm of one person, read as the person's name: ИП Петров О. Н."""
    read = {token.text for token in parsed.tokens}
    names = [letter for word in words if word in read or any(word in text.split() for text in read) for letter in _initials(word)]
    as_person = _parse_words(parsed.text, names, "person", parsed.identifiers, parsed.birth_year, parsed.notes, "person")
    return replace(as_person, legal=parsed.legal)


def _initials(word: str) -> list[str]:
    return list(word) if word.isupper() and word.isalpha() and len(word) == 2 else [word]


def _parse_words(
    text: str, words: list[str], kind: str, identifiers: frozenset[tuple[str, str]], year: str, notes: tuple[str, ...], han: str
) -> ParsedName:
    tokens, legal = _read_words(words, kind, han)
    tokens = _mark_sons(_mark_fathers(_weigh_allah(tokens))) if kind == "person" else tokens
    tokens = _weigh_acronyms(tokens)
    return ParsedName(
        text=text,
        kind=kind,
        tokens=tuple(tokens),
        legal=frozenset(legal),
        identifiers=identifiers,
        birth_year=year,
        notes=notes,
    )


def _take_identifiers(text: str, kind: str) -> tuple[str, set[tuple[str, str]], str]:
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


def _drop_glosses(text: str) -> str:
    """What stands in brackets is the same name again, a flag or a form: it is kept only where nothing telling stands outside."""
    outside = re.sub(r"[(（\[][^)）\]]*[)）\]]", " ", text)
    return outside if sum(char.isalnum() for char in outside) >= 3 and not re.search(r"[(（]\s*(?:No|№)?\s*\d", text) else text


def _guess_kind(words: list[str]) -> str:
    lexicon = get_lexicon()
    senses = [lexicon.find_word(fold_word(word)) for word in words]
    kinds = [{sense.kind for sense in found} for found in senses]
    names = sum(bool(lexicon.find_names(fold_word(word)) or _father_stem(fold_word(word))) for word in words)
    if any("legal" in found or "generic" in found for found in kinds):
        return "company"
    if len(words) == 1 and _looks_like_person(fold_word(words[0])):
        return "person"
    if any("ship" in found for found in kinds[:2]):
        return "vessel"
    if len(words) >= 2 and names * 2 >= len(words):
        return "person"
    if any("trade" in found for found in kinds):
        return "company"
    return "person" if names else "other"


def _looks_like_person(word: str) -> bool:
    """Whether two to four Chinese characters begin with a surname and are no words otherwise."""
    if not has_han(word) or not 2 <= len(word) <= 4:
        return False
    return (word[0] in get_lexicon().surnames or word[:2] in get_lexicon().surnames) and not any(
        piece.senses for piece in split_han(word, "company")
    )


def _read_words(words: list[str], kind: str, han: str) -> tuple[list[Token], set[str]]:
    folded = [fold_word(word) for word in words]
    tokens: list[Token] = []
    legal: set[str] = set()
    index = 0
    while index < len(words):
        length, sense = (1, None) if kind == "person" else _find_phrase(folded, index)
        if sense is not None:
            made = [_sense_token(" ".join(words[index : index + length]), "".join(folded[index : index + length]), frozenset({sense}))]
        elif has_han(words[index]):
            made = _read_han(words[index], han)
        else:
            made = _read_word(words[index], folded, index, kind)
        for token in (one for whole in made for one in (_split_composite(whole) if kind != "person" else [whole])):
            found = {one.concept for one in token.senses if one.kind == "legal"}
            if found and kind != "person" and token.weight == 0:
                legal |= found
            else:
                tokens.append(token)
        index += length
    return tokens, legal


def _find_phrase(folded: list[str], index: int) -> tuple[int, Sense | None]:
    best: tuple[int, Sense | None] = (1, None)
    for phrase, sense in get_lexicon().phrases.get(folded[index], ()):
        if len(phrase) > best[0] and tuple(folded[index : index + len(phrase)]) == phrase:
            best = (len(phrase), sense)
    if best[1] is None and index + 1 < len(folded):
        best = _find_inflected(folded, index)
        town = find_two_words(folded[index], folded[index + 1]) if best[1] is None else None
        best = (2, town) if town else best
    return best


_INFLECTED = ("железн", "жалезн", "zhelezn", "унитарн", "унітарн", "акционерн", "акцыянерн")


def _find_inflected(folded: list[str], index: int) -> tuple[int, Sense | None]:
    if folded[index].startswith(_INFLECTED[:3]) and folded[index + 1].startswith(("дорог", "дарог", "dorog")):
        return 2, Sense("trade", "railway")
    return 1, None


def _sense_token(text: str, folded: str, senses: frozenset[Sense]) -> Token:
    return Token(text=text, folded=folded, sounds=(sound(folded),), script=name_script(folded), weight=_weigh(senses), senses=senses)


def _weigh(senses: frozenset[Sense]) -> float:
    return min((_weigh_sense(sense) for sense in senses), default=_OTHER)


def _weigh_sense(sense: Sense) -> float:
    if sense.concept == "joint":
        return _JOINT
    return _TRADE_WEIGHTS.get(sense.concept, 0.6) if sense.kind == "trade" else _WEIGHTS[sense.kind]


def _read_han(word: str, kind: str) -> list[Token]:
    made = []
    for piece in split_han(word, kind):
        senses = piece.senses
        number = next((int(sense.concept[2:]) for sense in senses if sense.kind == "number"), None)
        weight = _weigh(senses) if senses else (_GIVEN if piece.is_given else _OTHER)
        made.append(
            Token(
                text=piece.text,
                folded=piece.text,
                sounds=tuple(sound(reading) for reading in piece.readings),
                script="han",
                weight=weight,
                senses=senses,
                number=number,
                names=get_lexicon().find_names(piece.text),
                pinyins=() if piece.is_surname else piece.readings,
                is_chinese=piece.is_given or piece.is_surname,
                is_foreign=kind == "foreign",
            )
        )
    return made


def _read_word(word: str, folded: list[str], index: int, kind: str) -> list[Token]:
    text = folded[index]
    if text.isdigit():
        return [Token(text=word, folded=text, sounds=("",), script="latin", weight=1.0, number=int(text[:9]))]
    is_person = kind in ("person", "")
    if is_person or kind == "other":
        names = _read_person_word(word, text, kind)
        if names is not None:
            return names
    return [_read_company_word(word, text, index, len(folded), kind)]


_COMPOSITE = {"oilgas": ("oil", "gas"), "heavyindustry": ("heavy", "industry"), "lightindustry": ("lightweight", "industry")}
"""Concepts that other languages name by two words."""


def _split_composite(token: Token) -> list[Token]:
    parts = next((_COMPOSITE[sense.concept] for sense in token.senses if sense.concept in _COMPOSITE), None)
    if parts is None:
        return [token]
    made = []
    for part in parts:
        senses = frozenset({Sense("trade", part)})
        made.append(replace(token, text=f"{token.text} ({part})", folded=part, sounds=(sound(part),), senses=senses, weight=_weigh(senses)))
    return made


def _read_company_word(word: str, text: str, index: int, count: int, kind: str) -> Token:
    lexicon = get_lexicon()
    senses = lexicon.find_word(text)
    if word.startswith("ال") and len(text) > 4 and not _NOT_ARABIC.search(word):
        text = text[2:]
        senses = senses or lexicon.find_word(text)
    if text in ("al", "el", "ul", "аль", "эль", "ال"):
        return _sense_token(word, text, frozenset({Sense("stop", "article")}))
    if len(text) == 1 and not any(sense.kind in ("stop", "number") for sense in senses):
        return Token(text=word, folded=text, sounds=(sound(text),), script=name_script(text), weight=0.5)
    senses = _choose_senses(_add_towns(senses, text), index, count, kind, word)
    number = next((int(sense.concept[2:]) for sense in senses if sense.kind == "number"), None)
    names = lexicon.find_names(text) if kind != "vessel" or not senses else frozenset[int]()
    parts = split_compound(text) if not senses else ()
    return Token(
        text=word,
        folded=text,
        sounds=_sounds_of(word, text),
        script=name_script(text),
        weight=_weigh(senses),
        senses=senses,
        names=names,
        parts=parts,
        number=number,
    )


def _add_towns(senses: frozenset[Sense], text: str) -> frozenset[Sense]:
    return senses if any(sense.kind != "place" for sense in senses) else senses | find_town(text)


def _choose_senses(senses: frozenset[Sense], index: int, count: int, kind: str, word: str) -> frozenset[Sense]:
    """Of several senses those that the place in the name allows: one letter is a numeral only at the end or in a vessel's name."""
    kept = set()
    for sense in senses:
        if sense.kind == "number" and len(word) <= 2 and word.isascii() and (index == 0 or (kind != "vessel" and index + 1 < count)):
            continue
        if sense.concept == "ip" and 0 < index < count - 1:
            continue
        if sense.kind == "ship" and kind not in ("vessel", "other"):
            continue
        if sense.kind == "title" and kind not in ("person", "other"):
            continue
        kept.add(sense)
    telling = {sense for sense in kept if sense.kind not in ("title", "ship")}
    legal = {sense for sense in kept if sense.kind == "legal"}
    if legal and kind not in ("vessel", "person"):
        return frozenset(legal)
    if kind == "vessel" and not any(sense.kind == "ship" for sense in kept):
        kept = {sense for sense in kept if sense.kind not in ("legal",)}
        telling = kept
    return frozenset(telling if telling and not any(sense.kind == "ship" for sense in kept) else kept)


def _read_person_word(word: str, text: str, kind: str) -> list[Token] | None:
    lexicon = get_lexicon()
    found = lexicon.words.get(text, frozenset())
    names = lexicon.find_names(text)
    if kind == "person" and any(sense.kind == "title" for sense in found) and text not in _KEPT_TITLES and not (names and len(text) > 3):
        return [_sense_token(word, text, frozenset({Sense("title", "title")}))]
    if text in _ARTICLES or text in ("ال", "de", "von", "van"):
        return [_sense_token(word, text, frozenset({Sense("stop", "article")}))]
    if text in _ALLAH_WORDS or text in _DIN_WORDS:
        return _split_devout(word, text)
    if text in _ABD:
        return [
            Token(
                text=word,
                folded="abd",
                sounds=(sound("abd"),),
                script=name_script(text),
                weight=_PART,
                senses=frozenset({Sense("title", "abd")}),
            )
        ]
    if len(text) == 1 and kind == "person" and not has_han(text):
        return [Token(text=word, folded=text, sounds=(sound(text),), script=name_script(text), weight=0.4, is_initial=True)]
    if names:
        return [_name_token(word, text, names)]
    if kind != "person":
        return _split_devout(word, text) if _ABD_JOINED.match(text) else None
    return _split_devout(word, text) or [_person_token(word, text)]


_ALLAH_WORDS = frozenset(
    fold_word(word) for word in ("allah", "الله", "اللہ", "лла", "lah", "ullah", "улла", "алла", "аллах", "olla", "ollah")
)
_DIN_WORDS = frozenset(
    fold_word(word) for word in ("din", "deen", "الدین", "الدين", "دین", "uddin", "eddin", "уддин", "эддин", "дин", "ad-din", "addin")
)
_NOT_ARABIC = re.compile("[پچژگٹڈڑںےہھ]")
_KEPT_TITLES = frozenset({"khan", "shah"})


def _name_token(word: str, text: str, names: frozenset[int]) -> Token:
    weight = _name_weights().get(min(names), _GIVEN)
    return Token(text=word, folded=text, sounds=(sound(text),), script=name_script(text), weight=weight, names=names)


def _split_devout(word: str, text: str) -> list[Token] | None:
    """Abdurrahman is abd and rahman, Saifullah saif and allah, Ziauddin zia and din."""
    joined = _ABD_JOINED.match(text)
    if joined:
        rest = text[joined.end() :].lstrip("-")
        return [
            Token(
                text=word[: joined.end()],
                folded="abd",
                sounds=(sound("abd"),),
                script=name_script(text),
                weight=_PART,
                senses=frozenset({Sense("title", "abd")}),
            ),
            _person_token(rest, rest),
        ]
    for pattern, concept in ((_ALLAH, "allah"), (_DIN, "din")):
        found = pattern.match(text)
        if found:
            stem = next(group for group in found.groups() if group)
            tail = Token(
                text=concept,
                folded=concept,
                sounds=(sound(concept),),
                script=name_script(text),
                weight=_PART,
                senses=frozenset({Sense("title", concept)}),
            )
            return [_person_token(stem, stem), tail]
    if text in _ALLAH_WORDS:
        return [
            Token(
                text=word,
                folded="allah",
                sounds=(sound("allah"),),
                script=name_script(text),
                weight=_PART,
                senses=frozenset({Sense("title", "allah")}),
            )
        ]
    if text in _DIN_WORDS:
        return [
            Token(
                text=word,
                folded="din",
                sounds=(sound("din"),),
                script=name_script(text),
                weight=_PART,
                senses=frozenset({Sense("title", "din")}),
            )
        ]
    return None


def _weigh_allah(tokens: list[Token]) -> list[Token]:
    """In Abd Allah the second word is the name, as Rahman is in Abd al-Rahman; in Saif Allah it only ends it."""
    out: list[Token] = []
    for token in tokens:
        before = next((one for one in reversed(out) if "article" not in one.concepts), None)
        is_name = "allah" in token.concepts and before is not None and "abd" in before.concepts
        out.append(replace(token, weight=_FATHER) if is_name else token)
    return out


def _person_token(word: str, text: str) -> Token:
    names = get_lexicon().find_names(text)
    if not names and word.startswith("ال") and len(text) > 4:
        text = text[2:]
        names = get_lexicon().find_names(text)
    if names:
        return _name_token(word, text, names)
    joined = (text[found.end() :] for pattern in _JOINED_ARTICLES if (found := pattern.match(text)))
    sounds = tuple(dict.fromkeys(sound(_to_latin(one)) for one in (text, *joined)))
    return Token(text=word, folded=text, sounds=sounds, script=name_script(text), weight=_OTHER)


def _father_stem(text: str) -> str:
    found = _FATHER_CYRILLIC.match(text) if name_script(text) == "cyrillic" else _FATHER_LATIN.match(text)
    return found[1] if found else ""


def _mark_fathers(tokens: list[Token]) -> list[Token]:
    """Of words that end like patronymics, the one after a given name is one, else the last of at least two other words."""
    likely = [index for index, token in enumerate(tokens) if token.weight and not token.names and _father_stem(token.folded)]
    content = [index for index, token in enumerate(tokens) if token.weight]
    if not likely or len(content) < 2:
        return tokens
    after = [index for index in likely if index and tokens[index - 1].names]
    chosen = after[-1] if after else (likely[-1] if len(content) > 2 else -1)
    if chosen < 0:
        return tokens
    token = tokens[chosen]
    stem = _father_stem(token.folded)
    marked = replace(token, fathers=get_lexicon().find_father(stem), father_stem=stem, weight=_FATHER)
    return [*tokens[:chosen], marked, *tokens[chosen + 1 :]]


_STEMS = (
    re.compile(r"^(.{3,})(?:ск|ськ|цк|цьк)(?:ий|ая|ое|ого|ой|их|ие|і|а|е|ія|ае|ага|ай)$"),
    re.compile(r"^(.{3,})sk(?:iy|ii|yi|y|i|ij|aya|aia|aja|oe|oye|oje|aje|aye)$"),
    re.compile(r"^(.{3,}?)(?:ий|н|ен|ов|ин)?(?:ск|ськ|цк|цьк)(?:ий|ая|ое|ого|ой|их|ие|і|а|е|ія|ае|ага|ай)$"),
    re.compile(r"^(.{5,}?)(?:ич(?:еск|н)|іч(?:н|еск)|альн|ийн)(?:ый|ий|ая|ое|ого|ой|ых|их|і|ы|а|е|ая|ае)$"),
    re.compile(r"^(.{3,}?)(?:n|en|ov|in|av|au)?sk(?:iy|ii|yi|y|i|ij|aya|aia|aja|oe|oye|oje|aje|aye)$"),
    re.compile(r"^(.{5,}?)(?:ical|ic|al|ian)$"),
)


def _sounds_of(word: str, text: str) -> tuple[str, ...]:
    """Sounds of a word of a company or vessel, and of what is left without the ending of an adjective: Курганский is of Kurgan."""
    whole = _sound_of(word, text)
    stems = [found[1] for pattern in _STEMS if (found := pattern.match(text))]
    if stems and len(stems[0]) <= 4:
        stems.append(stems[0].rstrip("ь") + ("а" if name_script(text) == "cyrillic" else "a"))
    stems += [text[found.end() :] for pattern in _JOINED_ARTICLES if (found := pattern.match(text))]
    stems += [found[1] for pattern in _GENITIVES if (found := pattern.match(text))]
    stems += [found[1] + end for pattern in _ADJECTIVE_GENITIVES if (found := pattern.match(text)) for end in ("oy", "iy")]
    return tuple(dict.fromkeys((whole, *(sound(_to_latin(stem)) for stem in stems))))


_JOINED_ARTICLES = (
    re.compile(r"^(?:al|el|ul|аль|эль|ال)(?=[^aeiouyаеёиоуыэюя]?.{4})"),
    re.compile(r"^[aeuаэу]([rsdntzрсднтз])(?=\1.{3})"),
)
"""The Arabic article written together with its word, before sun letters with their sound: Alwaha, Arrashid."""
_GENITIVES = (
    re.compile(r"^(.{4,}[вн])а$"),
    re.compile(r"^(.{4,}[vn])a$"),
    re.compile(r"^(.{5,}[^аеёиоуыэюяь])[ая]$"),
)
_ADJECTIVE_GENITIVES = (re.compile(r"^(.{3,}?)(?:ого|его|аго|яго)$"), re.compile(r"^(.{3,}?)(?:ogo|ego|aho|oho|iego)$"))
"""Names in the genitive, as in the plant of Zverev: Зверева, Сухого, Босфора."""


def _sound_of(word: str, text: str) -> str:
    """Sounds of a word; an acronym without vowels is read letter by letter."""
    if word.isupper() and len(text) <= 5 and not set(text) & set("aeiouyаеёиоуыэюяіїє"):
        return "".join(sound(char)[:1] for char in text)
    return sound(_to_latin(text))


def _mark_sons(tokens: list[Token]) -> list[Token]:
    """What stands after "son of" is the father's name: it tells as much, and is left out as often, as a patronymic."""
    son = next((index for index, token in enumerate(tokens) if any(sense.concept == "sonof" for sense in token.senses)), None)
    if son is None or son == 0 or son + 1 >= len(tokens):
        return tokens
    end = son + 1 + next((step + 1 for step, token in enumerate(tokens[son + 1 :]) if token.weight > 0.3), 1)
    if tokens[son].folded in _TO_THE_END:
        end = len(tokens)
    return [
        replace(token, is_father=True, weight=min(token.weight, _FATHER)) if son < index < end else token
        for index, token in enumerate(tokens)
    ]


_TO_THE_END = frozenset(("so", "do", "wo", "ولد", "فرزند", "son of"))


def _to_latin(text: str) -> str:
    if name_script(text) != "other":
        return text
    from anyascii import anyascii  # scripts without a table of their own: Greek, Georgian, Hebrew, kana, Hangul, ...

    return anyascii(text).casefold()


def _weigh_acronyms(tokens: list[Token]) -> list[Token]:
    """A short word made of the first letters of the other words of the same name adds nothing."""
    content = [token for token in tokens if token.weight >= 0.3 and token.number is None]
    out = []
    for token in tokens:
        others = [other for other in content if other is not token]
        if (
            2 <= len(token.folded) <= 6
            and len(others) >= 2
            and not token.senses
            and not token.names
            and spells(token, others)
            and token.text.isupper()
        ):
            out.append(replace(token, weight=0.05))
        else:
            out.append(token)
    return out


@cache
def _name_weights() -> dict[int, float]:
    """Weights of given names that so many bear that they tell little."""
    names = get_lexicon().names
    return {index: weight for name, weight in _COMMON_NAMES.items() for index in names.get(name, ())}
