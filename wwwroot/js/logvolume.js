// Lines over time on a canvas, three numbers a bucket: others, warnings, errors. Drag or click to show less time.

/** Starts one. dotnet: Narrow(from, to), milliseconds. */
export function create(host, dotnet) {
  const canvas = host.querySelector("canvas");
  const tip = host.querySelector("[data-log-tip]");
  let [begin, step, counts, known, unit] = [0, 1000, [], null, "lines"];
  let hover = -1;
  let drag = null;
  const size = () => counts.length / 3;
  const count = (number) => number.toLocaleString("en-US", { maximumFractionDigits: 2 });
  const bucketAt = (x) => Math.max(0, Math.min(size() - 1, Math.floor((x / canvas.clientWidth) * size())));

  const draw = () => {
    const [width, height, scale] = [canvas.clientWidth, canvas.clientHeight, devicePixelRatio || 1];
    if (!width) return;
    canvas.width = width * scale;
    canvas.height = height * scale;
    const pen = canvas.getContext("2d");
    pen.scale(scale, scale);
    const style = getComputedStyle(host);
    const colours = ["--log-other", "--degraded-fill", "--failing-fill"].map((name) => style.getPropertyValue(name));
    const most = Math.max(Number.EPSILON, ...Array.from({ length: size() }, (_, i) => counts[i * 3] + counts[i * 3 + 1] + counts[i * 3 + 2]));
    const each = width / Math.max(1, size());
    const unread = known === null ? 0 : Math.min(width, ((known - begin) / step) * each);
    if (unread > 0) {
      // Not the same as no lines: stripes.
      pen.save();
      pen.beginPath();
      pen.rect(0, 0, unread, height);
      pen.clip();
      pen.strokeStyle = style.getPropertyValue("--line");
      pen.lineWidth = 2;
      pen.beginPath();
      for (let x = -height; x < unread; x += 8) { pen.moveTo(x, height); pen.lineTo(x + height, 0); }
      pen.stroke();
      pen.restore();
    }
    if (drag || hover >= 0) {
      const [from, to] = drag ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] : [hover, hover];
      pen.fillStyle = style.getPropertyValue("--selected");
      pen.fillRect(from * each, 0, (to - from + 1) * each, height);
    }
    for (let i = 0; i < size(); i++) {
      let top = height;
      for (let kind = 0; kind < 3; kind++) {
        const count = counts[i * 3 + kind];
        if (count === 0) continue;
        const tall = Math.max(kind === 0 ? 1 : 2, (count / most) * (height - 2));
        pen.fillStyle = colours[kind];
        pen.fillRect(i * each + (each > 3 ? 0.5 : 0), top - tall, Math.max(1, each - (each > 3 ? 1 : 0)), tall);
        top -= tall;
      }
    }
    pen.fillStyle = style.getPropertyValue("--line-strong");
    pen.fillRect(0, height - 1, width, 1);
    if (most > Number.EPSILON) {
      pen.fillStyle = style.getPropertyValue("--text-dim");
      pen.font = `10px ${style.fontFamily}`;
      pen.textBaseline = "top";
      pen.lineWidth = 3;
      pen.strokeStyle = style.getPropertyValue("--panel");
      pen.strokeText(count(most), 1, 1);
      pen.fillText(count(most), 1, 1);
    }
  };

  const say = () => {
    const [from, to] = drag ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] : [hover, hover];
    if (from < 0) { tip.textContent = ""; return; }
    const sum = [0, 0, 0];
    for (let i = from; i <= to; i++) for (let kind = 0; kind < 3; kind++) sum[kind] += counts[i * 3 + kind] ?? 0;
    const clock = (time) => new Date(time).toLocaleTimeString("en-GB");
    const unread = known !== null && begin + (to + 1) * step <= known;
    tip.textContent = `${clock(begin + from * step)} – ${clock(begin + (to + 1) * step)}: ${unread ? "not read" : `${count(sum[0] + sum[1] + sum[2])} ${unit}${sum[1] ? `, ${count(sum[1])} warnings` : ""}${sum[2] ? `, ${count(sum[2])} errors` : ""}`}`;
  };
  const at = (event) => bucketAt(event.clientX - canvas.getBoundingClientRect().left);
  const onMove = (event) => {
    if (size() === 0) return;
    hover = at(event);
    if (drag) drag.to = hover;
    draw();
    say();
  };
  const onLeave = () => { if (drag) return; hover = -1; draw(); say(); };
  const onDown = (event) => {
    if (size() === 0 || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    drag = { from: at(event), to: at(event) };
  };
  const onUp = (event) => {
    if (!drag) return;
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    drag = null;
    if (event.type === "pointerup") dotnet.invokeMethodAsync("Narrow", begin + from * step, begin + (to + 1) * step);
    draw();
  };
  const on = [["pointermove", onMove], ["pointerleave", onLeave], ["pointerdown", onDown], ["pointerup", onUp], ["pointercancel", onUp]];
  for (const [name, listener] of on) canvas.addEventListener(name, listener);
  const sizes = new ResizeObserver(draw);
  sizes.observe(canvas);
  const theme = new MutationObserver(draw);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return {
    /** known: what was before is not known, milliseconds; null: all is. */
    update: (from, length, numbers, knownFrom, what) => { [begin, step, counts, known, unit] = [from, length, numbers, knownFrom ?? null, what]; host.dataset.buckets = String(size()); draw(); say(); },
    destroy: () => { sizes.disconnect(); theme.disconnect(); for (const [name, listener] of on) canvas.removeEventListener(name, listener); },
  };
}
