/** <voicegen-page src="asthma/">: a page of ours with its player, inside a page of the clinic's own site. */

import { Page, when } from "./page.js";
import { start } from "./starting.js";

const NAME = "voicegen-page";
const STYLE = "{style}";
const DEEPEST = 6;
const sounds = new Set();
let sheet;

class VoicegenPage extends HTMLElement {
  static get observedAttributes() {
    return ["src"];
  }

  connectedCallback() {
    this.fill();
  }

  attributeChangedCallback(_, before) {
    if (before !== null && this.isConnected) this.fill();
  }

  disconnectedCallback() {
    this.sound?.pause();
  }

  /** What stands inside the element, a link to the page, is seen until the page itself is there. */
  async fill() {
    const wanted = this.getAttribute("src");
    const shadow = this.shadowRoot || this.attachShadow({ mode: "open" });
    this.sound?.pause();
    shadow.replaceChildren(document.createElement("slot"));
    try {
      const answer = await fetch(new URL(wanted, document.baseURI));
      const source = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (this.getAttribute("src") !== wanted) return;
      if (!answer.ok || source.querySelector("[name=generator]")?.content !== "voicegen") throw new Error(answer.status);
      this.show(shadow, source, answer.url);
    } catch (trouble) {
      console.warn(`${NAME}: ${wanted} can't be shown here, so its link is.`, trouble);
    }
  }

  show(shadow, source, address) {
    const data = JSON.parse(source.getElementById("page_data").textContent);
    sheet ??= new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    const face = framed(source, address);
    const look = this.getAttribute("look");
    if (look) face.dataset.look = look;
    const level = Number(this.getAttribute("level")) || 2;
    face.querySelectorAll("h1, h2, h3, h4, h5, h6").forEach((heading) => {
      heading.setAttribute("aria-level", Math.min(Number(heading.localName[1]) + level - 1, DEEPEST));
    });
    shadow.replaceChildren(face);
    face.style.setProperty("--medium", usualSize(shadow));
    leadInside(shadow);
    const sound = start(new Page(face, face, true), data);
    sounds.add((this.sound = sound));
    when(sound.audio, "play", () => sounds.forEach((other) => other !== sound && other.pause()));
  }
}

/** The parts of the page that another page can hold, with addresses that are right there, and names of its own. */
function framed(source, address) {
  const [face, body, main, about] = ["root", "body", "main", "about"].map((name) => {
    const element = document.createElement("div");
    element.className = name;
    return element;
  });
  const { lang, dir } = source.documentElement;
  Object.assign(face, { lang, dir });
  about.append(...source.querySelector(".about").childNodes);
  main.append(...source.querySelectorAll(".opening, .side, .transcript, .more"), about);
  body.append(main, source.getElementById("page_status"));
  face.append(body);
  for (const name of ["href", "src"]) {
    main.querySelectorAll(`[${name}]:not([${name}^="#"])`).forEach((element) => {
      element.setAttribute(name, new URL(element.getAttribute(name), address));
    });
  }
  main.querySelectorAll("track").forEach((track) => track.remove()); // it is for players without our script
  const title = main.querySelector("h1").id;
  main.querySelectorAll(".side > [aria-labelledby]").forEach((part) => {
    part.setAttribute("aria-labelledby", `${part.getAttribute("aria-labelledby")} ${title}`);
  });
  return face;
}

/** The size of letters that the reader has set in the browser, whatever the page around has made of it. */
function usualSize(shadow) {
  const probe = document.createElement("span");
  probe.style.font = "medium sans-serif"; // in "monospace", medium means less
  shadow.append(probe);
  const size = getComputedStyle(probe).fontSize;
  probe.remove();
  return size;
}

/** Links to a place in the page lead there; by themselves they would look for it in the page around. */
function leadInside(shadow) {
  shadow.querySelectorAll('a[href^="#"]').forEach((link) => {
    when(link, "click", (event) => {
      event.preventDefault();
      shadow.getElementById(decodeURIComponent(link.hash.slice(1)))?.focus();
    });
  });
}

if (!customElements.get(NAME)) customElements.define(NAME, VoicegenPage);
