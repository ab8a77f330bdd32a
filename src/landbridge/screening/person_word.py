"""Words of people's names: given names, fathers' names, initials, and the devout names of Arabic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from landbridge.screening.lexicon import Sense, get_lexicon
from landbridge.screening.script import fold_word, has_han, name_script
from landbridge.screening.sound import sound
from landbridge.screening.spoken import spoken_sound
from landbridge.screening.token import Token
from landbridge.screening.weight import FATHER, GIVEN, OTHER, PART, name_weights, sense_token
from landbridge.screening.word_sound import JOINED_ARTICLES, before_genitive, other_letters, to_latin

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
_ABD_JOINED = re.compile(
    r"^(?!abd[aeou]llah|عبداله|عبدالله|абд[аоуэе]лла)(?:abd(?:oul|ul|el|al|ur|us|ol|or|er|ar|uz|un|ush)(?=.{3,})|abd(?=.{4,})|абд(?:ул|ель|ел|ур|ус|аль|ал)(?=.{3,})|абд(?=.{4,})|عبدال(?=.{2,})|عبد(?=.{3,}))"
)
_ALLAH = re.compile(r"^(.{3,}?)(?:(?:u|o|i|e)l?lah|a?llah)$|^(.{2,}?)(?:улла|уллах|аллах)$|^(.{2,}?)الله$")
_DIN = re.compile(r"^(.{2,}?)(?:u|e|a|i)d?d?-?d(?:i|ee)n$|^(.{2,}?)(?:уддин|еддин|эддин|аддин)$|^(.{2,}?)الدین$")
_FATHER_CYRILLIC = re.compile(
    r"^(.{2,}?)(?:йович|ьевич|евич|ович|йовна|ьевна|ієвна|євна|евна|овна|івна|ївна|ієвич|євич|ьич|ич|инична|ична|авіч|евіч|ёвіч|явіч|іч|ьевіч|авна|оўна|оўіч|аўна|еўна|ёўна|яўна|ұлы|улы|оглы|углы|угли|ўғли|кызы|қызы|қизи|гызы)$"
)
_FATHER_LATIN = re.compile(
    r"^(.{2,}?)(?:[iyýj]?[oea][vw][iy](?:ch|č|ç|tch|tsch|cz|cs|c)|[oea]v[yi]ch|[iyýj]?[oea][vw]na|[oea]una|[oea]ŭna|[iy]vna|[iy](?:ch|č|tch|tsch|cz)|[iy]n[iy](?:ch|č|tch|tsch|cz)na|yovych|iovych|[uū]ly|ogly|oglu|oglou|o?gh?li|kyzy|qyzy|gyzy|q[iı]z[iı]|k[iı]z[iı])$"
)


_SAYYID = "سید"
"""Sayyid, which Persian writes together with the name."""


@lru_cache(maxsize=100_000)
def read_person_word(word: str, text: str, kind: str) -> Sequence[Token] | None:
    lexicon = get_lexicon()
    if kind == "person" and text.startswith(_SAYYID) and len(text) >= len(_SAYYID) + 3 and not lexicon.find_names(text):
        return read_person_word(text[len(_SAYYID) :], text[len(_SAYYID) :], kind)
    found = lexicon.words.get(text) or frozenset()
    names = lexicon.find_names(text)
    if kind == "person" and any(sense.kind == "title" for sense in found) and text not in _KEPT_TITLES and not (names and len(text) > 3):
        concept = "sonof" if any(sense.concept == "sonof" for sense in found) else "title"
        return [sense_token(word, text, frozenset({Sense("title", concept)}))]
    if text in _ARTICLES or text in ("ال", "de", "von", "van"):
        return [sense_token(word, text, frozenset({Sense("stop", "article")}))]
    if (text in ALLAH_WORDS or text in _DIN_WORDS) and not (text == _ALLA and names):
        return _split_devout(word, text)
    if text in _ABD:
        return [
            Token(
                text=word,
                folded="abd",
                sounds=(sound("abd"),),
                script=name_script(text),
                weight=PART,
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


ALLAH_WORDS = frozenset(
    fold_word(word) for word in ("allah", "الله", "اللہ", "лла", "lah", "ullah", "улла", "алла", "аллах", "olla", "ollah")
)
_DIN_WORDS = frozenset(
    fold_word(word) for word in ("din", "deen", "الدین", "الدين", "دین", "uddin", "eddin", "уддин", "эддин", "дин", "ad-din", "addin")
)
_ALLA = "алла"
"""A woman's name in Russian, where nothing before it makes it the end of a devout name."""
_KEPT_TITLES = frozenset({"khan", "shah"})


def _name_token(word: str, text: str, names: frozenset[int]) -> Token:
    weight = name_weights().get(min(names), GIVEN)
    said = spoken_sound(text)
    plain = (sound(text[2:]),) if text.startswith("ال") and len(text) > 4 else ()
    others = tuple(sound(one) for one in (*other_letters(text), *before_genitive(word, text)))
    sounds = tuple(dict.fromkeys((sound(text), *((said,) if said else ()), *plain, *others)))
    return Token(text=word, folded=text, sounds=sounds, script=name_script(text), weight=weight, names=names)


def _split_devout(word: str, text: str) -> list[Token] | None:
    """Abdurrahman is abd and rahman, Saifullah saif and allah, Ziauddin zia and din."""
    joined = _ABD_JOINED.match(text)
    if joined and not _is_ending_only(text, joined.end()):
        rest = text[joined.end() :].lstrip("-")
        return [
            Token(
                text=word[: joined.end()],
                folded="abd",
                sounds=(sound("abd"),),
                script=name_script(text),
                weight=PART,
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
                weight=PART,
                senses=frozenset({Sense("title", concept)}),
            )
            return [_person_token(stem, stem), tail]
    if text in ALLAH_WORDS:
        return [
            Token(
                text=word,
                folded="allah",
                sounds=(sound("allah"),),
                script=name_script(text),
                weight=PART,
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
                weight=PART,
                senses=frozenset({Sense("title", "din")}),
            )
        ]
    return None


def weigh_allah(tokens: list[Token]) -> list[Token]:
    """In Abd Allah the second word is the name, as Rahman is in Abd al-Rahman; in Saif Allah it only ends it."""
    out: list[Token] = []
    for token in tokens:
        before = next((one for one in reversed(out) if "article" not in one.concepts), None)
        is_name = "allah" in token.concepts and before is not None and "abd" in before.concepts
        out.append(replace(token, weight=FATHER) if is_name else token)
    return out


_JOINED_ABU = re.compile("^[اأ]بوال.{3}")
"""Father of, and what it stands before, written as one word: ابوالحسن."""
_JOINED_TO_NEXT = re.compile(r"^(.{3,})(?:ul|ur|us|ud|уль|ур|ул)$")
"""The article of the next word written to this one: Nurul Haq."""


def join_servant(words: list[str]) -> list[str]:
    """Words of a person's name in which Abd and Allah, written apart, are one name."""
    out: list[str] = []
    for word in words:
        if out and fold_word(word) in ALLAH_WORDS and fold_word(out[-1]) in _ABD:
            out[-1] = f"{out[-1]}{word}"
        else:
            out.append(word)
    return out


def split_fathers(words: list[str]) -> list[str]:
    """Words of a name with father of as a word of its own: ابوالحسن is ابو الحسن."""
    out: list[str] = []
    for word in words:
        is_joined = _JOINED_ABU.match(word) and not get_lexicon().find_names(fold_word(word))
        out += [word[:3], word[3:]] if is_joined else [word]
    return out


_SON = frozenset(("ben", "bin", "بن", "бен", "бин"))


def join_sons(words: list[str]) -> list[str]:
    """Words of a name with son of, before the last, written to it: بن حمو is Benhamou, a surname in the Maghreb."""
    if len(words) < _WITH_SON or fold_word(words[-2]) not in _SON or len(words[-1]) < _SHORTEST_SON:
        return words
    return [*words[:-2], f"{words[-2]}{words[-1]}"]


_WITH_SON, _SHORTEST_SON = 3, 3
"""Words of a name with son of, and letters of the last, at least."""


def _person_token(word: str, text: str) -> Token:
    names = get_lexicon().find_names(text)
    if not names and (before := _JOINED_TO_NEXT.match(text)):
        names = get_lexicon().find_names(before[1])
    whole: tuple[str, ...] = ()
    if not names and word.startswith("ال") and len(text) >= 4:
        whole, text = (sound(text),), text[2:]
        names = get_lexicon().find_names(text)
    if names:
        return _name_token(word, text, names)
    joined = (text[found.end() :] for pattern in JOINED_ARTICLES if (found := pattern.match(text)))
    said = spoken_sound(text)
    others = (*other_letters(text), *before_genitive(word, text))
    sounds = tuple(dict.fromkeys((*(sound(to_latin(one)) for one in (text, *joined, *others)), *([said] if said else []), *whole)))
    return Token(text=word, folded=text, sounds=sounds, script=name_script(text), weight=OTHER)


_FATHER_ARABIC = re.compile(r"^(.{2,}?)(?:(?:و|ی)?فی(?:تش|چ)|(?:و|ا|ی){0,2}ویچ|(?:و|ی)فنا|(?:و|ی|ا)ونا|یچنا)$")
"""Patronymics of Russian as Arabic and Persian write them, folded: أحمدوفيتش, ولادیمیرویچ, إيفانوفنا."""
_FATHERS = {"cyrillic": _FATHER_CYRILLIC, "arabic": _FATHER_ARABIC}


def _is_ending_only(text: str, start: int) -> bool:
    """Whether what stands behind abd is but the ending of a father's name: Абдирович is of Абди."""
    stem = father_stem(text)
    return bool(stem) and len(stem) <= start + _OF_ABD


_OF_ABD = 2
"""Letters at most that such an ending leaves behind abd."""


def father_stem(text: str) -> str:
    found = _FATHERS.get(name_script(text), _FATHER_LATIN).match(text)
    return found[1] if found else ""


def _find_fathers(text: str, stem: str) -> frozenset[int]:
    """Given names that a patronymic may come from."""
    lexicon = get_lexicon()
    if name_script(text) != "arabic":
        return lexicon.find_father(stem)
    return lexicon.find_names(stem) or lexicon.find_names(f"{stem}ی")


def mark_fathers(tokens: list[Token]) -> list[Token]:
    """Of words that end like patronymics, the one after a given name is one, else the last of at least two other words."""
    likely = [index for index, token in enumerate(tokens) if token.weight and not token.names and father_stem(token.folded)]
    content = [index for index, token in enumerate(tokens) if token.weight]
    if not likely or len(content) < 2:
        return tokens
    after = [index for index in likely if index and tokens[index - 1].names]
    chosen = after[-1] if after and len(content) > 2 else (likely[-1] if len(content) > 2 else -1)
    if chosen < 0:
        return tokens
    token = tokens[chosen]
    stem = father_stem(token.folded)
    marked = replace(token, fathers=_find_fathers(token.folded, stem), father_stem=stem, weight=FATHER)
    return [*tokens[:chosen], marked, *tokens[chosen + 1 :]]


def mark_sons(tokens: list[Token]) -> list[Token]:
    """What stands after "son of" is the father's name: it tells as much, and is left out as often, as a patronymic."""
    son = next((index for index, token in enumerate(tokens) if any(sense.concept == "sonof" for sense in token.senses)), None)
    if son is None or son == 0:
        return tokens
    if tokens[son].folded in _BEHIND_FATHER:
        father = tokens[son - 1]
        fathers = father.names or get_lexicon().find_father(father.folded)
        marked = replace(father, fathers=fathers, father_stem=father.folded, names=frozenset(), weight=FATHER)
        return [*tokens[: son - 1], marked, *tokens[son:]]
    if son + 1 >= len(tokens):
        return tokens
    end = son + 1 + next((step + 1 for step, token in enumerate(tokens[son + 1 :]) if token.weight > 0.3), 1)
    if tokens[son].folded in _TO_THE_END:
        end = len(tokens)
    return [
        replace(token, is_father=True, weight=min(token.weight, FATHER)) if son < index < end else token
        for index, token in enumerate(tokens)
    ]


_BEHIND_FATHER = frozenset(
    [
        "oglu",
        "ogli",
        "ogly",
        "oghlu",
        "uglu",
        "oğlu",
        "oğli",
        "qızı",
        "kızı",
        "ugli",
        "qyzy",
        "qizi",
        "kizi",
        "kyzy",
        "gyzy",
        "uly",
        "uulu",
        "ūly",
        "оглу",
        "оглы",
        "огли",
        "угли",
        "углы",
        "ўғли",
        "ұлы",
        "улы",
        "уулу",
        "кызы",
        "қызы",
        "қизи",
        "гызы",
    ]
)
"""Son and daughter as Turkic languages put them behind the father's name: Islam qizi is Исламовна."""
_TO_THE_END = frozenset(("so", "do", "wo", "ولد", "فرزند", "son of"))
