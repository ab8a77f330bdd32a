"""Words of the names of companies and vessels: their senses, and their sounds without endings."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from landbridge.screening.compound import split_compound, split_place
from landbridge.screening.lexicon import Sense, get_lexicon, owner_base
from landbridge.screening.meaning import english_stem
from landbridge.screening.script import name_script
from landbridge.screening.sound import sound
from landbridge.screening.spoken import spoken_sound
from landbridge.screening.token import Token
from landbridge.screening.town import find_town, named_town
from landbridge.screening.weight import sense_token, weigh
from landbridge.screening.word_sound import JOINED_ARTICLES, NOT_ARABIC, before_genitive, other_letters, to_latin

_ATTACHED = re.compile(r"^(?:بال|وال|فال|لل)(?=.{3})")
"""In, and, then, for with the article, as Arabic writes them."""
_COMPOSITE = {
    "oilgas": ("oil", "gas"),
    "heavyindustry": ("heavy", "industry"),
    "lightindustry": ("lightweight", "industry"),
    "freezone": ("free", "zone"),
    "refinery": ("oil", "refining", "plant"),
    "oilrefining": ("oil", "refining"),
    "glassfactory": ("glass", "plant"),
    "breadfactory": ("bakery", "plant"),
    "dairyplant": ("dairy", "plant"),
    "meatpacking": ("meat", "plant"),
    "machineplant": ("machine", "plant"),
    "machineproduction": ("machine", "production"),
    "flaxmill": ("flax", "plant"),
    "customsclearing": ("customs", "clearing"),
    "rivershipping": ("river", "shipping"),
    "radiozavod": ("radio", "plant"),
    "radioplant": ("radio", "plant"),
    "aircraftrepair": ("aircraft", "repair"),
    "motorrepair": ("motorengine", "repair"),
    "radioelectronic": ("radio", "electronics"),
    "agroindustrial": ("agriculture", "industry"),
    "freetrade": ("free", "trade"),
    "electricmotor": ("electric", "motorengine"),
    "electricmachine": ("electric", "machine"),
    "mechanicalcomplex": ("complex", "plant"),
    "scientificproduction": ("scientific", "production"),
    "npo": ("scientific", "production", "joint"),
    "npp": ("scientific", "production", "enterprise"),
    "npk": ("scientific", "production", "company"),
    "npc": ("scientific", "production", "centre"),
    "researchinstitute": ("research", "institute"),
    "centralresearchinstitute": ("central", "research", "institute"),
    "radioengineering": ("radio", "engineering"),
    "shiprepair": ("shipyard", "repair"),
    "tvradio": ("tv", "radio"),
    "commercialbank": ("commercial", "bank"),
    "tradinghouse": ("trade", "house"),
    "autoplant": ("automobile", "plant"),
    "armedforces": ("armed", "forces"),
    "haulage": ("road", "transport"),
    "landtransport": ("land", "transport"),
    "railtransport": ("railway", "transport"),
    "shipbuildrepair": ("shipyard", "repair"),
    "shipagency": ("shipping", "agency"),
    "oilpipe": ("oil", "pipeline"),
    "gaspipe": ("gas", "pipeline"),
    "bridgebuild": ("bridge", "construction"),
    "generalinsurance": ("nonlife", "insurance"),
    "lifeinsurance": ("life", "insurance"),
    "coldstorage": ("cold", "warehouse"),
    "containershipping": ("container", "shipping"),
    "constructionmachinery": ("construction", "machine"),
    "sugarrefinery": ("sugar", "plant"),
    "generaltrading": ("general", "trade"),
    "north_star": ("north", "star"),
    "mod": ("ministry", "defence"),
    "moi": ("ministry", "interior"),
    "mof": ("ministry", "finance"),
    "mot": ("ministry", "transport"),
    "moe": ("ministry", "energy"),
    "customsbroker": ("customs", "broker"),
    "medicaluniversity": ("medical", "university"),
    "heatnetwork": ("heat", "network"),
    "windpower": ("wind", "energy"),
    "techpark": ("technology", "zone"),
    "fishprocessing": ("fish", "processing"),
    "meatprocessing": ("meat", "processing"),
    "wasteprocessing": ("waste", "processing"),
    "gasprocessing": ("gas", "processing"),
    "flaxprocessing": ("flax", "processing"),
    "goldmining": ("gold", "mining"),
    "coalmining": ("coal", "mining"),
    "saltmining": ("salt", "mining"),
    "coppersmelting": ("copper", "smelting"),
    "industrytrade": ("industry", "trade"),
    "techtrade": ("technology", "trade"),
    "agritrade": ("agriculture", "trade"),
    "internationaltrade": ("international", "trade"),
    "agroplant": ("agriculture", "plant"),
    "cheeseplant": ("cheese", "plant"),
    "wineplant": ("winery", "plant"),
    "leatherplant": ("leather", "plant"),
    "tvplant": ("tv", "plant"),
    "motorcycleplant": ("motorcycle", "plant"),
    "tinplant": ("tin", "plant"),
    "printingplant": ("printing", "plant"),
    "gaschemical": ("gas", "chemical"),
    "haulageenterprise": ("haulage", "enterprise"),
    "roadmachine": ("road", "machine"),
    "electricinstallation": ("electric", "installation"),
    "specialinstallation": ("special", "installation"),
    "grainoil": ("grain", "oil"),
    "aircargo": ("air", "cargo"),
    "grainelevator": ("grain", "elevator"),
    "gassupply": ("gas", "supply"),
    "watersupply": ("water", "supply"),
    "sewingmachine": ("sewing", "machine"),
    "oceanvessel": ("ocean", "shipping"),
    "horsebreeding": ("horse", "breeding"),
    "feedmill": ("feed", "plant"),
    "goldeneagle": ("golden", "eagle"),
    "snowleopard": ("snow", "leopard"),
    "oliveoil": ("olive", "oil"),
    "goldrefinery": ("gold", "refining", "plant"),
    "affinage": ("gold", "refining"),
    "municipalservices": ("municipal", "service"),
    "commercialvehicle": ("commercial", "automobile"),
    "passengercar": ("passenger", "automobile"),
    **{f"c:CN-{other}": ("c:CN", f"c:{other}") for other in ("BY", "PK", "RU", "IR", "KZ", "UZ", "MN", "LA", "VN", "KR", "JP", "AE")},
}
"""Concepts that other languages name by two words; of several senses of a word the one that stands first is meant."""
_CLASSES = {
    "general": "generic",
    "joint": "generic",
    "enterprise": "generic",
    "company": "generic",
    "central": "direction",
    "international": "generic",
}
"""Classes of parts that are no trades."""


def split_composite(token: Token) -> list[Token]:
    concepts = {sense.concept for sense in token.senses}
    parts = next((_COMPOSITE[concept] for concept in _COMPOSITE if concept in concepts), None)
    if parts is None and token.parts[1:] and token.parts[-1] in _CLASSES:
        parts = token.parts
    if parts is None:
        return [token]
    made = []
    for part in parts:
        senses = frozenset({Sense("country" if part.startswith("c:") else _CLASSES.get(part, "trade"), part)})
        made.append(replace(token, text=f"{token.text} ({part})", folded=part, sounds=(sound(part),), senses=senses, weight=weigh(senses)))
    return made


def read_company_word(
    word: str, text: str, index: int, count: int, kind: str, *, with_brands: bool = True, is_named: bool | None = None
) -> Token:
    """A word at its place among the words of a name: only whether it is the first or the last of them matters, and whether a word that
    tells something stands before it (``is_named``; None: whatever stands there).
    """
    text = to_latin(text)
    place = min(index, 1)
    named = place > 0 if is_named is None else is_named
    return _read_word(word, text, place, place + 1 + min(count - 1 - index, 1), kind, with_brands=with_brands, is_named=named)


@lru_cache(maxsize=100_000)
def _read_word(word: str, text: str, index: int, count: int, kind: str, *, with_brands: bool, is_named: bool) -> Token:
    lexicon = get_lexicon()
    senses = lexicon.find_word(text)
    attached = _ATTACHED.match(text) if not senses else None
    if attached and not NOT_ARABIC.search(word):
        text = text[attached.end() :]
        senses = lexicon.find_word(text)
    elif word.startswith("ال") and len(text) > 4 and not NOT_ARABIC.search(word):
        text = text[2:]
        senses = senses or lexicon.find_word(text)
    if text in ("al", "el", "ul", "аль", "эль", "ال"):
        return sense_token(word, text, frozenset({Sense("stop", "article")}))
    if len(text) == 1 and not any(sense.kind in ("stop", "number") for sense in senses):
        return Token(text=word, folded=text, sounds=(sound(text),), script=name_script(text), weight=0.5)
    if not with_brands:
        senses = frozenset(sense for sense in senses if sense.kind != "brand")
    whole = split_place(text) if senses and all(sense.kind == "place" for sense in senses) else ()
    if whole:
        senses = frozenset()
    senses = _choose_senses(_add_towns(senses, text), index, count, kind, word, is_named=is_named)
    number = next((int(sense.concept[2:]) for sense in senses if sense.kind == "number"), None)
    names = lexicon.find_names(text) if kind != "vessel" or not senses else frozenset[int]()
    parts = whole or (split_compound(text) or split_place(text) if not senses else ())
    return Token(
        text=word,
        folded=text,
        sounds=_sounds_of(word, text),
        script=name_script(text),
        weight=weigh(senses),
        senses=senses,
        names=names,
        parts=parts,
        number=number,
    )


def _add_towns(senses: frozenset[Sense], text: str) -> frozenset[Sense]:
    """Senses and the towns of a word; beside a trade that only its stem or sound tells, the town of that very name: صلالة is Salalah."""
    if any(sense.kind != "place" for sense in senses):
        return senses if text in get_lexicon().words else senses | named_town(text)
    return senses | (find_town(text) or find_town(owner_base(text)))


_ENDING_FORMS = frozenset(
    [
        "kg",
        "ug",
        "oy",
        "ad",
        "ead",
        "sl",
        "mmc",
        "asc",
        "qsc",
        "kk",
        "sal",
        "sca",
        "ska",
        "ek",
        "sas",
        "aps",
        "alc",
        "taş",
        "pjs",
        "nao",
        "нао",
        "sti",
        "şti",
        "lda",
        "ood",
        "eood",
        "ohg",
        "tbk",
        "pue",
        "mup",
        "аг",
        "са",
        "плк",
        "ллк",
        "аш",
        "бв",
        "нв",
        "спа",
        "уаб",
        "сиа",
        "ас",
        "ою",
        "ад",
        "доо",
        "инк",
        "корп",
        "qk",
        "xk",
        "pty",
        "bsc",
        "spc",
        "saog",
        "saoc",
        "пвт",
        "пте",
        "срл",
    ]
)
"""Legal forms that are other words at the beginning of a name: they are forms only behind a word that is neither form nor article."""
_JOINING = frozenset(("ve", "və", "ile", "және", "жана", "ir", "och", "della", "dello", "degli"))
"""Words for and, with and of, which are names elsewhere: they join only what stands on both sides of them."""


def is_ending_form(folded: str) -> bool:
    """Whether a legal form may be a name of its own where nothing stands before it."""
    return folded in _ENDING_FORMS


_LETTER_WORDS = frozenset(("سی", "دو"))
"""Numbers that at the beginning of a name are rather an English word by its sound: سی سٹار is Sea Star."""


def _choose_senses(senses: frozenset[Sense], index: int, count: int, kind: str, word: str, *, is_named: bool) -> frozenset[Sense]:
    """Of several senses those that the place in the name allows: one letter is a numeral only at the end or in a vessel's name."""
    kept = set()
    for sense in senses:
        if sense.kind == "number" and len(word) <= 2 and word.isascii() and (index == 0 or (kind != "vessel" and index + 1 < count)):
            continue
        if sense.kind == "number" and word in _LETTER_WORDS and index == 0:
            continue
        if sense.kind == "legal" and not is_named and is_ending_form(word.casefold()):
            continue
        if sense.kind == "stop" and word.casefold() in _JOINING and not (is_named and index + 1 < count):
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
    short = _SHORT_TOWN.match(text)
    if short:
        stems.append(f"{short[1]}а")
    stems += [text[found.end() :] for pattern in JOINED_ARTICLES if (found := pattern.match(text))]
    if text.isascii() and len(text) > 4 and english_stem(text) != text:
        stems.append(english_stem(text))
    if word.startswith("ال") and not text.startswith("ال"):
        stems.append("ال" + text)
    stems += [found[1] for pattern in _GENITIVES if (found := pattern.match(text))]
    stems += [found[1] + end for pattern in _ADJECTIVE_GENITIVES if (found := pattern.match(text)) for end in ("oy", "iy")]
    if text.startswith("eu") and len(text) > 4:
        stems.append(f"ev{text[2:]}")  # Euroopt is Евроопт
    stems += [*other_letters(text), *before_genitive(word, text)]
    spoken = spoken_sound(text)
    nation = _TION.match(text)
    if nation:
        return tuple(dict.fromkeys((whole, sound(nation[1]) + sound("tion"), *(sound(to_latin(stem)) for stem in stems))))
    return tuple(dict.fromkeys((whole, *([spoken] if spoken else []), *(sound(to_latin(stem)) for stem in stems))))


_SHORT_TOWN = re.compile(r"^([бвгджзклмнпрстфхцчшщ]?[аеиоуэюя][бвгджзклмнпрстфхцчшщ])инск(?:ий|ая|ое|ого|ой|их|ие)$")
"""Of a town of one syllable and its ending: Ашинский is of Asha."""
_TION = re.compile(r"^(.{3,})ц(?:ия|ии|ий|ию|ыя|ыі|ый|ія|ії|ій)$")
"""Nouns that English writes with -tion: реконструкция."""
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
    return sound(to_latin(text))
