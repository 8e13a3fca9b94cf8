/* Made by voicegen. */
// Serves this page's files from the network, and where there is none, as they were kept.
"use strict";
const PAGE = `voicegen ${registration.scope} `; // a site may have several pages of one name, in several folders
const KEPT = PAGE + "{version}";
const FILES = ["./", "{files}"];
const SOUND = "{page}.mp3";
const OTHER = "./?other"; // is kept while the page that is shown is of another version than the one that is kept
const OF_A_VERSION = /(\/|\.mp3)(#|$)/; // addresses of the page and of its recording
const DATA = /id="page_data">([^<]*)/;

let looked = Promise.resolve();

addEventListener("install", (event) => event.waitUntil(keepFiles()));
addEventListener("activate", (event) => event.waitUntil(dropOlder()));
addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(registration.scope)) {
    const answered = answer(event.request);
    event.respondWith(answered);
    event.waitUntil(answered.then(() => looked).catch(() => {}));
  }
});
addEventListener("message", (event) => event.waitUntil(tell(event.data, event.source)));

async function keepFiles() {
  const kept = await caches.open(KEPT);
  await kept.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
  await checkCurrent(kept, "./");
  await skipWaiting();
}

// While files are kept, another version may be put in their place, and its sound would not go with this text. The
// version is this script's: as long as that stands there, what came before is of it. If not, what came is let go, as is
// the page of a site that wants readers to sign in again.
async function checkCurrent(kept, came) {
  const script = await fetch("sw.js", { cache: "no-store" }).then(
    (found) => found.text(),
    () => "",
  );
  const found = await kept.match(came);
  const ours = isPage(found) ? DATA.test(await found.text()) : came === SOUND;
  if (ours && script.includes(KEPT.slice(PAGE.length))) return;
  await kept.delete(came);
  throw new Error("another version was published");
}

// Who kept an older recording has the new one, since the older one does not go with the new text.
async function dropOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PAGE) && name !== KEPT);
  const had = await Promise.all(older.map(async (name) => (await caches.open(name)).match(SOUND)));
  await Promise.all(older.map((name) => caches.delete(name)));
  await clients.claim();
  if (had.some(Boolean)) await keepSound().catch(() => {});
}

async function keepSound() {
  const kept = await caches.open(KEPT);
  if (await kept.match(SOUND)) return;
  // Whole, from the server: Firefox answers with the part that its player has loaded, and a part can't be kept.
  await kept.add(new Request(SOUND, { cache: "reload" }));
  await checkCurrent(kept, SOUND);
}

// Answers whether the recording is kept, after keeping it where that is what the page asks for; or, to a page that
// says what it has in it, whether another version has taken its place since it was opened; without a network, whether
// another window has opened and kept one.
async function tell({ keep, has }, client) {
  if (has) {
    const found = await answer(new Request("./")).catch(() => {});
    const text = await found?.text();
    if (DATA.test(text) && !text.includes(has)) client.postMessage({ state: "newer" });
    return;
  }
  try {
    if (keep) await keepSound();
    const kept = await caches.open(KEPT);
    if (await kept.match(SOUND)) client.postMessage({ state: "kept" });
  } catch {
    client.postMessage({ state: "not_kept" });
  }
}

async function answer(request) {
  const opens = request.mode === "navigate";
  try {
    const came = await fetch(asked(request, opens));
    if (opens && isPage(came)) looked = look(came.clone());
    return came;
  } catch (trouble) {
    const kept = await caches.open(KEPT);
    await looked.catch(() => {});
    if (opens) await kept.delete(OTHER);
    const found = await kept.match(opens ? "./" : request, { ignoreVary: true });
    if (!found || (OF_A_VERSION.test(request.url) && (await kept.match(OTHER)))) throw trouble;
    return request.headers.has("range") ? part(request, found) : found;
  }
}

// Browsers keep files by themselves, too, and a server that says nothing of that lets them take the sound of last month
// without a question: it is asked each time. A part of a file can't be asked for in a copy of the request itself.
function asked(request, opens) {
  const { url, headers } = request;
  return opens ? new Request(request, { cache: "no-cache" }) : new Request(url, { headers, cache: "no-cache" });
}

// Where the network fails after it has brought a newer text, and before it has brought the newer version of this
// script, the sound that is kept is an older one: it does not go with that text.
async function look(came) {
  const data = DATA.exec(await came.text());
  if (!data) return; // it is no page with a recording
  const kept = await caches.open(KEPT);
  const page = await kept.match("./");
  if (page && DATA.exec(await page.text())?.[1] === data[1]) await kept.delete(OTHER);
  else await kept.put(OTHER, new Response()).catch(() => kept.delete(SOUND)); // there may be no room
}

function isPage(came) {
  return came.ok && came.headers.get("content-type")?.includes("html");
}

// Players ask for bytes from one place to another, or for the last ones (RFC 9110, section 14); a kept answer is
// the whole file.
async function part(request, found) {
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range"));
  if (!range || range[0] === "bytes=-") return found;
  const whole = await found.blob();
  const { size, type } = whole;
  const first = range[1] ? Number(range[1]) : Math.max(0, size - Number(range[2]));
  const to = range[1] && range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
  if (first > to) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${size}` } });
  const headers = new Headers(found.headers);
  headers.set("Content-Range", `bytes ${first}-${to}/${size}`);
  headers.set("Content-Length", String(to - first + 1));
  return new Response(whole.slice(first, to + 1, type), { status: 206, headers });
}
