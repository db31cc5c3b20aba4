// Draws every <canvas data-spark>: a line of at most 40 points whose heights stand in the attribute, one character each. The server writes them in Ui/Parts/Spark.razor.

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/** Heights from 0 to 1; null where nothing is known. */
export function read(text) {
  return [...text].map((letter) => {
    const at = alphabet.indexOf(letter);
    return at < 0 ? null : at / (alphabet.length - 1);
  });
}

function draw(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0) return; // in a column that is not shown
  const scale = window.devicePixelRatio || 1;
  const style = getComputedStyle(canvas);
  const points = read(canvas.dataset.spark);
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.lineWidth = 1.25;
  pen.lineJoin = "round";
  pen.strokeStyle = style.getPropertyValue("--spark").trim() || style.color;
  const [left, top, right, bottom] = [1, 2, width - 1, height - 2];
  const x = (i) => left + ((right - left) * i) / Math.max(1, points.length - 1);
  const y = (value) => bottom - (bottom - top) * value;
  pen.beginPath();
  let down = false;
  points.forEach((value, i) => {
    if (value === null) { down = false; return; }
    if (down) pen.lineTo(x(i), y(value));
    else {
      pen.moveTo(x(i), y(value));
      // A point between two gaps is a dot, not nothing.
      if (points[i + 1] === null || i === points.length - 1) pen.lineTo(x(i) + 0.5, y(value));
    }
    down = true;
  });
  pen.stroke();
}

/** Draws what is there, what comes and what changes; again when theme or density changes. */
export function create(document) {
  const waiting = new Set();
  const flush = () => {
    for (const canvas of waiting) if (canvas.isConnected) draw(canvas);
    waiting.clear();
  };
  const later = (canvas) => {
    if (waiting.size === 0) requestAnimationFrame(flush);
    waiting.add(canvas);
  };
  const all = () => document.querySelectorAll("canvas[data-spark]").forEach(later);
  const watch = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") {
        if (change.target === document.documentElement) all();
        else later(change.target);
      } else {
        for (const node of change.addedNodes)
          if (node.nodeType === Node.ELEMENT_NODE) {
            if (node.matches("canvas[data-spark]")) later(node);
            else node.querySelectorAll("canvas[data-spark]").forEach(later);
          }
      }
    }
  });
  watch.observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-spark", "data-theme"] });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", all);
  window.addEventListener("resize", all);
  all();
  return { destroy: () => { watch.disconnect(); dark.removeEventListener("change", all); window.removeEventListener("resize", all); } };
}
