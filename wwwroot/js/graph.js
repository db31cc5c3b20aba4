// The graph of a job: zoom by buttons, keys and Ctrl+wheel, moving by dragging, walking along the edges with the arrow keys. The boxes are links of their own.

const STEP = 1.25;
const LEAST = 0.12;

/** Starts one graph. update() after its shape has changed. */
export function create(host) {
  const scroll = host.querySelector(".graph-scroll");
  const sizer = host.querySelector(".graph-sizer");
  const zoom = host.querySelector(".graph-zoom");
  let scale = 1;
  const size = () => { const canvas = host.querySelector(".graph-canvas"); return [canvas.offsetWidth, canvas.offsetHeight]; };

  const show = (next, at) => {
    const [width, height] = size();
    const [x, y] = at ?? [scroll.clientWidth / 2, scroll.clientHeight / 2];
    const [left, top] = [(scroll.scrollLeft + x) / scale, (scroll.scrollTop + y) / scale];
    scale = Math.min(2, Math.max(LEAST, next));
    zoom.style.transform = `scale(${scale})`;
    sizer.style.width = `${width * scale}px`;
    sizer.style.height = `${height * scale}px`;
    scroll.scrollLeft = left * scale - x;
    scroll.scrollTop = top * scale - y;
    host.dataset.scale = scale.toFixed(3);
  };
  // Whole when that stays readable; else readable, beginning at the sources.
  const fit = (whole) => {
    const [width, height] = size();
    if (!width) return;
    const best = Math.min((scroll.clientWidth - 32) / width, Math.max(220, innerHeight * 0.6) / height, 1);
    show(whole ? best : Math.max(best, 0.72));
    if (!whole) scroll.scrollLeft = 0;
    if (!whole) scroll.scrollTop = Math.max(0, (height * scale - scroll.clientHeight) / 2);
  };

  const nodes = () => [...host.querySelectorAll("a.node")];
  const middle = (node) => node.offsetTop + node.offsetHeight / 2;
  const nearest = (from, list) => list.reduce((best, one) => (best === null || Math.abs(middle(one) - middle(from)) < Math.abs(middle(best) - middle(from)) ? one : best), null);
  const along = (node, key) => {
    if (key === "ArrowRight" || key === "ArrowLeft") {
      const keys = (key === "ArrowRight" ? node.dataset.after : node.dataset.before).split(" ").filter(Boolean);
      return nearest(node, nodes().filter((one) => keys.includes(one.dataset.vertex)));
    }
    const layer = nodes().filter((one) => one.dataset.layer === node.dataset.layer).sort((a, b) => a.offsetTop - b.offsetTop);
    return layer[layer.indexOf(node) + (key === "ArrowDown" ? 1 : -1)] ?? null;
  };

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") show(scale * STEP);
    else if (event.key === "-") show(scale / STEP);
    else if (event.key === "0") fit(true);
    else if (event.key.startsWith("Arrow")) {
      const node = event.target.closest("a.node");
      const next = node ? along(node, event.key) : event.target === scroll ? nodes()[0] : null;
      if (!next && !node) return;
      next?.focus();
      next?.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event) => {
    const button = event.target.closest("[data-zoom]");
    if (!button) return;
    if (button.dataset.zoom === "fit") fit(true);
    else show(button.dataset.zoom === "in" ? scale * STEP : scale / STEP);
  };
  const onWheel = (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = scroll.getBoundingClientRect();
    show(scale * (event.deltaY < 0 ? 1.12 : 1 / 1.12), [event.clientX - box.left, event.clientY - box.top]);
  };

  let drag = null;
  const onDown = (event) => { if (event.button === 0 && event.pointerType === "mouse") drag = { x: event.clientX, y: event.clientY, left: scroll.scrollLeft, top: scroll.scrollTop, moved: false }; };
  const onMove = (event) => {
    if (!drag) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(x, y) < 5) return;
    drag.moved = true;
    host.dataset.dragging = "true";
    scroll.scrollLeft = drag.left - x;
    scroll.scrollTop = drag.top - y;
  };
  const onUp = () => {
    // The click that ends a drag opens nothing.
    if (drag?.moved) host.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
    if (drag?.moved) setTimeout(() => { delete host.dataset.dragging; }, 0);
    drag = null;
  };
  const onDragStart = (event) => event.preventDefault();

  const on = [[host, "keydown", onKey], [host, "click", onClick], [scroll, "wheel", onWheel], [scroll, "pointerdown", onDown], [window, "pointermove", onMove], [window, "pointerup", onUp], [scroll, "dragstart", onDragStart]];
  for (const [target, name, listener] of on) target.addEventListener(name, listener, name === "wheel" ? { passive: false } : undefined);
  fit(false);
  host.dataset.ready = "true";
  return {
    update: () => show(scale),
    destroy: () => { for (const [target, name, listener] of on) target.removeEventListener(name, listener); },
  };
}
