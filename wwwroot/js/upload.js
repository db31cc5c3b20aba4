// Uploads a file in parts, past the circuit. Pauses, goes on after a lost connection, and after a reload when the same file is chosen again:
// which parts are there is asked of the server; here is kept only the id of the upload, by the file's name, size and time.

const WAITS = [1, 2, 4, 8, 15, 30];

const keyOf = (scope, file) => `upload:${scope}:${file.name}:${file.size}:${file.lastModified}`;
const words = (bytes) => `${(bytes / 1048576).toFixed(1)} MiB`;

/** Starts one uploader. options: { scope, part }; dotnet answers BeginAsync, CompleteAsync, AbandonAsync. */
export function create(host, options, dotnet) {
  const input = host.querySelector("input[type=file]");
  const bar = host.querySelector("progress");
  const told = host.querySelector("[data-sent]");
  let { scope, part } = options;
  let job = null; // { file, id, address, missing, sent, pausing, abort }

  const show = (state, text) => {
    host.dataset.state = state;
    if (text !== undefined) told.textContent = text;
  };
  const measure = () => {
    if (!job) return;
    bar.max = job.file.size;
    bar.value = job.sent;
    told.textContent = `${words(job.sent)} of ${words(job.file.size)}`;
  };
  const paused = () => show("paused", `Paused at ${words(job?.sent ?? 0)} of ${words(job?.file.size ?? 0)}`);
  const sizeOf = (file, number) => Math.min(part, file.size - (number - 1) * part);
  const remember = (file, id) => { try { localStorage.setItem(keyOf(scope, file), JSON.stringify({ id, at: Date.now() })); } catch { /* private window: no resuming after a reload */ } };
  const recall = (file) => { try { return JSON.parse(localStorage.getItem(keyOf(scope, file)))?.id ?? null; } catch { return null; } };
  const forget = (file) => { try { localStorage.removeItem(keyOf(scope, file)); } catch { /* nothing was kept */ } };

  const begin = async (file, replace) => {
    show("beginning", "Asking…");
    const answer = await dotnet.invokeMethodAsync("BeginAsync", file.name, file.size, recall(file), replace);
    if (!answer) { show("refused", ""); return; }
    remember(file, answer.id);
    const all = Array.from({ length: Math.ceil(file.size / part) }, (_, i) => i + 1);
    const missing = all.filter((number) => !answer.arrived.includes(number));
    job = { file, id: answer.id, address: answer.address, missing, sent: file.size - missing.reduce((sum, number) => sum + sizeOf(file, number), 0), pausing: false, abort: null, tries: 0 };
    measure();
    await go(job);
  };

  const go = async (mine) => {
    mine.pausing = false;
    while (mine === job && mine.missing.length > 0) {
      if (mine.pausing) { paused(); return; }
      show("sending");
      measure();
      const number = mine.missing[0];
      const problem = await send(mine, number);
      if (mine !== job) return;
      if (problem === "") {
        mine.missing.shift();
        mine.sent += sizeOf(mine.file, number);
        mine.tries = 0;
        measure();
      } else if (problem === null) {
        if (mine.pausing) { paused(); return; }
        const wait = WAITS[Math.min(mine.tries++, WAITS.length - 1)];
        show("waiting", `The connection was lost at ${words(mine.sent)} of ${words(mine.file.size)}; trying again.`);
        await pause(mine, wait * 1000);
      } else {
        show("failed", problem);
        return;
      }
    }
    if (mine === job) await finish(mine);
  };

  // "" when it has arrived, null when it may be tried again, else why not.
  const send = async (mine, number) => {
    mine.abort = new AbortController();
    const from = (number - 1) * part;
    try {
      const answer = await fetch(`${mine.address}?id=${encodeURIComponent(mine.id)}&number=${number}&size=${mine.file.size}`, {
        method: "PUT", body: mine.file.slice(from, from + sizeOf(mine.file, number)), headers: { "X-Dashboard-Upload": "1", "Content-Type": "application/octet-stream" }, signal: mine.abort.signal, cache: "no-store",
      });
      if (answer.ok) return "";
      return answer.status >= 500 || answer.status === 408 || answer.status === 429 ? null : await answer.text();
    } catch {
      return null;
    }
  };

  const pause = (mine, time) => new Promise((done) => {
    const end = () => { clearTimeout(timer); removeEventListener("online", end); mine.wake = null; done(); };
    const timer = setTimeout(end, time);
    addEventListener("online", end);
    mine.wake = end;
  });

  const finish = async (mine) => {
    show("completing", "All parts are there; putting them together.");
    const good = await dotnet.invokeMethodAsync("CompleteAsync", mine.file.name, mine.file.size, mine.id);
    if (good) forget(mine.file);
    show(good ? "done" : "failed", "");
    job = null;
    if (good) input.value = "";
  };

  const guard = (work) => work.catch((error) => show("failed", `The dashboard did not answer: ${error.message ?? error}. Choose the file again to go on where it stopped.`));
  const chosen = () => { const file = input.files[0]; if (file) { job?.abort?.abort(); job = null; guard(begin(file, false)); } };
  const pressed = (event) => {
    const what = event.target.closest("[data-upload]")?.dataset.upload;
    if (what === "replace" && input.files[0]) guard(begin(input.files[0], true));
    else if (!job || !what) return;
    else if (what === "pause") { job.pausing = true; job.abort?.abort(); job.wake?.(); paused(); }
    else if (what === "resume") guard(go(job));
    else if (what === "abandon") {
      const mine = job;
      job = null;
      mine.abort?.abort();
      mine.wake?.();
      forget(mine.file);
      input.value = "";
      show("idle", "");
      guard(dotnet.invokeMethodAsync("AbandonAsync", mine.file.name, mine.file.size, mine.id));
    }
  };
  input.addEventListener("change", chosen);
  host.addEventListener("click", pressed);
  input.disabled = false;
  host.dataset.ready = "true";
  unfinished();

  function unfinished() {
    const place = host.querySelector("[data-unfinished]");
    const prefix = `upload:${scope}:`;
    const names = Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length).replace(/:\d+:\d+$/, ""));
    place.textContent = names.length ? `Not finished: ${names.join(", ")}. Choose the same file again to go on where it stopped.` : "";
  }

  return {
    update(next) { if (!job) { ({ scope, part } = next); unfinished(); } },
    destroy() {
      job?.abort?.abort();
      job = null;
      input.removeEventListener("change", chosen);
      host.removeEventListener("click", pressed);
    },
  };
}
