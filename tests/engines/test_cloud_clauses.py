"""Where lines are cut for one request."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicegen.engines._cloud_clauses import clauses

MORE = "and so we say it once again to everybody who may want to hear about it at home"


def seams(text: str, limit: int) -> list[tuple[str, str]]:
    """The words on either side of each cut."""
    pieces = clauses(text, limit)
    return [(left.split()[-1], right.split()[0]) for left, right in itertools.pairwise(pieces)]


def test_a_line_within_the_limit_is_left_alone() -> None:
    text = "Do not drive. Rest your chest."
    assert clauses(text, 100) == [text]
    assert clauses(text, len(text)) == [text]


def test_a_cut_falls_after_the_last_clause_mark_within_the_limit() -> None:
    assert clauses("Rest, drink water, and call us if the pain gets worse.", 30) == [
        "Rest, drink water,",
        "and call us if the pain gets",
        "worse.",
    ]


@pytest.mark.parametrize(
    ("text", "limit", "first"),
    [
        ("Rest (with your legs up) and drink water every hour of the day.", 40, "Rest (with your legs up)"),
        ("Rest with your legs up (on a low chair or a stool at home).", 40, "Rest with your legs up"),
        ("Rest now – that helps most people with pain in the back.", 40, "Rest now –"),
        ("Do not drive. Wait for the ambulance that comes to you.", 40, "Do not drive."),
        ("See Dr. Smith today, or go to the hospital in the town.", 40, "See Dr. Smith today,"),
        ("Take 2,5 mg, then wait until the pain becomes much weaker.", 40, "Take 2,5 mg,"),
        ("¿Le duele el pecho?  Llame a una ambulancia ahora mismo.", 40, "¿Le duele el pecho?"),
        ("服用前请咨询医生，不要自行停药。如有不适，请立即就医。", 20, "服用前请咨询医生，不要自行停药。"),
        ("لا تقد السيارة، وانتظر سيارة الإسعاف في البيت من فضلك.", 40, "لا تقد السيارة،"),
        ("गाड़ी न चलाएँ। एम्बुलेंस की प्रतीक्षा करें और घर पर ही रहें।", 40, "गाड़ी न चलाएँ।"),
    ],
)
def test_clause_marks_of_many_languages_are_known(text: str, limit: int, first: str) -> None:
    assert clauses(text, limit)[0] == first


@pytest.mark.parametrize(
    "together",
    [
        "500 mg",
        "five milligrams",
        "0.5 milligrams per day",
        "5 to 10 mg",
        "120 over 80",
        "type 2",
        "½ tablet",
        "do not drive",
        "must not be driven",
        "should never drive",
        "don’t drive",
        "no debe conducir",
        "ne pas conduire",
        "nicht fahren",
        "Dr Smith",
        "Dr. Smith",
        "prof. Müller",
        "Maria van der Berg",
        "Royal College of Surgeons",
        "vitamin D",
        "555 0123",
        "five five five, zero one two",
        "1-800-555, 0123",
        "+44 (0)20 7946 0958",
        "not, ever, drive",
        "10\u00a0ml",
    ],
)
def test_what_belongs_together_stays_together_wherever_the_limit_falls(together: str) -> None:
    line = f"say it again to everybody {together} {MORE}"
    for limit in range(len(together) + 12, len(line)):
        assert any(together in piece for piece in clauses(line, limit)), (limit, clauses(line, limit))


def test_an_abbreviations_full_stop_is_no_clause_mark() -> None:
    line = "people who take approx. Tuesday or so for what they do at home see Fig. Two and Mrs. Jones"
    assert all(left not in {"approx.", "Fig.", "Mrs."} for left, _ in seams(line, 30))


def test_a_line_of_capitals_is_still_cut_between_words() -> None:
    line = "DO NOT DRIVE YOURSELF TO HOSPITAL IF YOU HAVE PAIN IN YOUR CHEST OR IN YOUR ARM"
    assert " ".join(clauses(line, 40)) == line
    assert all("NOT" not in seam for seam in seams(line, 40))


def test_writing_without_spaces_is_cut_between_whole_characters() -> None:
    assert clauses("ก็" * 60, 100) == ["ก็" * 50, "ก็" * 10]
    assert all(not piece.endswith("不") for piece in clauses("请" * 29 + "不要开车" * 20, 30))


def test_a_word_of_two_hundred_thousand_letters_is_cut_in_good_time() -> None:
    pieces = clauses("a" * 200_000, 100)
    assert len(pieces) == 2_000
    assert "".join(pieces) == "a" * 200_000


SIGNS = st.text(alphabet=st.sampled_from("ab Z1 5.,;:!?()-–'\"\n\u00a0´é不要，。́\u200d👩ไม่ "), max_size=400)


@given(st.one_of(SIGNS, st.text(max_size=300)), st.integers(min_value=2, max_value=120))
def test_whatever_the_text_no_sign_is_lost_and_no_piece_is_too_long(text: str, limit: int) -> None:
    pieces = clauses(text, limit)
    assert all(0 < len(piece) <= limit and piece == piece.strip() for piece in pieces)
    assert all(any(map(str.isalnum, piece)) for piece in pieces)
    letters = [sign for sign in text if sign.isalnum()]
    assert [sign for sign in "".join(pieces) if sign.isalnum()] == letters
    at = 0
    for piece in pieces:  # every piece stands in the text as it is, in order
        at = text.index(piece, at) + len(piece)


@given(st.lists(st.from_regex(r"[a-z]{1,12}[,;]?", fullmatch=True), min_size=1, max_size=60))
def test_plain_words_are_cut_at_spaces_only(words: list[str]) -> None:
    text = " ".join(words)
    assert " ".join(clauses(text, 40)) == text
