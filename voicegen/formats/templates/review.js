/** Links to sounds become buttons that play and stop in place; forms say that they are at work. */

const { working, stop, unplayable, playing } = document.body.dataset;
const status = document.getElementById("status");
const audio = new Audio();
let sounding;
let label;
let words = [];

for (const link of document.querySelectorAll("a[data-sound]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...link.childNodes);
  button.dataset.sound = link.href;
  link.replaceWith(button);
  button.addEventListener("click", () => (sounding === button ? silence() : play(button)));
}

function play(button) {
  silence();
  sounding = button;
  label = button.querySelector(".label");
  words = [...label.childNodes];
  label.replaceChildren(stop);
  status.textContent = playing;
  audio.src = button.dataset.sound;
  audio.play().catch((error) => {
    if (error.name === "AbortError") return;
    silence();
    status.textContent = unplayable;
  });
}

function silence() {
  audio.pause();
  status.textContent = "";
  label?.replaceChildren(...words);
  label = undefined;
  sounding = undefined;
}

audio.addEventListener("ended", silence);

for (const form of document.forms) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault(); // a second press must not do it twice
    form.dataset.sent = "yes";
    silence();
    status.textContent = working;
  });
}

addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent; // the reader came back to the page
});

if (location.hash === "#message") document.getElementById("message")?.focus();
