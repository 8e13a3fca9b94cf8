/** When what is heard, in seconds: the chapters and lines of the page's data block. */

const CLOSE = 0.02; // a browser may answer a seek with a time a little before the one that was asked for

export class Timeline {
  /** `ids` are those of the sentences on the page, in its order, which the data repeats only where its own differs. */
  constructor({ length, chapters, lines }, ids) {
    this.length = length / 1000;
    this.chapters = chapters.map((start, index) => ({ start: start / 1000, index }));
    let next = 0;
    this.lines = lines.map((entry) => {
      const [at, forms = [], id] = [entry].flat(1);
      if (at < 0) return { start: ~at / 1000, id: "", forms }; // it is heard, but stands nowhere on the page
      if (id) next = ids.indexOf(id);
      return { start: at / 1000, id: ids[next++], forms };
    });
    this.shown = this.lines.filter((line) => line.id);
    this.byId = new Map(this.shown.map((line) => [line.id, line]));
  }

  /** The line that is heard at a time; undefined before the first. One without an id stands nowhere on the page. */
  lineAt(time) {
    return this.lines[last(this.lines, time)];
  }

  /** The sentence to go on with: in the silence before a chapter's first one, that one. */
  placeAt(time) {
    const here = last(this.shown, time);
    return this.shown[here]?.start < this.chapterAt(time).start ? this.shown[here + 1] : this.shown[here];
  }

  chapterAt(time) {
    return this.chapters[Math.max(0, last(this.chapters, time))];
  }

  endOf(chapter) {
    return this.chapters[chapter.index + 1]?.start ?? this.length;
  }

  /** Where back leads: to the start of what is heard, or before `within` seconds of it, to what stands before it. */
  before(stops, time, within) {
    const here = last(stops, time);
    return stops[here]?.start < time - within ? stops[here] : stops[here - 1];
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
