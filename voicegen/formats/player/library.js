/** Finds pages in the list and puts them in order, on this machine: nothing that is typed goes anywhere. */

import { setText, when } from "./page.js";

const part = (name) => document.getElementById(`page_${name}`);
const list = document.querySelector(".pages");
const pages = [...list.children].map((element) => ({
  element,
  text: folded(`${element.textContent} ${element.dataset.find}`),
}));
const find = part("find");
const language = part("language");
const order = part("order");
const status = part("status");
const PAUSE = 700; // milliseconds: what is said while keys are pressed is cut off, and the count with it
let telling;

/** Letters without case and accents, as readers type them. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function show() {
  const wanted = folded(find.value).split(/\s+/);
  let count = 0;
  for (const { element, text } of pages) {
    const spoken = !language?.value || element.dataset.language === language.value;
    element.hidden = !spoken || !wanted.every((word) => text.includes(word));
    if (!element.hidden) count += 1;
  }
  const { none, some } = status.dataset;
  const found = count ? some.replace("{count}", count).replace("{all}", pages.length) : none;
  clearTimeout(telling);
  telling = setTimeout(setText, PAUSE, status, found);
}

/** Latest first; pages that name no day come last, and the order by title is kept among equals. */
function sort() {
  const day = ({ element }) => (order.value && element.dataset[order.value]) || "";
  const sorted = [...pages].sort((one, other) => (day(other) > day(one)) - (day(other) < day(one)));
  list.append(...sorted.map(({ element }) => element));
}

when(find, "input", show);
if (language) when(language, "change", show);
when(order, "change", sort);
part("search").hidden = false;
