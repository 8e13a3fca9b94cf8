/** Keeps the page for reading without a network, and its recording once it was listened to or asked for. */

import { forgetAll } from "./memory.js";
import { setText, when } from "./page.js";

export function keepForLater(page, sound, words) {
  const workers = page.embedded ? undefined : serviceWorkers();
  const [asking, button, kept] = ["keeping", "keep", "kept"].map((name) => page.part(name));
  const tell = (text) => {
    setText(kept, text);
    kept.hidden = !text;
  };
  when(page.part("forget"), "click", async () => {
    forgetAll();
    if (workers) await forgetFiles(workers);
    tell("");
    button.hidden = false;
    page.announce(words.say("forgotten"));
  });
  if (!workers) return;
  let asked = false;
  const send = async (facts) => (await working(workers)).postMessage(facts);
  when(workers, "message", ({ data: { state } }) => {
    const text = words.say(state);
    button.hidden = state === "kept";
    tell(text);
    if (asked) page.announce(text);
    asked = false;
  });
  send({}).then(
    () => {
      asking.hidden = false;
    },
    () => {}, // without it the page only needs the network
  );
  when(button, "click", () => {
    asked = true;
    tell(words.say("keeping"));
    page.announce(words.say("keeping"));
    send({ keep: true });
  });
  const keep = () => {
    if (!navigator.connection?.saveData) send({ keep: true });
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

/** The worker of this page, once it works; one that was sent away comes again. */
async function working(workers) {
  const { active, waiting, installing } = await workers.register("sw.js");
  const worker = active || waiting || installing;
  while (worker.state !== "activated") await new Promise((done) => when(worker, "statechange", done, { once: true }));
  return worker;
}

async function forgetFiles(workers) {
  const registration = await workers.getRegistration();
  await registration?.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("voicegen ")).map((name) => caches.delete(name)));
}
