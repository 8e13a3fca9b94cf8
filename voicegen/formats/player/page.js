/** The page that a player belongs to: the whole document, or a part of another site's page, in a shadow tree. */

export class Page {
  /** `root` holds the parts; `face` is the element that bears the look; `embedded` says whose page it is. */
  constructor(root, face, embedded = false) {
    this.root = root;
    this.face = face;
    this.embedded = embedded;
  }

  part(name) {
    return this.find(`page_${name}`);
  }

  find(id) {
    return this.root.querySelector(`#${id}`);
  }

  all(selector) {
    return [...this.root.querySelectorAll(selector)];
  }

  /** The language of our own words, which is not always the page's. */
  get ourLanguage() {
    return this.part("player").lang || this.face.lang;
  }

  /** The document or shadow tree that this stands in. */
  get tree() {
    return this.root.getRootNode();
  }

  /** What is selected here; in a shadow tree, some browsers tell it only to those who ask the tree. */
  get selection() {
    return this.tree.getSelection ? this.tree.getSelection() : getSelection();
  }

  /** The text that the caret is in, or where what is selected begins; others tell it to those who name the tree. */
  get caret() {
    const { tree, selection } = this;
    if (tree === document || tree.getSelection || !selection.getComposedRanges) return selection.anchorNode;
    return selection.getComposedRanges({ shadowRoots: [tree] })[0]?.startContainer;
  }

  /** Has a screen reader say a text, an element or several of them once, as the answer to what the reader did. */
  announce(words, lang = this.ourLanguage) {
    const status = this.part("status");
    status.lang = lang;
    const before = status.textContent;
    status.replaceChildren(...[words].flat().flatMap(copied));
    if (status.textContent === before) status.append("\u00a0"); // the same words again are news too
  }
}

/** The words of an element once more, in their markup: raised digits stay raised, and links and ids stay behind. */
export function copied(words) {
  if (typeof words === "string") return [words];
  const copy = words.cloneNode(true);
  copy.querySelectorAll("a, [id]").forEach((part) => part.replaceWith(...part.childNodes));
  return [...copy.childNodes];
}

/** Calls `does` whenever one of the events, named with blanks between them, comes to `target`. */
export function when(target, events, does, options) {
  for (const event of events.split(" ")) target.addEventListener(event, does, options);
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
