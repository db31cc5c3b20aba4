// Tells a table when somebody is at its rows: pointing at them, or with the focus in them. A pointer that rests is nobody after a while.

const REST = 20000;

/** Listens to one table. dotnet: Hold(bool). */
export function create(table, dotnet) {
  const rows = table.tBodies[0];
  let held = false;
  let timer = 0;
  const tell = (now) => {
    if (now === held) return;
    held = now;
    dotnet.invokeMethodAsync("Hold", now);
  };
  const here = () => {
    clearTimeout(timer);
    timer = setTimeout(() => tell(false), REST);
    tell(true);
  };
  const left = () => {
    if (rows.matches(":hover") || rows.contains(document.activeElement)) return;
    clearTimeout(timer);
    tell(false);
  };
  const later = () => setTimeout(left, 0);
  const came = ["pointermove", "focusin", "keydown"];
  const went = ["pointerleave", "focusout"];
  for (const name of came) rows.addEventListener(name, here, { passive: true });
  for (const name of went) rows.addEventListener(name, later);
  return {
    destroy: () => {
      clearTimeout(timer);
      for (const name of came) rows.removeEventListener(name, here);
      for (const name of went) rows.removeEventListener(name, later);
    },
  };
}
