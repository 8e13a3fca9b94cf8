/** Keeps the page for reading without a network, and its recording once it was listened to; or forgets it all. */

import { forgetAll } from "./memory.js";
import { announce, ourLanguage, part, when } from "./page.js";

export function keepForLater(sound, words) {
  const workers = serviceWorkers();
  when(part("forget"), "click", async () => {
    forgetAll();
    if (workers) await forgetFiles(workers);
    part("kept").hidden = true;
    announce(words.say("forgotten"), ourLanguage());
  });
  if (!workers) return;
  when(workers, "message", ({ data }) => {
    if (data === "kept") part("kept").hidden = false;
  });
  workers.register("sw.js").catch(() => {}); // without it the page only needs the network
  const keep = async () => {
    if (navigator.connection?.saveData) return;
    const { active } = await workers.ready;
    active.postMessage({ keep: sound.audio.currentSrc });
  };
  when(sound.audio, "playing", keep, { once: true });
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
