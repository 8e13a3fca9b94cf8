/** How the page looks to this reader: nothing is changed until the reader chooses, and the system's own choices hold. */

import { ourLanguage, part, when } from "./page.js";
import { recall, remember } from "./memory.js";

const LOOKS = ["size", "spacing", "look"];
const SWITCHES = ["follow", "click", "forms"];
const READING = "reading";

export function setReading(timeline, words) {
  const known = recall(READING);
  for (const name of LOOKS) {
    const choice = part(name);
    if ([...choice.options].some((option) => option.value === known[name])) choice.value = known[name];
    const apply = () => {
      if (choice.value) document.documentElement.dataset[name] = choice.value;
      else delete document.documentElement.dataset[name];
    };
    when(choice, "change", () => {
      apply();
      remember(READING, { [name]: choice.value });
    });
    apply();
  }
  for (const name of SWITCHES) {
    const box = part(name);
    box.checked = typeof known[name] === "boolean" ? known[name] : box.defaultChecked;
    when(box, "change", () => remember(READING, { [name]: box.checked }));
  }
  const forms = part("forms");
  when(forms, "change", () => showForms(timeline, words, forms.checked));
  if (forms.checked) showForms(timeline, words, true);
}

/** Puts behind each sentence what is said in it otherwise than written, or takes that away. */
function showForms(timeline, words, shown) {
  document.querySelectorAll("main .form").forEach((form) => form.remove());
  if (!shown) return;
  for (const line of timeline.shown) {
    const notes = line.forms.map(([written, said]) => note(words, written, said));
    document.getElementById(line.id).after(...notes);
  }
}

function note(words, written, said) {
  const element = document.createElement("span");
  element.className = "form";
  const ours = document.createElement("span");
  ours.lang = ourLanguage();
  ours.textContent = words.say("said_as");
  element.append(" [", isolated(written), " ", ours, " ", isolated(said), "]");
  return element;
}

function isolated(text) {
  const element = document.createElement("bdi");
  element.textContent = text;
  return element;
}
