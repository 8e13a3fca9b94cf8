/** The player of a transcript page: it takes the place of the browser's own controls. */

import { Controls } from "./controls.js";
import { follow } from "./following.js";
import { listenToKeys } from "./headset.js";
import { keepForLater } from "./offline.js";
import { part } from "./page.js";
import { setReading } from "./reading.js";
import { resume } from "./resuming.js";
import { playSentences } from "./sentences.js";
import { Sound } from "./sound.js";
import { watchEnds } from "./stopping.js";
import { Timeline } from "./timeline.js";
import { Words } from "./words.js";

const data = JSON.parse(part("data").textContent);
const audio = document.querySelector("audio");
const words = new Words(data.words, data.words_lang);
const timeline = new Timeline(data);
const sound = new Sound(audio, timeline);
const links = [...document.querySelectorAll(".chapters a")];
const controls = new Controls(
  sound,
  words,
  links.map((link) => link.textContent),
);
setReading(timeline, words);
follow(sound, links);
playSentences(sound);
resume(sound, data.page);
watchEnds(sound);
listenToKeys(sound, controls, data);
keepForLater(sound, words);
audio.controls = false;
part("recording").hidden = true;
part("player").hidden = false;
document.documentElement.classList.add("played");
if (audio.error || audio.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) controls.state("missing");
sound.tick();
