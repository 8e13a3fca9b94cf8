/** Shows in the text what is heard: never by moving the focus, never as something to be announced. */

import { part, when } from "./page.js";

export function follow(sound, links) {
  let line;
  let chapter;
  let begun = false;
  when(sound.audio, "play", () => {
    begun = true;
  });
  sound.onTime((time) => {
    const heard = begun && !sound.audio.ended ? sound.timeline.lineAt(time) : undefined;
    if (heard !== line) {
      if (line?.id) document.getElementById(line.id).classList.remove("heard");
      line = heard;
      if (line?.id) mark(document.getElementById(line.id), sound.playing);
    }
    const current = sound.timeline.chapterAt(time);
    if (current !== chapter) {
      links[chapter?.index]?.removeAttribute("aria-current");
      chapter = current;
      links[chapter.index]?.setAttribute("aria-current", "true");
    }
  });
}

function mark(element, playing) {
  element.classList.add("heard");
  if (!playing || !part("follow").checked) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
