"""A name as the matcher sees it: its words with their meaning and weight."""

from __future__ import annotations

from dataclasses import dataclass, field

from landbridge.screening.lexicon import Sense
from landbridge.screening.sound import SoundShape, measure_sound


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name, or one phrase of a single meaning.

    ``weight`` says how telling it is, from 0 (never) to 1. ``names`` are the given names that it may be, ``fathers`` those that it is a
    patronymic of. ``parts`` are the concepts inside a compound such as Beltransservice, ``concepts`` those of the senses. ``shape`` is
    that of its first sounds, which bounds how like another word it may sound.
    """

    text: str
    folded: str
    sounds: tuple[str, ...]
    script: str
    weight: float
    senses: frozenset[Sense] = frozenset()
    names: frozenset[int] = frozenset()
    fathers: frozenset[int] = frozenset()
    father_stem: str = ""
    parts: tuple[str, ...] = ()
    number: int | None = None
    is_initial: bool = False
    is_father: bool = False
    pinyins: tuple[str, ...] = ()
    is_chinese: bool = False
    is_foreign: bool = False
    concepts: frozenset[str] = field(init=False, repr=False, compare=False)
    is_abjad: bool = field(init=False, repr=False, compare=False)
    shape: SoundShape = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "concepts", frozenset(sense.concept for sense in self.senses))
        object.__setattr__(self, "is_abjad", self.script == "arabic")
        object.__setattr__(self, "shape", measure_sound(self.sounds[0]))
        words = (self.text, self.folded, self.script, self.senses, self.number, self.is_initial, self.is_father, self.weight)
        object.__setattr__(self, "_hash", hash(words))

    def __hash__(self) -> int:
        """Worked out once: words are looked up by themselves many times."""
        return self._hash


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A name as the matcher sees it; ``variants`` are other ways to read it, such as Chinese characters by their sound alone.

    ``branches`` are the countries and towns in brackets, which tell one firm of a group from another.
    """

    text: str
    kind: str
    tokens: tuple[Token, ...]
    legal: frozenset[str] = frozenset()
    identifiers: frozenset[tuple[str, str]] = frozenset()
    birth_year: str = ""
    notes: tuple[str, ...] = field(default=())
    branches: frozenset[str] = frozenset()
    variants: tuple[ParsedName, ...] = ()

    @property
    def telling(self) -> float:
        """Sum of the weights of its words."""
        return sum(token.weight for token in self.tokens)
