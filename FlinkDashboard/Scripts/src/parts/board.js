// What the charts of one page share: range, cursor, marks, colours, and which of them are in sight.
import { colours } from "./paint.js";
import { iso, moment } from "./moments.js";

const EARLY = 200; // pixels below the window that count as in sight

export class Board {
  charts = new Set();
  marks = [];
  range = null;

  constructor(element, dotnet) {
    Object.assign(this, { element, dotnet });
    this.tint = colours(element);
    this.readout = element.querySelector("[data-readout]");
    this.voice = element.querySelector("[data-say]");
    this.seen = new IntersectionObserver((entries) => {
      for (const entry of entries) entry.target.dataset.inSight = entry.isIntersecting;
      clearTimeout(this.telling);
      this.telling = setTimeout(() => this.tell(), 30);
    }, { rootMargin: `${EARLY}px 0px` });
    this.sized = new ResizeObserver((entries) => { for (const entry of entries) for (const chart of this.charts) if (chart.plot === entry.target) chart.resize(); });
    this.onVisible = () => this.ask("Awake", !document.hidden);
    this.onTheme = () => requestAnimationFrame(() => {
      this.tint = colours(element);
      for (const chart of this.charts) chart.paint();
    });
    this.themed = new MutationObserver(this.onTheme);
    this.themed.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.scheme.addEventListener("change", this.onTheme);
    document.addEventListener("visibilitychange", this.onVisible);
  }

  /** Looks which charts there are; after some have come or gone. */
  look() {
    for (const card of this.element.querySelectorAll("[data-chart]")) this.seen.observe(card);
  }

  tell() {
    this.ask("Seen", [...this.element.querySelectorAll('[data-chart][data-in-sight="true"]')].map((card) => card.dataset.chart));
  }

  ask(method, ...args) {
    return this.dotnet?.invokeMethodAsync(method, ...args).catch(() => {});
  }

  /** Milliseconds; moves every chart at once. */
  show(from, to) {
    this.range = [from / 1000, to / 1000];
    this.element.dataset.from = iso(this.range[0]);
    this.element.dataset.to = iso(this.range[1]);
    for (const chart of this.charts) chart.rescale();
  }

  /** Puts the cursor of every chart on a time; null takes it away. */
  point(time, from) {
    if (this.readout) {
      this.readout.textContent = time === null ? "" : moment(time);
      this.readout.title = time === null ? "" : iso(time);
    }
    this.element.dataset.cursor = time === null ? "" : iso(time);
    for (const chart of this.charts) chart.point(time, chart === from);
  }

  /** The marks that are for a chart. */
  marksOf(chart) {
    const id = chart.host.closest("[data-chart]")?.dataset.chart;
    return this.marks.filter((one) => !one.chart || one.chart === id);
  }

  say(text) {
    if (this.voice) this.voice.textContent = text;
  }

  zoom(from, to) {
    const [least, most] = [Math.min(from, to), Math.max(from, to)];
    this.ask("Zoomed", Math.round(least * 1000), Math.round(most * 1000));
  }

  zoomOut() {
    this.ask("ZoomedOut");
  }

  destroy() {
    clearTimeout(this.telling);
    this.seen.disconnect();
    this.sized.disconnect();
    this.themed.disconnect();
    this.scheme.removeEventListener("change", this.onTheme);
    document.removeEventListener("visibilitychange", this.onVisible);
    for (const chart of [...this.charts]) chart.destroy();
  }
}
