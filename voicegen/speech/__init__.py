"""How what is written is said: the rules of medical speech, the ends of sentences, and our own frame words."""

from voicegen.speech.assembly import Spoken, said
from voicegen.speech.explained_names import at_first_use, explained, first_time
from voicegen.speech.frames import Frames, frames
from voicegen.speech.lexicon_entries import NO_LEXICON, Entry, Lexicon
from voicegen.speech.page_words import NOTHING_DEFINED, PageWords, page_words
from voicegen.speech.rulebook import RULES, spoken
from voicegen.speech.sentence_ends import sentences

__all__ = [
    "NOTHING_DEFINED",
    "NO_LEXICON",
    "RULES",
    "Entry",
    "Frames",
    "Lexicon",
    "PageWords",
    "Spoken",
    "at_first_use",
    "explained",
    "first_time",
    "frames",
    "page_words",
    "said",
    "sentences",
    "spoken",
]
