// Keeps every <time data-at> current between renders. Says the same words as Ui/Formats/Durations.cs; a test compares both.

export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  const days = Math.floor(hours / 24);
  return days < 7 ? `${days} d ${hours % 24} h` : `${days} d`;
}

export function ago(milliseconds) {
  return milliseconds < -1000 ? `in ${span(-milliseconds)}` : `${span(milliseconds)} ago`;
}

/** Starts ticking once a second. The server's clock counts: its offset to this machine's is read from data-now on the root element. */
export function create(document) {
  const root = document.documentElement;
  let told = root.dataset.now;
  let offset = told ? Number(told) - Date.now() : 0;
  const tick = () => {
    if (document.hidden) return;
    // A simulated cluster's time may run faster than ours: the frame says anew what time it is there.
    const newer = document.querySelector("[data-now]:not(html)")?.dataset.now;
    if (newer && newer !== told) {
      told = newer;
      offset = Number(newer) - Date.now();
    }
    const now = Date.now() + offset;
    for (const element of document.querySelectorAll("time[data-at]")) {
      const node = element.firstChild;
      if (!node) continue;
      const passed = now - Number(element.dataset.at);
      const text = element.dataset.form === "span" ? span(passed) : ago(passed);
      // The text node itself is changed: the renderer holds on to it.
      if (node.data !== text) node.data = text;
    }
  };
  const timer = setInterval(tick, 1000);
  document.addEventListener("visibilitychange", tick);
  return { destroy: () => { clearInterval(timer); document.removeEventListener("visibilitychange", tick); } };
}
