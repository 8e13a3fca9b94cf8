/** Shows in the text what is heard: never by moving the focus, never as something to be announced. */

import { when } from "./page.js";

export function follow(page, sound) {
  const links = page.all(".chapters a");
  let line;
  let chapter;
  let begun = false;
  when(sound.audio, "play", () => {
    begun = true;
  });
  sound.onTime((time) => {
    const heard = begun && !sound.audio.ended ? sound.timeline.lineAt(time) : undefined;
    if (heard !== line) {
      if (line?.id) page.find(line.id).classList.remove("heard");
      line = heard;
      if (line?.id) mark(page.find(line.id), sound.playing && page.part("follow").checked);
    }
    const current = sound.timeline.chapterAt(time);
    if (current !== chapter) {
      links[chapter?.index]?.removeAttribute("aria-current");
      chapter = current;
      links[chapter.index]?.setAttribute("aria-current", "true");
    }
  });
}

function mark(element, inSight) {
  element.classList.add("heard");
  if (!inSight) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
