/** The player of a transcript page. */

import { Page } from "./page.js";
import { start } from "./starting.js";

const page = new Page(document, document.documentElement);
start(page, JSON.parse(page.part("data").textContent));
