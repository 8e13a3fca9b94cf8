#!/usr/bin/env python3
"""audiblez as it is, but for its voice: our engine stands in for Kokoro, and no network for its spaCy model.

with_audiblez.py BOOK OUTPUT

A page is an EPUB, and a process for each book is how its command is used.
PyTorch, of which it asks only whether there is a graphics card, is not loaded, and spaCy's rules for the ends of
sentences stand in for the model that it would download: both are cheaper than what its users have.
"""

from __future__ import annotations

import sys
from pathlib import Path

from voice import RATE_HZ, Pipeline, stand_in

stand_in("kokoro", KPipeline=Pipeline)
stand_in("torch", cuda=stand_in("torch.cuda", is_available=lambda: False))

import spacy  # noqa: E402 - after the stand-ins
from audiblez import core  # noqa: E402

core.sample_rate = RATE_HZ
core.set_espeak_library = lambda: None  # it tells Kokoro where espeak-ng is
core.load_spacy = lambda: None
spacy.load = lambda _: spacy.blank("xx")
book, output = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()  # the engine goes to its data's folder
core.main(str(book), "af_heart", pick_manually=False, speed=1.0, output_folder=str(output / book.stem))
