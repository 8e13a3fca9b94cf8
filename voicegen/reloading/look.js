/* A worker of the preview: says when what stands beside the page was published anew. */
"use strict";
const EVERY = 500; // milliseconds
let known;

async function look(manifest) {
  try {
    const answer = await fetch(manifest, { method: "HEAD", cache: "no-store" });
    const tag = answer.ok ? answer.headers.get("etag") : undefined;
    if (tag && known && tag !== known) self.postMessage("changed");
    known = tag || known;
  } catch {
    // the preview has ended, or a page is being put in place just now: look again
  }
  setTimeout(look, EVERY, manifest);
}

self.onmessage = ({ data }) => look(data);
