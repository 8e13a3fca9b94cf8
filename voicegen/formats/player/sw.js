/* Made by voicegen. Serves this page's files from the network, and where there is none, as they were kept. */
"use strict";
const PAGE = "voicegen {page} ";
const KEPT = PAGE + "{version}";
const FILES = ["./", "page.css", "player.js", "icon.svg"];

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));
self.addEventListener("activate", (event) => event.waitUntil(dropOlder()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(self.registration.scope)) {
    event.respondWith(answer(event.request));
  }
});
self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keepSound(event.data.keep, event.source));
});

async function keepFiles() {
  const kept = await caches.open(KEPT);
  await kept.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
  await self.skipWaiting();
}

async function dropOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PAGE) && name !== KEPT);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function keepSound(address, client) {
  const kept = await caches.open(KEPT);
  if (!(await kept.match(address))) await kept.add(address);
  client.postMessage("kept");
}

async function answer(request) {
  try {
    return await fetch(request);
  } catch (trouble) {
    const kept = await caches.open(KEPT);
    const found = await kept.match(request.mode === "navigate" ? "./" : request, { ignoreVary: true });
    if (!found) throw trouble;
    return request.headers.has("range") ? part(request, found) : found;
  }
}

// Players ask for bytes from one place to another (RFC 9110, section 14); a kept answer is the whole file.
async function part(request, found) {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range"));
  if (!range) return found;
  const whole = await found.blob();
  const from = Number(range[1]);
  const to = Math.min(range[2] ? Number(range[2]) : whole.size - 1, whole.size - 1);
  if (from > to) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole.size}` } });
  const headers = new Headers(found.headers);
  headers.set("Content-Range", `bytes ${from}-${to}/${whole.size}`);
  headers.set("Content-Length", String(to - from + 1));
  return new Response(whole.slice(from, to + 1, whole.type), { status: 206, headers });
}
