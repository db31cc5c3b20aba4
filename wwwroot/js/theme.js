// The theme stands in a cookie, so that the server draws the right one at once.

/** Sets "light", "dark" or "auto" (as the system says) and answers it. */
export function set(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  return theme;
}

/** What was chosen: "light", "dark" or "auto". */
export function chosen() {
  return document.documentElement.dataset.theme || "auto";
}

/** Switches between light and dark from what is shown now. */
export function toggle() {
  const shown = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  return set(shown === "dark" ? "light" : "dark");
}
