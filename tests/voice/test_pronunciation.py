"""What is said for what is shown, and that the voice knows every word of it."""

import json
from importlib.resources import files

import inflect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reluviz.story.script import script_names
from reluviz.voice.pronunciation import LEXICON, SpeechError, spoken, spoken_words, unknown_words
from reluviz.voice.utterance import sentences_of
from tests.story.test_scripts import story


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("w₁ = −1.42, b₂ = 0.05.", "w one is minus one point four two, b two is zero point zero five."),
        ("7,200 updates; 20,000 iterations", "seven thousand two hundred updates; twenty thousand iterations"),
        ("2,000,001", "two million one"),
        ("42% of it, 0.50%", "forty-two percent of it, zero point five zero percent"),
        ("the 1st, 2nd, 3rd, 21st", "the first, second, third, twenty-first"),
        ("δ > 0 and x ≤ 4", "delta is greater than zero and x is at most four"),
        ("δ(x) = f(x)", "delta of x) is f of x)"),
        ("4× as steep, 2 × 3", "four times as steep, two times three"),
        ("0 → 1, a−b, −b₁₂", "zero to one, a minus b, minus b twelve"),
        ("∂e/∂wᵢ", "partial e over partial w i"),
        ("a 4-slope, one-dimensional line", "a four-slope, one-dimensional line"),
        ("2–3 updates", "two to three updates"),
        ("it “sticks” — for good", "it sticks — for good"),
        ("don’t", "don't"),
        ("a ReLU’s", "a [ReLU's](/ɹˈɛluz/)"),
        ("A ReLU, relu.", "A [ReLU](/ɹˈɛlu/), [relu](/ɹˈɛlu/)."),
    ],
)
def test_readings(caption, words):
    assert spoken(caption) == words


@given(st.integers(0, 10**9), st.integers(0, 4))
def test_numbers_are_read_as_inflect_reads_them(whole, places):
    figures = f"{whole / 10**places:,.{places}f}"
    expected = inflect.engine().number_to_words(figures.replace(",", ""), andword="", comma="")
    assert spoken(f"−{figures}") == f"minus {expected}"
    assert spoken(figures) == expected


def test_each_caption_word_has_its_own_words():
    assert spoken_words("w₁ = −0.6, “so”") == (
        ("w₁", "w one"),
        ("=", "is"),
        ("−0.6,", "minus zero point six,"),
        ("“so”", "so"),
    )


@pytest.mark.parametrize("sign", ["⌘", "∇", "[", "_", "€"])
def test_a_sign_without_a_reading_is_an_error_not_a_silence(sign):
    with pytest.raises(SpeechError, match="no reading"):
        spoken(f"press {sign} now")


def test_the_lexicon_holds_what_the_dictionary_lacks_in_phonemes_that_the_engine_has():
    known = set(json.loads((files("hibari") / "assets" / "vocab.json").read_text(encoding="utf-8")))
    from hibari.g2p import G2P

    asked = []
    dictionary = G2P(oov=lambda word: asked.append(word) or "")
    for word, phonemes in LEXICON.items():
        assert set(phonemes) <= known, word
        assert dictionary(word) == "" and asked[-1] == word, "the dictionary has it"
        assert dictionary(spoken(word)) == phonemes


def test_unknown_words_are_found_once_and_in_order():
    text = "The blorptastic neuron, by Quuxworth, is blorptastic. A ReLU’s residuals, biases, optima: 7,200."
    assert unknown_words(text) == ("blorptastic", "Quuxworth")


@pytest.mark.parametrize("name", script_names())
def test_every_word_of_every_film_is_known(name):
    for beat in story(name).beats:
        assert unknown_words(beat.narration) == (), beat.name


def test_sentences():
    text = "It turns. w₁ = 1.42 now, e.g. here.\n “Why?” So (it seems.) And… then: 0.5. End"
    assert sentences_of(text) == (
        "It turns.",
        "w₁ = 1.42 now, e.g. here.",
        "“Why?”",
        "So (it seems.)",
        "And…",
        "then: 0.5.",
        "End",
    )


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Is it luck? No. It is the start.", ("Is it luck?", "No.", "It is the start.")),
        ("It reads its config. Then it trains.", ("It reads its config.", "Then it trains.")),
        ("See fig. 4 and eq. 2, as in no. 7. Then go on.", ("See fig. 4 and eq. 2, as in no. 7.", "Then go on.")),
        ("Small vs. large, cf. example 3, i.e. Both.", ("Small vs. large, cf. example 3, i.e. Both.",)),
        ("It adds to the piano. 7 neurons remain.", ("It adds to the piano.", "7 neurons remain.")),
    ],
)
def test_a_word_that_looks_like_an_abbreviation_ends_a_sentence(text, sentences):
    assert sentences_of(text) == sentences
