/** Goes on where the reader stopped: by the sentence's id, which survives edits elsewhere on the page. */

import { when } from "./page.js";
import { recall, remember } from "./memory.js";

const EVERY = 5; // seconds of listening between two notes of the place

export function resume(page, sound, id) {
  const name = `page ${id}`;
  const known = recall(name);
  const line = sound.timeline.byId.get(known.line);
  if (line) sound.seek(line.start);
  const speed = page.part("speed");
  if ([...speed.options].some((option) => option.value === known.speed)) speed.value = known.speed;
  sound.setSpeed(Number(speed.value));
  when(speed, "change", () => {
    sound.setSpeed(Number(speed.value));
    remember(name, { speed: speed.value });
  });
  let noted = -EVERY;
  const note = () => {
    noted = sound.time;
    const here = sound.audio.ended ? undefined : sound.timeline.placeAt(noted);
    remember(name, { line: here?.id });
  };
  sound.onTime((time) => {
    if (sound.playing && Math.abs(time - noted) >= EVERY) note();
  });
  when(sound.audio, "pause seeked ended", note);
}
