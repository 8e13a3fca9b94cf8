/** Keeps the page for reading without a network, and its recording once it was listened to or asked for. */
// And where another version was published since it was opened, it is loaded again: the new sound is not for this text.

import { forgetAll } from "./memory.js";
import { setText, when } from "./page.js";

const LOOKED = 60_000; // milliseconds between two looks

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
  let [asked, isOlder] = [false, false];
  const send = async (facts) => (await working(workers)).postMessage(facts);
  when(workers, "message", ({ data: { state } }) => {
    if (state === "newer") {
      isOlder = true;
      if (sound.playing) loadAgain(sound);
      return;
    }
    const text = words.say(state);
    button.hidden = state === "kept";
    tell(text);
    if (asked) page.announce(text);
    asked = false;
  });
  when(sound.audio, "play", () => {
    if (isOlder) loadAgain(sound);
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
  if (sound.audio.getAttribute("src").includes("/")) return; // the address of a version, which stays what it is
  const look = () => send({ has: page.part("data").textContent });
  let looked = -LOOKED;
  when(sound.audio, "playing", (event) => {
    if (event.timeStamp - looked < LOOKED) return;
    looked = event.timeStamp;
    look();
  });
  when(workers, "controllerchange", look); // what the worker before was asked may have gone with it
}

/** The place is noted when the sound stops. Who had stopped it already reads on until they want to hear more. */
function loadAgain(sound) {
  when(sound.audio, "pause", () => location.reload(), { once: true });
  sound.pause();
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
