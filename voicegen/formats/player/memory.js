/** What the page remembers on this device, without cookies. Where storage is refused, it remembers nothing. */

const OURS = "voicegen ";

export function recall(name) {
  try {
    const found = JSON.parse(localStorage.getItem(OURS + name));
    return found && typeof found === "object" ? found : {};
  } catch {
    return {};
  }
}

export function remember(name, facts) {
  try {
    localStorage.setItem(OURS + name, JSON.stringify({ ...recall(name), ...facts }));
  } catch {
    // refused or full: the page works all the same
  }
}

export function forgetAll() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(OURS)) localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
