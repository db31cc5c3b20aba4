// Brings a field or section of the form into view, open and with the focus.
export function show(id) {
  const element = document.getElementById(id);
  if (!element) return;
  for (let around = element.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  element.scrollIntoView({ block: element.matches("details, aside") ? "start" : "center" });
  (element.matches("details") ? element.querySelector("summary") : element).focus({ preventScroll: true });
}
