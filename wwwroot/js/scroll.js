// Where each address was scrolled to, so that Back comes back to the same place. The content scrolls inside the frame, which the browser does not remember.

const key = () => `scroll:${location.pathname}${location.search}`;
const content = () => document.getElementById("content");

/** Starts remembering. A list that is still being drawn is followed until it is tall enough, for three seconds at most. */
export function create(window) {
  let timer = 0;
  let until = 0;
  const save = (event) => {
    if (event.target !== content() || performance.now() < until) return;
    clearTimeout(timer);
    const name = key();
    const top = event.target.scrollTop;
    timer = setTimeout(() => sessionStorage.setItem(name, String(top)), 120);
  };
  const restore = () => {
    const top = Number(sessionStorage.getItem(key()) ?? 0);
    if (!top) return;
    until = performance.now() + 3000;
    const step = () => {
      const place = content();
      if (place && Math.abs(place.scrollTop - top) > 1) place.scrollTop = top;
      if (performance.now() < until && !(place && Math.abs(place.scrollTop - top) <= 1 && performance.now() > until - 2500)) requestAnimationFrame(step);
      else until = 0;
    };
    requestAnimationFrame(step);
  };
  const stop = () => { until = 0; };
  document.addEventListener("scroll", save, { capture: true, passive: true });
  window.addEventListener("popstate", restore);
  for (const name of ["wheel", "touchstart", "keydown"]) window.addEventListener(name, stop, { passive: true });
  return { destroy: () => { document.removeEventListener("scroll", save, { capture: true }); window.removeEventListener("popstate", restore); for (const name of ["wheel", "touchstart", "keydown"]) window.removeEventListener(name, stop); } };
}
