// Keyboard: the palette, the filter, going to pages, walking rows, and copying. Everything here can be reached without it.

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]") !== null && target.closest?.("input, textarea, select, [contenteditable]") !== undefined;
const rows = () => [...document.querySelectorAll("[data-row] a.row-link")];

function walk(step) {
  const links = rows();
  if (links.length === 0) return false;
  const here = links.indexOf(document.activeElement);
  const next = links[here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + step))];
  next.focus({ preventScroll: true });
  next.closest("[data-row]").scrollIntoView({ block: "nearest" });
  return true;
}

const tabs = { y: "yaml", e: "events", l: "logs", m: "metrics" };

/** Goes to a side of the row that has the focus, else of the object that the page shows. */
function aspect(letter) {
  const row = document.activeElement?.closest?.("[data-row]")?.querySelector("a.row-link");
  const object = row && /^\/(applications|sessions)\/[^/]+\/[^/]+$/.exec(new URL(row.href).pathname);
  if (!object) { document.querySelector(`[data-aspect="${letter}"]`)?.click(); return; }
  // Session jobs have no logs and metrics of their own: those are their cluster's.
  if (object[1] === "applications" || letter === "y" || letter === "e") Blazor.navigateTo(`${object[0]}?tab=${tabs[letter]}`);
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure origin there is no clipboard API.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 2000);
}

/** Listens on the document. dotnet: OpenPalette(), GoTo(letter) → bool, ShowKeys(), Aspect(letter) → bool. */
export function create(dotnet) {
  let goPressed = 0;
  const onKey = (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      dotnet.invokeMethodAsync("OpenPalette");
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.matches?.("[data-runs]")) {
      event.preventDefault();
      event.target.form?.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector(".mud-dialog, dialog[open]")) {
      if (event.key === "Escape" && event.target.matches?.("[data-filter]")) event.target.blur();
      return;
    }
    const going = goPressed && performance.now() - goPressed < 1500;
    goPressed = 0;
    if (going && /^[a-z]$/.test(event.key)) {
      event.preventDefault();
      dotnet.invokeMethodAsync("GoTo", event.key);
      return;
    }
    switch (event.key) {
      case "g": goPressed = performance.now(); break;
      case "/": {
        const filter = document.querySelector("[data-filter]");
        if (filter) { event.preventDefault(); filter.focus(); filter.select(); }
        break;
      }
      case "j": if (walk(1)) event.preventDefault(); break;
      case "k": if (rows().length > 0 && walk(-1)) event.preventDefault(); else document.querySelector('[data-aspect="k"]')?.click(); break;
      case "y": case "e": case "l": case "m": aspect(event.key); break;
      case "[": case "]": document.querySelector(`[data-range-key="${event.key}"]:not(:disabled)`)?.click(); break;
      case "?": dotnet.invokeMethodAsync("ShowKeys"); break;
      case " ": {
        const tick = event.target.closest?.("a.row-link")?.closest("[data-row]")?.querySelector("[data-tick]");
        if (tick) { event.preventDefault(); tick.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey })); }
        break;
      }
      case "Escape": {
        const menu = document.querySelector("details[data-more][open]");
        if (menu) { menu.open = false; menu.firstElementChild.focus(); break; }
        (document.querySelector("[data-side] [data-close]") ?? document.querySelector("[data-untick]"))?.click();
        break;
      }
    }
  };
  const onClick = (event) => {
    // A menu closes with any click but the one that opens it.
    for (const menu of document.querySelectorAll("details[data-more][open]"))
      if (!menu.firstElementChild.contains(event.target)) menu.open = false;
    const button = event.target.closest?.("[data-copy]");
    if (button) copy(button);
  };
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.documentElement.dataset.keys = "on";
  return { destroy: () => { delete document.documentElement.dataset.keys; document.removeEventListener("keydown", onKey); document.removeEventListener("click", onClick); } };
}

/** For the skip link. */
export function focusContent() {
  const content = document.getElementById("content");
  content?.focus();
}
