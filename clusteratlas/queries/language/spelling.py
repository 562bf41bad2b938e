"""Words that are spelled nearly alike."""

from __future__ import annotations

from collections.abc import Sequence

_FUZZY = 80.0
"""Similarity of two words (rapidfuzz, 0 to 100) from which a misspelt one counts as meant."""


def near_words(word: str, vocabulary: Sequence[str]) -> dict[str, float]:
    """Words near a word, or that begin with something near it, and how near (0 to 100)."""
    from rapidfuzz import fuzz, process

    if len(word) < 4 or word.isdigit():
        return {w: 100.0 for w in vocabulary if w == word}
    begins = [w[: len(word) + 1] for w in vocabulary]
    found: dict[str, float] = {}
    for choices, penalty in ((vocabulary, 0.0), (begins, 3.0)):
        for _, score, i in process.extract(
            word, choices, scorer=fuzz.ratio, score_cutoff=_FUZZY, limit=50
        ):
            found[vocabulary[i]] = max(found.get(vocabulary[i], 0.0), score - penalty)
    return found
