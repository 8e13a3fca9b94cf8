/** From a place in the text to its sound: a sentence is clicked, or the caret or focus is on it. */

import { part, when } from "./page.js";

const STILL = 8; // pixels that a finger may move between down and up; more is scrolling or selecting
const CONTROLS = "a, button, summary, input, select, label";

export function playSentences(sound) {
  const main = document.querySelector("main");
  watchPointer(main, sound);
  let place = null;
  when(document, "selectionchange", () => {
    const found = lineAround(getSelection().anchorNode);
    if (found) place = found;
  });
  when(main, "focusin", (event) => {
    if (event.target.matches("[tabindex='-1']")) place = event.target.querySelector(".line") || place;
  });
  when(part("here"), "click", () => playLine(sound, place || firstInSight()));
  when(document, "keydown", (event) => {
    const free = event.target === document.body || event.target.matches("main [tabindex='-1']");
    if (event.key !== "Enter" || !free || event.defaultPrevented || modified(event)) return;
    if (place) playLine(sound, place);
  });
  document.querySelectorAll(".play a").forEach((link) => playChapter(link, sound));
}

// Screen readers call everything "clickable" that listens for clicks, but not what listens for pointers.
function watchPointer(main, sound) {
  let down = null;
  when(main, "pointerdown", (event) => {
    down = event;
  });
  when(main, "pointerup", (event) => {
    const line = lineAround(event.target);
    const still = down && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < STILL;
    if (!line || !still || event.button !== 0 || modified(event)) return;
    if (!part("click").checked || event.target.closest(CONTROLS) || !getSelection().isCollapsed) return;
    playLine(sound, line);
  });
}

function modified(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
}

function lineAround(node) {
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return element?.closest?.(".line") ?? null;
}

function firstInSight() {
  return [...document.querySelectorAll(".line")].find((line) => line.getBoundingClientRect().top >= 0);
}

function playLine(sound, element) {
  const line = element && sound.timeline.byId.get(element.id);
  if (line) sound.playFrom(line.start);
}

/** A chapter's link to the sound file becomes a button that plays it here. */
function playChapter(link, sound) {
  const start = Number(link.hash.replace("#t=", ""));
  const button = document.createElement("button");
  button.type = "button";
  button.append(...link.childNodes);
  when(button, "click", () => sound.playFrom(start));
  link.replaceWith(button);
}
