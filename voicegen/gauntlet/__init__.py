"""The gauntlet: sentences of clinical text with the speech that is expected, and who says them rightly."""

from voicegen.gauntlet.corpus import Sentence, read
from voicegen.gauntlet.preparations import ours, program
from voicegen.gauntlet.scores import Answer, Score, score
from voicegen.gauntlet.verdicts import Verdict, judged

__all__ = ["Answer", "Score", "Sentence", "Verdict", "judged", "ours", "program", "read", "score"]
