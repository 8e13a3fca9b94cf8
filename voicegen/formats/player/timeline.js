/** When what is heard, in seconds: the chapters and lines of the page's data block. */

const CLOSE = 0.02; // a browser may answer a seek with a time a little before the one that was asked for

export class Timeline {
  constructor({ length, chapters, lines }) {
    this.length = length / 1000;
    this.chapters = chapters.map(([start, id], index) => ({ start: start / 1000, id, index }));
    this.lines = lines.map(([start, id, forms]) => ({ start: start / 1000, id, forms: forms || [] }));
    this.shown = this.lines.filter((line) => line.id);
    this.byId = new Map(this.shown.map((line) => [line.id, line]));
  }

  /** The line that is heard at a time; undefined before the first. One without an id stands nowhere on the page. */
  lineAt(time) {
    return this.lines[last(this.lines, time)];
  }

  chapterAt(time) {
    return this.chapters[Math.max(0, last(this.chapters, time))];
  }

  endOf(chapter) {
    return this.chapters[chapter.index + 1]?.start ?? this.length;
  }

  /** The start of the sentence or chapter behind `time`; `within` seconds after a start, of the one before. */
  before(stops, time, within) {
    return stops[last(stops, time - within)];
  }

  after(stops, time) {
    return stops[last(stops, time) + 1];
  }
}

/** The index of the last of `stops` that has begun at a time, or -1. */
function last(stops, time) {
  let low = 0;
  let high = stops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stops[middle].start <= time + CLOSE) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
