/** How the page looks to this reader: nothing is changed until the reader chooses, and the system's own choices hold. */

import { copied, when } from "./page.js";
import { recall, remember } from "./memory.js";

const LOOKS = ["size", "spacing", "look"];
const SWITCHES = ["follow", "click", "forms"];
const READING = "reading";

export function setReading(page, timeline, words) {
  const known = recall(READING);
  for (const name of LOOKS) {
    const choice = page.part(name);
    if ([...choice.options].some((option) => option.value === known[name])) choice.value = known[name];
    const usual = page.face.dataset[name];
    const apply = () => {
      const value = choice.value || usual;
      if (value) page.face.dataset[name] = value;
      else delete page.face.dataset[name];
    };
    when(choice, "change", () => {
      apply();
      remember(READING, { [name]: choice.value });
    });
    apply();
  }
  for (const name of SWITCHES) {
    const box = page.part(name);
    box.checked = typeof known[name] === "boolean" ? known[name] : box.defaultChecked;
    when(box, "change", () => remember(READING, { [name]: box.checked }));
  }
  const forms = page.part("forms");
  when(forms, "change", () => showForms(page, timeline, words, forms.checked));
  if (forms.checked) showForms(page, timeline, words, true);
}

/** Puts behind each sentence what is said in it otherwise than written, or takes that away. */
function showForms(page, timeline, words, shown) {
  page.all(".form").forEach((form) => form.remove());
  if (!shown) return;
  const rows = page.all(".said tbody tr");
  for (const line of timeline.shown) {
    const notes = line.forms.map((row) => note(page, words, ...rows[row].cells));
    page.find(line.id).after(...notes);
  }
}

function note(page, words, written, said) {
  const element = document.createElement("span");
  element.className = "form";
  const ours = document.createElement("span");
  ours.lang = page.ourLanguage;
  ours.textContent = words.say("said_as");
  element.append(" [", isolated(written), " ", ours, " ", isolated(said), "]");
  return element;
}

function isolated(cell) {
  const element = document.createElement("bdi");
  element.append(...copied(cell));
  return element;
}
