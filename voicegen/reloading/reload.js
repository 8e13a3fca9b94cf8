/* The preview's own: loads the page again when it was built anew, and goes on at the same sentence. */
"use strict";
(() => {
  const PLACE = "voicegen preview place";
  const lines = () => [...document.querySelectorAll("main .line[id]")];

  /** The sentence that is heard, or was chosen, or is the first in sight. */
  function current() {
    const chosen = getSelection().anchorNode;
    const element = chosen?.nodeType === Node.TEXT_NODE ? chosen.parentElement : chosen;
    return (
      document.querySelector(".line.heard") ||
      element?.closest?.(".line[id]") ||
      lines().find((line) => line.getBoundingClientRect().bottom > 0)
    );
  }

  function keep() {
    const line = current();
    const place = { page: location.pathname, top: scrollY, focus: document.activeElement?.id || "" };
    if (line) {
      place.ids = lines().map((one) => one.id);
      place.at = place.ids.indexOf(line.id);
      place.offset = line.getBoundingClientRect().top;
      place.heard = line.classList.contains("heard");
    }
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  }

  /** The same sentence, or, where it was reworded and has another id, the one that now stands there. */
  function again({ ids, at }) {
    const same = document.getElementById(ids[at]);
    if (same) return same;
    const now = lines();
    for (let before = at - 1; before >= 0; before -= 1) {
      const index = now.findIndex((line) => line.id === ids[before]);
      if (index >= 0) return now[index + 1] || now[index];
    }
    return now[0];
  }

  function restore() {
    const kept = sessionStorage.getItem(PLACE);
    sessionStorage.removeItem(PLACE);
    const place = kept && JSON.parse(kept);
    if (!place || place.page !== location.pathname) return;
    if (place.focus) document.getElementById(place.focus)?.focus({ preventScroll: true });
    const line = place.ids && again(place);
    if (!line) {
      scrollTo(0, place.top);
      return;
    }
    scrollBy({ top: line.getBoundingClientRect().top - place.offset, behavior: "instant" });
    if (!place.focus) getSelection().collapse(line.firstChild || line, 0);
    if (place.heard) listenFrom(line);
  }

  /** Puts the recording at the sentence; the reader starts it, as browsers let no page start by itself. */
  function listenFrom(line) {
    const audio = document.querySelector("audio");
    const start = startOf(line.id);
    if (audio && start !== undefined) audio.currentTime = start / 1000;
  }

  /** When a sentence begins, in milliseconds; formats/player/timeline.js reads the same data. */
  function startOf(id) {
    const data = document.getElementById("page_data");
    const ids = lines().map((line) => line.id);
    let next = 0;
    for (const entry of data ? JSON.parse(data.textContent).lines : []) {
      const [at, , name] = [entry].flat(1);
      if (at < 0) continue; // it is heard, but stands nowhere on the page
      if (name) next = ids.indexOf(name);
      if (ids[next++] === id) return at;
    }
    return undefined;
  }

  history.scrollRestoration = "manual";
  const ready = () => requestAnimationFrame(restore);
  if (document.readyState === "complete") ready();
  else addEventListener("load", ready);
  const worker = new Worker("/.voicegen/look.js");
  worker.onmessage = () => {
    keep();
    document.querySelector("audio")?.pause();
    location.reload();
  };
  worker.postMessage(new URL("manifest.json", location.href).href);
})();
