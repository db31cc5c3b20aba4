// The logs that were looked at last, newest first. They stay in this browser.

const name = "logs.recent";

/** What was looked at. */
export function list() {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "[]").slice(0, 8);
  } catch {
    return [];
  }
}

/** Remembers one. */
export function seen(address) {
  localStorage.setItem(name, JSON.stringify([address, ...list().filter((other) => other !== address)].slice(0, 8)));
}
