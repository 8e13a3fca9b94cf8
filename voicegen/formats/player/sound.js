/** The recording: the browser's own audio element, told where to go, and asked where it is. */

import { when } from "./page.js";

export class Sound {
  constructor(audio, timeline) {
    this.audio = audio;
    this.timeline = timeline;
    this.listeners = [];
    this.wanted = false; // whether the reader asked for sound that has not come yet
    this.going = false; // whether it was set going; where it fails, some browsers pause it before they say so
    this.loads = 0;
    this.renewed = NaN; // where it was begun anew the last time
    when(audio, "play pause", ({ type }) => {
      this.going = type === "play";
    });
    when(audio, "error", (event) => this.renew(event));
    for (const name of ["preservesPitch", "webkitPreservesPitch", "mozPreservesPitch"]) {
      if (name in audio) audio[name] = true;
    }
    when(audio, "timeupdate seeking seeked pause ended", () => this.tick());
    when(audio, "playing", () => {
      this.wanted = false;
      this.run();
    });
  }

  get time() {
    return Math.min(this.audio.currentTime, this.timeline.length);
  }

  get playing() {
    return !this.audio.paused && !this.audio.ended;
  }

  /** Calls `listener(time)` whenever the time may have changed: with every frame while it plays. */
  onTime(listener) {
    this.listeners.push(listener);
  }

  tick() {
    for (const listener of this.listeners) listener(this.time);
  }

  run() {
    this.tick();
    if (this.playing) requestAnimationFrame(() => this.run());
  }

  /**
   * Begins anew at the same place, where the recording had come and does not go on: browsers read none on from what
   * is kept that began from the network, or the other way round. If that is of no use, the error stands.
   */
  renew(event) {
    const { audio } = this;
    const time = audio.currentTime;
    if (audio.readyState === audio.HAVE_NOTHING || Math.abs(time - this.renewed) < 1) return;
    event.stopImmediatePropagation();
    this.renewed = time;
    if (this.going) this.play();
    else this.load();
  }

  /** Under an address of its own, as browsers would take what they have of the same address. */
  load() {
    const { audio } = this;
    const time = audio.currentTime;
    audio.src = `${audio.src.split("#")[0]}#${++this.loads}`;
    audio.currentTime = time;
  }

  play() {
    this.wanted = true;
    if (this.audio.error) this.load();
    this.audio.play().catch(() => {}); // why it can't is told by the element's own events
  }

  pause() {
    this.wanted = false;
    this.audio.pause();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  seek(time) {
    this.audio.currentTime = Math.max(0, Math.min(time, this.timeline.length));
    this.tick();
  }

  playFrom(time) {
    this.seek(time);
    this.play();
  }

  setSpeed(speed) {
    this.audio.defaultPlaybackRate = speed; // it is what loading again goes back to
    this.audio.playbackRate = speed;
  }
}
