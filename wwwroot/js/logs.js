// A log on the screen. The server draws the rows in sight; here is measured how many that are, the end is followed, places are held while rows come and go, and keys are known.

const typing = (target) => Boolean(target.closest?.("input, textarea, select, [contenteditable]"));
const near = 3;

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure origin there is no clipboard API.
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

// What was marked with the pointer, one line for each row, its parts apart by a blank.
function selectedText(rows) {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const touched = [...rows.querySelectorAll("[data-id]")].filter((row) => range.intersectsNode(row));
  if (touched.length < 2) return null;
  return touched.map((row) => [...row.children].map((part) => part.innerText.trimEnd()).filter(Boolean).join(" ")).join("\n");
}

/** Starts one log. dotnet: Measured, View, Toggle, Facts, Pick, Walk, ToggleHere, Step, PickedText, Unpick. */
export function create(host, dotnet) {
  const scroll = host.querySelector("[data-log-scroll]");
  const rows = host.querySelector("[data-log-rows]");
  const probe = host.querySelector("[data-log-probe]");
  let stick = rows.dataset.stick === "true";
  let anchor = null;
  let own = NaN;
  let asked = false;
  let again = false;
  let frame = 0;
  let told = "";
  let atEndTold = stick;
  let ended = false;
  let moved = -Infinity;
  let held = false;
  const line = () => parseFloat(getComputedStyle(scroll).lineHeight) || 20;
  const phone = matchMedia("(max-width: 640px)");
  const wraps = () => (localStorage.getItem("logs.wrap") ?? String(phone.matches)) === "true";
  const sight = () => Math.ceil(scroll.clientHeight / line());
  const gap = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
  const call = (name, ...values) => (ended ? Promise.resolve() : dotnet.invokeMethodAsync(name, ...values));

  // Down to the bottom of the window, but never lower than a few lines.
  const fit = () => {
    const content = document.getElementById("content");
    const top = host.getBoundingClientRect().top + (content?.scrollTop ?? 0) - (content?.getBoundingClientRect().top ?? 0);
    const room = (content?.clientHeight ?? innerHeight) - top - 16;
    host.style.setProperty("--log-height", `${Math.max(phone.matches ? 420 : 360, room)}px`);
  };
  const measure = () => {
    if (!host.isConnected) return;
    fit();
    const text = probe.lastElementChild;
    const letters = Object.assign(document.createElement("span"), { textContent: "0".repeat(100) });
    letters.style.whiteSpace = "pre";
    text.replaceChildren(letters);
    const width = letters.getBoundingClientRect().width / 100;
    text.replaceChildren();
    const columns = Math.floor(text.getBoundingClientRect().width / width);
    const lead = getComputedStyle(probe).getPropertyValue("--lead").trim() === "1" ? 1 : 0;
    const found = { columns, lead, wrap: wraps(), sight: sight(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone, offset: new Date().getTimezoneOffset() };
    if (JSON.stringify(found) === told) return;
    told = JSON.stringify(found);
    call("Measured", found).then(() => { host.dataset.ready = "true"; });
  };

  const remember = () => {
    const top = scroll.getBoundingClientRect().top;
    const all = [...rows.querySelectorAll("[data-id]")];
    const row = all.find((one) => one.getBoundingClientRect().bottom > top) ?? all.at(-1);
    anchor = row ? { id: row.dataset.id, y: row.getBoundingClientRect().top - top, at: scroll.scrollTop } : null;
  };
  // After rows have come or gone, and before they are painted. Rows and the space above them may change one after the other: the anchor stays until somebody scrolls.
  const settle = () => {
    const row = anchor && rows.querySelector(`[data-id="${CSS.escape(anchor.id)}"]`);
    if (stick) {
      scroll.scrollTop = scroll.scrollHeight;
      remember(); // whoever leaves the end now stays here
    } else if (!row) {
      remember();
    } else {
      // Where it would stand now had only the scrolling moved it: that may be under way.
      const place = anchor.y - (scroll.scrollTop - anchor.at);
      const moved = row.getBoundingClientRect().top - scroll.getBoundingClientRect().top - place;
      if (Math.abs(moved) <= 0.5) return;
      scroll.scrollTop += moved;
      own = scroll.scrollTop;
      anchor = { id: anchor.id, y: place, at: own };
    }
  };
  const look = () => {
    frame = 0;
    const [above, below] = [rows.firstElementChild.getBoundingClientRect().bottom, rows.lastElementChild.getBoundingClientRect().top];
    const box = scroll.getBoundingClientRect();
    const margin = scroll.clientHeight / 2;
    const atEnd = gap() < near;
    const thin = (above > box.top - margin && rows.firstElementChild.offsetHeight > 0) || (below < box.bottom + margin && rows.lastElementChild.offsetHeight > 0);
    const atTop = scroll.scrollTop < near && scroll.scrollHeight > scroll.clientHeight;
    if (!thin && atEnd === atEndTold && !atTop) return;
    if (asked) { again = true; return; }
    asked = true;
    atEndTold = atEnd;
    const head = rows.offsetTop;
    call("View", Math.max(0, Math.floor((scroll.scrollTop - head) / line())), sight(), atEnd).then(() => {
      asked = false;
      if (again) { again = false; look(); }
    });
  };
  // Only who scrolls leaves the end: that the window or its rows change size does not.
  const byHand = () => { moved = performance.now(); };
  const onScroll = () => {
    if (stick && gap() > near) {
      if (held || performance.now() - moved < 700) stick = false;
      else scroll.scrollTop = scroll.scrollHeight;
    }
    if (!stick && scroll.scrollTop !== own) remember();
    own = NaN;
    frame ||= requestAnimationFrame(look);
  };

  const watcher = new MutationObserver((changes) => {
    if (changes.some((change) => change.attributeName === "data-stick")) {
      stick = rows.dataset.stick === "true";
      atEndTold = stick;
    }
    settle();
  });
  const sizes = new ResizeObserver(() => { measure(); if (stick) scroll.scrollTop = scroll.scrollHeight; });

  const wrap = () => { localStorage.setItem("logs.wrap", String(!wraps())); measure(); };
  const onClick = async (event) => {
    const row = event.target.closest("[data-id]");
    if (event.target.closest("[data-log-wrap]")) wrap();
    else if (event.target.closest("[data-log-copy]")) copied(event.target.closest("[data-log-copy]"));
    else if (row && event.target.closest("button")) call("Toggle", row.dataset.id);
    else if (row && event.target.closest("time")) { if (event.shiftKey) getSelection().removeAllRanges(); call("Pick", row.dataset.id, event.shiftKey); }
  };
  const copied = async (button) => {
    await copy(await call("PickedText"));
    if (!button) return;
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 2000);
  };
  // Exact time, whole names of source and logger: asked for when the pointer rests.
  let rest = 0;
  const onOver = (event) => {
    clearTimeout(rest);
    const part = event.target.closest?.("[data-id] > time, [data-id] > abbr, [data-id] > i, [data-id] b");
    if (!part || part.title) return;
    rest = setTimeout(async () => { part.title = await call("Facts", part.closest("[data-id]").dataset.id); }, 150);
  };
  const onCopy = (event) => {
    const text = selectedText(rows);
    if (text === null) return;
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  };
  const inRows = {
    ArrowUp: () => call("Walk", -1), ArrowDown: () => call("Walk", 1), Enter: () => call("ToggleHere"), ArrowRight: () => call("ToggleHere"), ArrowLeft: () => call("ToggleHere"),
    c: () => copied(host.querySelector("[data-log-copy]")), Home: () => { byHand(); scroll.scrollTop = 0; }, End: () => host.querySelector("[data-log-follow], [data-log-end]")?.click() ?? (scroll.scrollTop = scroll.scrollHeight),
  };
  const anywhere = {
    n: () => call("Step", 1), N: () => call("Step", -1), w: wrap, f: () => host.querySelector("[data-log-follow]")?.click(), p: () => host.querySelector("[data-log-pause]")?.click(),
    PageUp: () => { byHand(); scroll.scrollTop -= scroll.clientHeight - 2 * line(); }, PageDown: () => { scroll.scrollTop += scroll.clientHeight - 2 * line(); },
  };
  const onKey = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector(".mud-dialog, dialog[open]")) return;
    const action = (event.target === scroll && inRows[event.key]) || anywhere[event.key];
    if (action) { event.preventDefault(); action(); return; }
    if (event.key === "Escape" && host.querySelector("[data-log-picked]")) { event.preventDefault(); call("Unpick"); }
  };

  const onHold = () => { held = true; byHand(); };
  const onRelease = () => { if (held) byHand(); held = false; };
  const on = [[scroll, "wheel", byHand], [scroll, "touchmove", byHand], [scroll, "pointerdown", onHold], [window, "pointerup", onRelease], [window, "pointercancel", onRelease], [scroll, "scroll", onScroll], [host, "click", onClick], [host, "pointerover", onOver], [rows, "copy", onCopy], [document, "keydown", onKey], [window, "resize", measure]];
  for (const [target, name, listener] of on) target.addEventListener(name, listener, ["scroll", "wheel", "touchmove"].includes(name) ? { passive: true } : undefined);
  watcher.observe(rows, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["data-stick", "style", "aria-expanded"] });
  sizes.observe(scroll);
  measure();
  return {
    /** Brings a row into the middle of sight. */
    reveal: (id) => {
      stick = false;
      const row = rows.querySelector(`[data-id="${CSS.escape(id)}"]`);
      if (!row) return;
      const [box, place] = [scroll.getBoundingClientRect(), row.getBoundingClientRect()];
      if (place.top < box.top + 8 || place.bottom > box.bottom - 8) row.scrollIntoView({ block: "center", inline: "nearest" });
      remember();
    },
    destroy: () => {
      ended = true;
      cancelAnimationFrame(frame);
      clearTimeout(rest);
      watcher.disconnect();
      sizes.disconnect();
      for (const [target, name, listener] of on) target.removeEventListener(name, listener);
    },
  };
}
