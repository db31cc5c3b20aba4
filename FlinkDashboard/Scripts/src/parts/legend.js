// The names of a chart's lines with their values: a click hides a line, with Shift it is the only one shown.
import { words } from "./units.js";

export class Legend {
  entries = [];

  /** changed(): told when a line was hidden or shown. pointed(index or null): told which name is pointed at. */
  constructor(list, unit, changed, pointed) {
    Object.assign(this, { list, unit, changed, pointed });
    this.hidden = new Set();
    this.onClick = (event) => {
      const button = event.target.closest("button");
      if (button) this.#toggle(Number(button.dataset.line), event.shiftKey);
    };
    this.onOver = (event) => pointed(event.type === "pointerleave" ? null : Number(event.target.closest?.("button")?.dataset.line ?? NaN));
    list.addEventListener("click", this.onClick);
    list.addEventListener("pointerover", this.onOver);
    list.addEventListener("pointerleave", this.onOver);
  }

  /** lines: [{ name, colour }]. */
  show(lines) {
    this.lines = lines;
    this.list.replaceChildren();
    this.entries = lines.map((line, i) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      const [swatch, name, value] = ["i", "span", "b"].map((tag) => document.createElement(tag));
      button.type = "button";
      button.dataset.line = i;
      button.title = line.name;
      name.textContent = line.name;
      button.append(swatch, name, value);
      item.append(button);
      this.list.append(item);
      return { button, swatch, value };
    });
    this.mark();
  }

  /** Colours may have changed with the theme. */
  tint(colours) {
    this.colours = colours;
    this.entries.forEach((entry, i) => { entry.swatch.style.background = colours[i]; });
  }

  /** texts: one per line. */
  values(texts) {
    this.texts = texts;
    this.entries.forEach((entry, i) => { if (entry.value.textContent !== texts[i]) entry.value.textContent = texts[i]; });
  }

  isShown = (i) => !this.hidden.has(this.lines[i]?.name);

  /** What a picture shows of it. */
  shown() {
    return this.lines.map((line, i) => ({ name: line.name, colour: this.colours[i], value: this.texts?.[i] ?? "" })).filter((_, i) => this.isShown(i));
  }

  destroy() {
    this.list.removeEventListener("click", this.onClick);
    this.list.removeEventListener("pointerover", this.onOver);
    this.list.removeEventListener("pointerleave", this.onOver);
  }

  text = (value) => words(this.unit, value);

  #toggle(i, alone) {
    const { name } = this.lines[i];
    const others = this.lines.map((line) => line.name).filter((one) => one !== name);
    if (alone) {
      const already = !this.hidden.has(name) && others.every((one) => this.hidden.has(one));
      this.hidden = new Set(already ? [] : others);
    } else if (!this.hidden.delete(name)) this.hidden.add(name);
    this.mark();
    this.changed();
  }

  /** Says which lines are shown. */
  mark() {
    this.entries.forEach((entry, i) => entry.button.setAttribute("aria-pressed", String(this.isShown(i))));
  }
}
