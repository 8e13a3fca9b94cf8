/** Keys of headsets, keyboards and lock screens, through the Media Session API. */

import { when } from "./page.js";

export function listenToKeys(sound, controls, page) {
  const session = navigator.mediaSession;
  if (!session || !window.MediaMetadata) return;
  const actions = {
    play: () => sound.play(),
    pause: () => sound.pause(),
    previoustrack: () => controls.chapter(-1),
    nexttrack: () => controls.chapter(1),
    seekbackward: () => controls.sentence(-1),
    seekforward: () => controls.sentence(1),
    seekto: ({ seekTime }) => sound.seek(seekTime),
  };
  let title;
  const take = () => {
    title = "";
    for (const [name, action] of Object.entries(actions)) {
      try {
        session.setActionHandler(name, action);
      } catch {
        // a key that this browser does not know
      }
    }
  };
  take();
  when(sound.audio, "play", take); // another player of the same site's page may have had them
  sound.onTime((time) => {
    const now = controls.titles[sound.timeline.chapterAt(time).index];
    if (now === title) return;
    title = now;
    session.metadata = new MediaMetadata({ title, album: page.title, artist: page.publisher });
  });
}
