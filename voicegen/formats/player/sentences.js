/** From a place in the text to its sound: a sentence is clicked, or the caret or focus is on it. */

import { when } from "./page.js";

const STILL = 8; // pixels that a finger may move between down and up; more is scrolling or selecting
const CONTROLS = "a, button, summary, input, select, label";

export function playSentences(page, sound) {
  const main = page.root.querySelector("main, .main");
  watchPointer(page, main, sound);
  let place = null;
  when(document, "selectionchange", () => {
    const found = lineAround(page.caret, main);
    if (found) place = found;
  });
  when(main, "focusin", (event) => {
    if (event.target.matches("[tabindex='-1']")) place = event.target.querySelector(".line") || place;
  });
  when(page.part("here"), "click", () => playLine(sound, place || firstInSight(page)));
  when(page.root, "keydown", (event) => {
    const free = event.target === document.body || event.target.matches("[tabindex='-1']");
    if (event.key !== "Enter" || !free || event.defaultPrevented || modified(event)) return;
    if (place) playLine(sound, place);
  });
  page.all(".play a").forEach((link) => playChapter(link, sound));
}

// Screen readers call everything "clickable" that listens for clicks, but not what listens for pointers.
function watchPointer(page, main, sound) {
  let down = null;
  when(main, "pointerdown", (event) => {
    down = event;
  });
  when(main, "pointerup", (event) => {
    const line = lineAround(event.target, main);
    const still = down && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < STILL;
    if (!line || !still || event.button !== 0 || modified(event)) return;
    if (!page.part("click").checked || event.target.closest(CONTROLS) || !page.selection.isCollapsed) return;
    playLine(sound, line);
  });
}

function modified(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
}

function lineAround(node, main) {
  const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return main.contains(element) ? element.closest(".line") : null;
}

function firstInSight(page) {
  return page.all(".line").find((line) => line.getBoundingClientRect().top >= 0);
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
