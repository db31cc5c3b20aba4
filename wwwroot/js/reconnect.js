// The line shown while the connection to the dashboard is down: old content stays readable, dated by this line.

export function create(document) {
  const line = document.getElementById("components-reconnect-modal");
  if (!line) return { destroy() {} };
  const since = line.querySelector("[data-since]");
  const onState = (event) => {
    const state = event.detail.state;
    if (state === "show" && !line.dataset.down) {
      line.dataset.down = "true";
      since.firstChild.data = new Date().toLocaleTimeString([], { hour12: false });
    }
    if (state === "hide") delete line.dataset.down;
    if (state === "rejected") location.reload();
  };
  const onVisible = () => { if (!document.hidden && line.classList.contains("components-reconnect-failed")) retry(); };
  async function retry() {
    try {
      if (!(await Blazor.reconnect())) location.reload();
    } catch {
      line.classList.add("components-reconnect-failed");
    }
  }
  const button = line.querySelector("button");
  line.addEventListener("components-reconnect-state-changed", onState);
  document.addEventListener("visibilitychange", onVisible);
  button.addEventListener("click", retry);
  return { destroy: () => { line.removeEventListener("components-reconnect-state-changed", onState); document.removeEventListener("visibilitychange", onVisible); button.removeEventListener("click", retry); } };
}
