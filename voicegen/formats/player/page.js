/** The parts of the page that are ours to change, by their ids, and the one place where we speak up. */

export function part(name) {
  return document.getElementById(`page_${name}`);
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
