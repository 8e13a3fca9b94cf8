/** A page's player, set going: it takes the place of the browser's own controls. */

import { Controls } from "./controls.js";
import { follow } from "./following.js";
import { listenToKeys } from "./headset.js";
import { keepForLater } from "./offline.js";
import { setReading } from "./reading.js";
import { resume } from "./resuming.js";
import { playSentences } from "./sentences.js";
import { Sound } from "./sound.js";
import { watchEnds } from "./stopping.js";
import { Timeline } from "./timeline.js";
import { Words } from "./words.js";

/** Starts the player of `page` with what its data block says; gives the sound. */
export function start(page, data) {
  const audio = page.root.querySelector("audio");
  const words = new Words(data.words, data.words_lang);
  const lines = page.all(".line").map((line) => line.id);
  const sound = new Sound(audio, new Timeline(data, lines));
  const controls = new Controls(page, sound, words);
  setReading(page, sound.timeline, words);
  follow(page, sound);
  playSentences(page, sound);
  resume(page, sound, data.page);
  watchEnds(page, sound);
  listenToKeys(sound, controls, data);
  keepForLater(page, sound, words);
  audio.controls = false;
  page.part("recording").hidden = true;
  page.part("player").hidden = false;
  page.face.classList.add("played");
  if (audio.error) controls.state("missing");
  sound.tick();
  return sound;
}
