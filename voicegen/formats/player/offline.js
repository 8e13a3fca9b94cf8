/** Keeps the page for reading without a network, and its recording once it was listened to; or forgets it all. */

import { forgetAll } from "./memory.js";
import { announce, part } from "./page.js";

export function keepForLater(sound, words) {
  const workers = serviceWorkers();
  part("forget").addEventListener("click", async () => {
    forgetAll();
    if (workers) await forgetFiles(workers);
    part("kept").hidden = true;
    announce(words.say("forgotten"), part("player").lang || document.documentElement.lang);
  });
  if (!workers) return;
  workers.addEventListener("message", ({ data }) => {
    if (data === "kept") part("kept").hidden = false;
  });
  workers.register("sw.js").catch(() => {}); // without it the page only needs the network
  const keep = async () => {
    if (navigator.connection?.saveData) return;
    const { active } = await workers.ready;
    active.postMessage({ keep: sound.audio.currentSrc });
  };
  sound.audio.addEventListener("playing", keep, { once: true });
}

function serviceWorkers() {
  try {
    return location.protocol.startsWith("http") && window.isSecureContext ? navigator.serviceWorker : undefined;
  } catch {
    return undefined; // refused together with storage
  }
}

async function forgetFiles(workers) {
  const registration = await workers.getRegistration();
  await registration?.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("voicegen ")).map((name) => caches.delete(name)));
}
