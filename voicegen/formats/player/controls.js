/** The buttons, the slider and the choice of speed. */

import { copied, setText, when } from "./page.js";
import { clock } from "./words.js";

const SENTENCE_BEGUN = 1.5; // seconds into a sentence, back means its start; before that, the one before
const CHAPTER_BEGUN = 3;
const PATIENCE = 1500; // milliseconds until a recording that does not come is worth a word

export class Controls {
  constructor(page, sound, words) {
    this.page = page;
    this.sound = sound;
    this.words = words;
    this.links = page.all(".chapters a");
    this.titles = this.links.map((link) => link.textContent);
    const pressed = (name, does) => when(page.part(name), "click", does);
    pressed("play", () => sound.toggle());
    pressed("back", () => this.sentence(-1));
    pressed("on", () => this.sentence(1));
    pressed("previous", () => this.chapter(-1));
    pressed("next", () => this.chapter(1));
    this.watchSlider();
    this.watchSound();
    sound.onTime((time) => this.show(time));
  }

  sentence(step) {
    const { timeline, time, playing } = this.sound;
    const stops = timeline.shown;
    const to = step < 0 ? timeline.before(stops, time, SENTENCE_BEGUN) : timeline.after(stops, time);
    if (!to && step > 0) {
      this.page.announce(this.words.say("end"));
      return;
    }
    this.sound.seek(to ? to.start : 0);
    if (!to || playing) return; // the voice itself is the answer
    const sentence = this.page.find(to.id);
    this.page.announce(sentence, sentence.closest("[lang]").lang);
  }

  chapter(step) {
    const { timeline, time } = this.sound;
    const stops = timeline.chapters;
    const to = step < 0 ? timeline.before(stops, time, CHAPTER_BEGUN) : timeline.after(stops, time);
    const here = timeline.chapterAt(time);
    if (!to) {
      if (step < 0) this.sound.seek(0);
      this.page.announce([`${this.words.say(step < 0 ? "first" : "last")} `, this.links[here.index]]);
      return;
    }
    this.sound.seek(to.start);
    this.page.announce([`${this.number(to)} `, this.links[to.index]]);
  }

  number(chapter) {
    return this.words.say("chapter", { number: chapter.index + 1, count: this.titles.length });
  }

  watchSlider() {
    const slider = this.page.part("position");
    when(slider, "keydown", () => this.showPosition(this.sound.time));
    when(slider, "input", () => {
      this.sound.seek(Number(slider.value));
      this.showPosition(this.sound.time);
    });
  }

  watchSound() {
    const { audio } = this.sound;
    const button = this.page.part("play");
    when(audio, "play pause ended emptied", () => {
      setText(button, this.words.say(this.sound.playing ? "pause" : "play"));
      button.classList.toggle("playing", this.sound.playing);
    });
    let waiting = 0;
    when(audio, "play waiting", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const goesOn = audio.readyState > audio.HAVE_CURRENT_DATA;
        if (this.sound.playing && !goesOn && !audio.error) this.state("loading");
      }, PATIENCE);
    });
    when(audio, "playing pause", () => this.state(""));
    when(audio, "ended", () => this.page.announce(this.words.say("end")));
    when(audio, "error", () => {
      audio.pause();
      this.state("missing");
    });
  }

  /** Shows how it stands with the recording, and says it where the reader waits for it. */
  state(key) {
    if (key === "" && this.sound.audio.error) return;
    const text = key && this.words.say(key);
    setText(this.page.part("state"), text);
    if (text && this.sound.wanted) this.page.announce(text);
    this.sound.wanted = false;
  }

  show(time) {
    const page = this.page;
    const sound = this.sound;
    const chapter = sound.timeline.chapterAt(time);
    setText(page.part("now"), this.number(chapter));
    this.name(page.part("chapter"), this.links[chapter.index]);
    setText(page.part("clock"), `${clock(time)} / ${clock(Math.round(sound.timeline.length))}`);
    // A screen reader reads out every change of the slider that it is on: then only what the reader did changes it.
    const reading = page.tree.activeElement === page.part("position") && sound.playing;
    if (!reading) this.showPosition(time);
  }

  name(element, link) {
    if (element.textContent !== link.textContent) element.replaceChildren(...copied(link));
  }

  showPosition(time) {
    const slider = this.page.part("position");
    const { timeline } = this.sound;
    const text = this.words.say("position_text", {
      time: this.words.time(time),
      length: this.words.time(Math.round(timeline.length)),
      chapter: spelled(this.titles[timeline.chapterAt(time).index]),
    });
    slider.value = String(time);
    if (slider.getAttribute("aria-valuetext") !== text) slider.setAttribute("aria-valuetext", text);
  }
}

/** A title for where there is no markup: some screen readers give their voices 10⁹ as 109. */
function spelled(title) {
  return title.replace(/[⁰¹²³⁴-⁹⁻]+/g, (raised) => `^${raised.normalize("NFKC")}`);
}
