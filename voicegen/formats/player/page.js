/** The parts of the page that are ours to change, by their ids, and the one place where we speak up. */

export function part(name) {
  return document.getElementById(`page_${name}`);
}

/** Calls `does` whenever one of the events, named with blanks between them, comes to `target`. */
export function when(target, events, does, options) {
  for (const event of events.split(" ")) target.addEventListener(event, does, options);
}

/** The language of our own words, which is not always the page's. */
export function ourLanguage() {
  return part("player").lang || document.documentElement.lang;
}

/** Has a screen reader say something once, as the answer to something that the reader did. */
export function announce(text, lang) {
  const status = part("status");
  status.lang = lang;
  status.textContent = status.textContent === text ? `${text}\u00a0` : text; // the same words again are news too
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
