// Brings the open tab of a strip into sight, without moving the page.

export function reveal(strip) {
  const open = strip?.querySelector("[aria-current]");
  if (!open || strip.scrollWidth <= strip.clientWidth) return;
  strip.scrollLeft = open.offsetLeft - strip.offsetLeft - (strip.clientWidth - open.offsetWidth) / 2;
}
