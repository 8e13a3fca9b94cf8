#!/usr/bin/env python3
"""abogen as it is, but for its voice: our engine stands in for Kokoro. MP3, subtitles and EPUB 3.

with_abogen.py BOOKS OUTPUT

A page is an EPUB; all are made in one process, one job after the other, as its web server does. Every chapter is
asked for, as its web form lets one do: left alone, it leaves short chapters out. It is not asked to speak by
sentences or by paragraphs, which this version answers by leaving out what follows each heading.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from voice import RATE_HZ, Pipeline, stand_in

stand_in("kokoro", KPipeline=Pipeline)

from abogen.text_extractor import extract_from_path  # noqa: E402 - after the stand-in
from abogen.webui import conversion_runner as runner  # noqa: E402
from abogen.webui.service import Job  # noqa: E402

runner.SAMPLE_RATE = RATE_HZ
runner.ensure_voice_assets = lambda *_, **__: ([], {})  # it fetches Kokoro's voices
books, output = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
for book in sorted(books.glob("*.epub")):
    found = extract_from_path(book).chapters
    chapters = [
        {"id": f"{at:04}", "index": at, "title": chapter.title, "text": chapter.text, "enabled": True}
        for at, chapter in enumerate(found)
    ]
    job = Job(
        id=book.stem,
        original_filename=book.name,
        stored_path=book,
        language="a",
        voice="af_heart",
        speed=1.0,
        use_gpu=False,
        subtitle_mode="Sentence",
        subtitle_format="srt",
        output_format="mp3",
        save_mode="Choose output folder",
        output_folder=output / book.stem,
        replace_single_newlines=False,
        created_at=time.time(),
        chapters=chapters,
        generate_epub3=True,
    )
    runner.run_conversion_job(job)
    if job.error:
        sys.exit(f"{book.name}: {job.error}")
