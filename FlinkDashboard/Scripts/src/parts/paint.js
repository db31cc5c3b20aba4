// What a chart paints beside its lines: thresholds, and marks of what happened. Colours come from the page's variables.

const GLYPHS = { deployment: "▲", restart: "↻", failure: "✕", savepoint: "◆", scaling: "⇅", other: "●" };
const NEAR = 14;

/** The page's colours now. */
export function colours(element) {
  const style = getComputedStyle(element);
  const of = (name) => style.getPropertyValue(name).trim();
  return {
    lines: [1, 2, 3, 4, 5, 6, 7, 8].map((i) => of(`--c${i}`)),
    others: of("--c-others"), text: of("--text"), dim: of("--text-dim"), faint: of("--text-faint"), line: of("--line"), strong: of("--line-strong"), panel: of("--panel"),
    failing: of("--failing"), degraded: of("--degraded"), font: of("--font") || "sans-serif",
  };
}

/** The same colour, weaker. */
export const weaker = (colour, share) => (/^#[0-9a-f]{6}$/i.test(colour) ? colour + Math.round(share * 255).toString(16).padStart(2, "0") : colour);

export const glyph = (kind) => GLYPHS[kind] ?? GLYPHS.other;

/** Marks within a range, those that would lie on each other as one. */
export function clusters(u, marks) {
  const { min, max } = u.scales.x;
  const found = [];
  for (const mark of marks) {
    if (mark.at < min || mark.at > max) continue;
    const x = u.valToPos(mark.at, "x");
    const last = found[found.length - 1];
    if (last && x - last.x < NEAR) last.marks.push(mark);
    else found.push({ x, marks: [mark] });
  }
  return found;
}

const severity = { restart: 1, failure: 1 };

/** The mark that stands for a cluster: the gravest. */
export const leader = (cluster) => cluster.marks.find((one) => severity[one.kind]) ?? cluster.marks[0];

export function paintMarks(u, found, tint) {
  const { ctx } = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = ratio;
  ctx.font = `${10 * ratio}px ${tint.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  for (const cluster of found) {
    const first = leader(cluster);
    const x = Math.round(u.bbox.left + cluster.x * ratio) + 0.5;
    ctx.strokeStyle = weaker(tint.dim, 0.6);
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, u.bbox.top + 12 * ratio);
    ctx.lineTo(x, u.bbox.top + u.bbox.height);
    ctx.stroke();
    ctx.fillStyle = first.kind === "failure" || first.kind === "restart" ? tint.failing : tint.dim;
    ctx.fillText(glyph(first.kind), x, u.bbox.top);
  }
  ctx.restore();
}

export function paintThresholds(u, thresholds, tint) {
  const { ctx } = u;
  const ratio = devicePixelRatio;
  const { min, max } = u.scales.y;
  ctx.save();
  ctx.font = `${11 * ratio}px ${tint.font}`;
  ctx.textAlign = "right";
  ctx.textBaseline = "bottom";
  ctx.lineWidth = ratio;
  for (const one of thresholds) {
    if (one.value < min || one.value > max) continue;
    const y = Math.round(u.valToPos(one.value, "y", true)) + 0.5;
    const colour = one.severe ? tint.failing : tint.degraded;
    ctx.strokeStyle = colour;
    ctx.setLineDash([6 * ratio, 4 * ratio]);
    ctx.beginPath();
    ctx.moveTo(u.bbox.left, y);
    ctx.lineTo(u.bbox.left + u.bbox.width, y);
    ctx.stroke();
    ctx.fillStyle = colour;
    const below = y - u.bbox.top < 16 * ratio;
    ctx.textBaseline = below ? "top" : "bottom";
    const [right, height] = [u.bbox.left + u.bbox.width - 4 * ratio, y + (below ? 3 : -2) * ratio];
    // Lines and marks go behind the words.
    Object.assign(ctx, { strokeStyle: weaker(tint.panel, 0.85), lineWidth: 4 * ratio, lineJoin: "round" });
    ctx.setLineDash([]);
    ctx.strokeText(one.words, right, height);
    ctx.lineWidth = ratio;
    ctx.fillText(one.words, right, height);
  }
  ctx.restore();
}
