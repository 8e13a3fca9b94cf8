/** What happens at the end of a chapter or of a time: hearing it again, or stopping by itself. */

import { when } from "./page.js";

const AT_CHAPTER = "chapter";

export function watchEnds(page, sound) {
  const timer = page.part("sleep");
  let alarm = 0;
  let chapter = sound.timeline.chapterAt(sound.time);
  const sleep = () => {
    sound.pause();
    timer.value = "";
  };
  when(timer, "change", () => {
    clearTimeout(alarm);
    const minutes = Number(timer.value);
    if (minutes) alarm = setTimeout(sleep, minutes * 60_000);
  });
  sound.onTime((time) => {
    const now = sound.timeline.chapterAt(time);
    const ranOn = sound.playing && !sound.audio.seeking && now.index === chapter.index + 1;
    const left = chapter;
    chapter = now;
    if (ranOn && timer.value === AT_CHAPTER) sleep();
    else if (ranOn && page.part("repeat").checked) sound.seek(left.start);
  });
  when(sound.audio, "ended", () => {
    if (timer.value === AT_CHAPTER) timer.value = "";
    else if (page.part("repeat").checked) sound.playFrom(sound.timeline.chapters.at(-1).start);
  });
}
