"""``python -m tools.word_grades``: grade the rows of ``words.tsv`` by what the dictionaries say of their forms; then ``tools.lexicon``.

The rows were written by hand. A form in Cyrillic, Arabic or Chinese letters is borne out where ``meanings.tsv`` (Wiktionary, Open
Multilingual Wordnet) gives for it an English word that stands in the row too. Grades are those of the feed's sources: B where two forms or
more and at least half of those that the dictionaries hold are borne out, C where one is, D where none is: general knowledge, unsourced.
"""

from __future__ import annotations

from pathlib import Path

from landbridge.screening.meaning import english_meanings, english_stem
from landbridge.screening.script import fold_word, name_script

WORDS = Path(__file__).parents[1] / "src" / "landbridge" / "screening" / "tables" / "words.tsv"
HEADER = (
    "# class\tconcept\tforms: words of one meaning in English, other Latin, Belarusian, Russian, Ukrainian, Arabic, Persian, Urdu, Chinese;"
    " | separates, * is any ending\tgrade, as of sources: B, C or D\tsource: forms that the dictionaries of meanings.tsv bear out, of those"
    " that they hold; - is general knowledge"
)


def grade_row(forms: str) -> tuple[str, str]:
    """The grade of a row's forms and its source: B, C or D, and how many forms the dictionaries bear out, of how many that they hold."""
    words = [form.rstrip("*") for form in forms.split("|") if " " not in form]
    english = {english_stem(word) for word in words if word.isascii()}
    meanings = [english_meanings(fold_word(word)) for word in words if len(word) > 1 and name_script(word) not in ("latin", "other")]
    held = [found for found in meanings if found]
    sure = sum(bool(english & {english_stem(one) for one in found}) for found in held)
    if not sure:
        return "D", "-"
    return "B" if sure > 1 and 2 * sure >= len(held) else "C", f"meanings.tsv {sure}/{len(held)}"


def grade_table(text: str) -> str:
    """The table with the grade and the source of each row as its last columns."""
    lines = [line if line.startswith("#") or not line else _grade_line(line) for line in text.splitlines()[1:]]
    return "\n".join((HEADER, *lines)) + "\n"


def _grade_line(line: str) -> str:
    kind, concept, forms, *_ = line.split("\t")
    return "\t".join((kind, concept, forms, *grade_row(forms)))


if __name__ == "__main__":
    WORDS.write_text(grade_table(WORDS.read_text(encoding="utf-8")), encoding="utf-8")
