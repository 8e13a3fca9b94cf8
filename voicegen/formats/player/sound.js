/** The recording: the browser's own audio element, told where to go, and asked where it is. */

import { when } from "./page.js";

export class Sound {
  constructor(audio, timeline) {
    this.audio = audio;
    this.timeline = timeline;
    this.listeners = [];
    this.wanted = false; // whether the reader asked for sound that has not come yet
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

  play() {
    this.wanted = true;
    if (this.audio.error) {
      const time = this.audio.currentTime;
      this.audio.load();
      this.audio.currentTime = time;
    }
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
