"""Korean-like text without end: made-up words, as unevenly frequent as a language's, and a few real ones."""

import itertools
import random

SYLLABLES = 1_400
WORDS = 60_000
PARTICLES = ("", "", "은", "는", "이", "가", "을", "를", "에", "의", "로", "에서", "과", "도", "했다", "한다")
# In how many of a thousand articles a word stands, in text and in headline.
PLANTED = {
    "한국": (300, 30),
    "AI": (150, 25),
    "배터리": (20, 4),
    "캐나다 토론토": (2, 1),
    "법": (40, 5),
    "법원": (60, 8),
    "특별법": (30, 4),
    "정부": (350, 30),
    "경제": (250, 20),
}


class Writer:
    """Writes text whose words are as unevenly frequent as a language's (Zipf)."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - the same texts every time, no secret
        codes = self.dice.sample(range(0xAC00, 0xD7A4), SYLLABLES)
        weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(SYLLABLES)))
        lengths = self.dice.choices((1, 2, 3, 4), (2, 55, 30, 13), k=WORDS)
        self.words = [
            "".join(map(chr, self.dice.choices(codes, cum_weights=weights, k=length))) for length in lengths
        ]
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(WORDS)))

    def sentence(self, length: int) -> list[str]:
        words = self.dice.choices(self.words, cum_weights=self.weights, k=length)
        return [
            word + particle
            for word, particle in zip(words, self.dice.choices(PARTICLES, k=length), strict=True)
        ]

    def headline(self) -> str:
        """Six words or so, now and then one of the planted ones."""
        words = self.sentence(self.dice.randint(4, 7))
        for planted, (_in_text, in_headline) in PLANTED.items():
            if self.dice.random() * 1_000 < in_headline:
                self._plant(words, planted)
        return " ".join(words)

    def paragraph(self, share: float) -> str:
        """Four sentences; planted words stand in as many paragraphs as in this share of all texts."""
        sentences = [self.sentence(self.dice.randint(9, 16)) for _number in range(4)]
        for planted, (in_text, _in_headline) in PLANTED.items():
            if self.dice.random() * 1_000 < in_text * share:
                self._plant(self.dice.choice(sentences), planted)
        return " ".join(f"{' '.join(words)}." for words in sentences)

    def article(self) -> tuple[str, str]:
        """Headline and body: 1,200 to 2,000 syllables in ten paragraphs, the planted words among them."""
        headline = self.sentence(6)
        text = self.sentence(self.dice.randint(380, 640))
        for planted, (in_text, in_headline) in PLANTED.items():
            place = self.dice.random() * 1_000
            if place < in_text:
                for _number in range(self.dice.randint(1, 4)):
                    self._plant(text, planted)
            if place < in_headline:
                self._plant(headline, planted)
        step = len(text) // 10 + 1
        paragraphs = (" ".join(text[at : at + step]) for at in range(0, len(text), step))
        return " ".join(headline)[:200], "".join(f"<p>{paragraph}.</p>" for paragraph in paragraphs)

    def _plant(self, words: list[str], planted: str) -> None:
        words[self.dice.randrange(len(words))] = planted + self.dice.choice(PARTICLES)
