// A chart as a PNG: title, drawing and legend on the theme's ground.
import { moment } from "./moments.js";

export function picture(u, title, entries, tint) {
  const ratio = devicePixelRatio;
  const [width, height] = [u.ctx.canvas.width, u.ctx.canvas.height];
  const pad = 16 * ratio;
  const row = 18 * ratio;
  const canvas = document.createElement("canvas");
  const ctx = canvas.getContext("2d");
  const font = (size, weight = 400) => `${weight} ${size * ratio}px ${tint.font}`;
  ctx.font = font(12);
  const places = [];
  let [x, y] = [pad, 0];
  for (const entry of entries) {
    const wide = ctx.measureText(`${entry.name}  ${entry.value}`).width + 34 * ratio;
    if (x + wide > width + pad && x > pad) [x, y] = [pad, y + row];
    places.push([x, y]);
    x += wide;
  }
  const top = pad + 40 * ratio;
  canvas.width = width + pad * 2;
  canvas.height = top + height + (places.length ? y + row : 0) + pad;
  ctx.fillStyle = tint.panel;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.textBaseline = "top";
  ctx.fillStyle = tint.text;
  ctx.font = font(15, 650);
  ctx.fillText(title, pad, pad);
  ctx.fillStyle = tint.dim;
  ctx.font = font(12);
  ctx.fillText(`${moment(u.scales.x.min)} to ${moment(u.scales.x.max)}`, pad, pad + 20 * ratio);
  ctx.drawImage(u.ctx.canvas, pad, top);
  entries.forEach((entry, i) => {
    const [left, down] = [places[i][0], top + height + places[i][1] + 4 * ratio];
    ctx.fillStyle = entry.colour;
    ctx.fillRect(left, down + 5 * ratio, 12 * ratio, 3 * ratio);
    ctx.fillStyle = tint.text;
    ctx.fillText(`${entry.name}  `, left + 18 * ratio, down);
    ctx.fillStyle = tint.dim;
    ctx.fillText(entry.value, left + 18 * ratio + ctx.measureText(`${entry.name}  `).width, down);
  });
  return canvas;
}

/** Gives a canvas to the browser as a file. */
export function save(canvas, name) {
  return new Promise((done) => canvas.toBlob((blob) => {
    const address = URL.createObjectURL(blob);
    Object.assign(document.createElement("a"), { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    done(blob.size);
  }, "image/png"));
}
