"""Names kept as they were read are the names that reading them again gives."""

import json
import subprocess
import sys

import pytest

from landbridge.domain.screening import ListedEntry
from landbridge.screening import sound, sound_unit
from landbridge.screening.compare import compare_names
from landbridge.screening.index import ListIndex, index_names
from landbridge.screening.kept_name import read_name, write_name
from landbridge.screening.name import parse_name

NAMES = (
    ("Минский тракторный завод имени Ленина, ОАО", "company"),
    ("558 Aircraft Repair Plant (Baranovichi)", ""),
    ("ИП Петров О. Н.", "company"),
    ("Salman bin Muhammad", "person"),
    ("Viktor Petrovich Шейман, born 1958", "person"),
    ("M/V Северная звезда 2 IMO 9187629", "vessel"),
    ("عبد الرحمن الشرقاوي", "person"),
    ("شركة الصقر الأزرق للملاحة", "company"),
    ("上海振华重工（集团）股份有限公司", "company"),
    ("约翰·史密斯", "person"),
    ('a "quoted"\nname \u2028 \\', ""),
    ("", ""),
)


@pytest.mark.parametrize(("text", "kind"), NAMES)
def test_a_kept_name_is_the_name(text: str, kind: str) -> None:
    parsed = parse_name(text, kind)
    kept = write_name(parsed)
    assert "\n" not in kept
    json.loads(kept)
    again = read_name(kept)
    assert again == parsed
    assert [hash(token) for token in again.tokens] == [hash(token) for token in parsed.tokens]


def test_no_unit_of_sound_is_made_while_names_are_read() -> None:
    count = len(sound_unit._SETS)
    for text, kind in NAMES:
        parse_name(text, kind)
    for word in ("ایران", "اوکراین", "تشیع", "mickiewicz", "ксёндз", "xuanxu", "szczecin"):
        sound.sound(word)
    assert len(sound_unit._SETS) == count


def test_units_are_the_same_whatever_module_is_read_first() -> None:
    told = "from landbridge.screening.sound_unit import _SETS; print(sorted(_SETS.items()))"
    program = "import landbridge.screening.{}, landbridge.screening.name; " + told
    orders = {
        subprocess.run([sys.executable, "-c", program.format(first)], check=True, capture_output=True).stdout
        for first in ("spoken", "sound")
    }
    assert len(orders) == 1


def test_what_is_below_the_least_is_nothing_and_the_rest_as_before() -> None:
    names = [parse_name(text, "company") for text in ("Beltransservice", "РУП «Белтранссервис»", "Belrail Service", "Minsk Motor Plant")]
    for one in names:
        for other in names:
            whole = compare_names(one, other)
            asked = compare_names(one, other, 0.4)
            assert asked == whole if whole.score >= 0.4 else asked.score < 0.4


def test_an_index_of_kept_names_answers_as_one_that_reads_them() -> None:
    entries = tuple(
        ListedEntry(entry_id=str(number), list_name="l", regime="UN", names=(text,), kind=kind, identifiers=(("imo", "9187629"),))
        for number, (text, kind) in enumerate(NAMES)
        if text
    )
    kept = list(index_names(entries))
    bare = [type(name)(name.entry, name.text, name.kind, name.is_weak, name.keys) for name in kept]
    assert all(name.read for name in kept)
    for text in ("Minsk Tractor Works", "Sheiman Viktor", "North Star 2", "Blue Falcon Shipping"):
        assert ListIndex(entries, kept).find(text) == ListIndex(entries, bare).find(text)
