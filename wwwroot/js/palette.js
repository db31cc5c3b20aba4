// Opens and closes the palette's dialog element; the browser keeps the focus inside and gives it back.

export function open(dialog) {
  if (!dialog.open) dialog.showModal();
  const input = dialog.querySelector("input");
  input?.focus();
  input?.select();
}

export function close(dialog) {
  dialog.close();
}

export function reveal(dialog) {
  dialog.querySelector(".palette-item.on")?.scrollIntoView({ block: "nearest" });
}
