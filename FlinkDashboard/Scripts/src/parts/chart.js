// One chart: uPlot on a canvas, made once; lines come whole at first and then as points that are appended.
import uPlot from "uplot";
import { Legend } from "./legend.js";
import { Lines } from "./lines.js";
import { iso, ticks, time } from "./moments.js";
import { clusters, glyph, leader, paintMarks, paintThresholds, weaker } from "./paint.js";
import { picture, save } from "./picture.js";
import { steps, words } from "./units.js";

const element = (tag, name) => Object.assign(document.createElement(tag), { className: name });

export class Chart {
  lines = new Lines();
  names = [];
  appended = 0;
  places = [];

  /** options: { title, unit, stacked, thresholds: [{ value, words, severe }] }. */
  constructor(host, options, board) {
    Object.assign(this, { host, options, board });
    this.plot = element("div", "chart-plot");
    this.plot.tabIndex = 0;
    this.plot.setAttribute("role", "application");
    this.plot.setAttribute("aria-label", `${options.title}, chart. Arrow keys move the cursor, plus and minus zoom, Escape leaves the cursor.`);
    const list = element("ul", "chart-legend");
    list.setAttribute("aria-label", `Lines of ${options.title}`);
    host.replaceChildren(this.plot, list);
    this.legend = new Legend(list, options.unit, () => this.#chosen(), (i) => this.#focus(i));
    this.age = host.parentElement.querySelector("[data-age]");
    this.onKey = (event) => this.#key(event);
    this.onTouch = (event) => { if (event.pointerType === "touch") this.#touch(event); };
    this.plot.addEventListener("keydown", this.onKey);
    this.u = new uPlot(this.#options(), [[], []], this.plot);
    this.u.delSeries(1);
    this.u.over.addEventListener("pointerdown", this.onTouch);
    this.u.over.addEventListener("pointermove", this.onTouch);
    this.marks = element("div", "chart-marks");
    this.u.over.append(this.marks);
    board.charts.add(this);
    board.sized.observe(this.plot);
  }

  /** Everything anew. lines: [{ name, colour }], colour from 0; others: how many more lines the last rows stand for; hidden: names of those that are hidden. */
  frame({ from, step, points, lines, others, hidden, at }, bytes) {
    this.lines.take(from, step, points, bytes);
    this.legend.hidden = new Set(hidden);
    const names = lines.map((line) => `${line.name} ${line.colour}`).join("\n") + others;
    if (names !== this.known) this.#series(lines, others);
    this.known = names;
    this.legend.mark();
    this.#showSeries();
    this.#draw(at);
  }

  /** Hides these lines and no others. */
  hide(names) {
    this.legend.hidden = new Set(names);
    this.legend.mark();
    this.#hide();
  }

  /** Newer points only. */
  update(at, drop, keep, bytes) {
    this.lines.append(drop, keep, bytes);
    this.appended++;
    this.#draw(at);
  }

  rescale() {
    if (!this.board.range || this.lines.xs.length === 0) return;
    const [min, max] = this.board.range;
    this.u.setScale("x", { min, max });
    Object.assign(this.host.dataset, { from: iso(min), to: iso(max) });
  }

  paint() {
    this.legend.tint(this.colours());
    this.u.redraw(false, true);
  }

  resize() {
    const width = this.plot.clientWidth;
    if (width > 0 && width !== this.u.width) this.u.setSize({ width, height: this.#height() });
  }

  /** Shows the cursor at the moment nearest to a time. */
  point(at, own) {
    const place = at === null ? -1 : this.lines.nearest(at);
    this.at = place < 0 ? null : place;
    this.host.dataset.cursor = place < 0 ? "" : iso(this.lines.xs[place]);
    if (!own) {
      this.quiet = true;
      this.u.setCursor(place < 0 ? { left: -10, top: -10 } : { left: this.u.valToPos(this.lines.xs[place], "x"), top: 0 }, false);
      this.quiet = false;
    }
    this.#tell();
  }

  /** Saves it as a PNG; answers its size in bytes. */
  picture(name) {
    return save(picture(this.u, this.options.title, this.legend.shown(), this.board.tint), name);
  }

  destroy() {
    this.board.charts.delete(this);
    this.board.sized.unobserve(this.plot);
    this.plot.removeEventListener("keydown", this.onKey);
    this.legend.destroy();
    this.u.destroy();
  }

  colours() {
    const { lines, others } = this.board.tint;
    return this.names.map((line) => (line.colour < 0 ? others : lines[line.colour % lines.length]));
  }

  #height() {
    return Math.max(90, this.plot.clientHeight || 176);
  }

  #options() {
    const tint = () => this.board.tint;
    const axis = { stroke: () => tint().dim, grid: { stroke: () => tint().line, width: 1 }, ticks: { show: false }, font: `11px ${tint().font}` };
    return {
      width: Math.max(200, this.plot.clientWidth), height: this.#height(), legend: { show: false }, padding: [10, 12, 0, 0],
      scales: { x: { time: true }, y: { range: (u, low, high) => this.#range(low, high) } },
      axes: [
        { ...axis, space: 64, size: 26, gap: 6, values: (u, splits, i, space, step) => ticks(splits, step) },
        { ...axis, size: 64, gap: 6, space: 32, incrs: steps(this.options.unit), values: (u, splits) => splits.map((one) => words(this.options.unit, one)) },
      ],
      series: [{}, {}],
      focus: { alpha: 0.25 },
      cursor: {
        y: false, focus: { prox: 14 }, drag: { x: true, y: false, setScale: false },
        points: { size: 7, width: 1.5 },
        bind: { dblclick: () => () => { this.board.zoomOut(); } },
      },
      hooks: {
        setCursor: [(u) => this.#moved(u)],
        setSelect: [(u) => this.#selected(u)],
        drawClear: [],
        draw: [(u) => {
          const found = clusters(u, this.board.marksOf(this));
          paintMarks(u, found, tint());
          paintThresholds(u, this.options.thresholds, tint());
          this.#hang(found);
        }],
      },
    };
  }

  #range(low, high) {
    if (low === null || high === null) return [0, 1];
    const { unit, stacked, thresholds } = this.options;
    for (const one of thresholds) if (one.value > high && one.value <= high * 1.6) high = one.value * 1.04;
    if (low < 0) return [low - (high - low) * 0.08, high + (high - low) * 0.08];
    if (high === 0) return [0, unit === "Ratio" ? 0.1 : 1];
    if (unit === "Ratio") return [0, high > 0.5 && high <= 1 ? 1 : high * 1.15];
    if (this.filled || stacked || high - low > high * 0.15 || high === low) return [0, high * 1.1];
    return [Math.max(0, low - (high - low) * 0.4), high + (high - low) * 0.2];
  }

  #series(lines, others) {
    const { stacked } = this.options;
    const rest = others === 0 ? [] : stacked ? [{ name: `${others} others`, colour: -1 }] : [{ name: `${others} others`, colour: -1 }, { name: "", colour: -1, upper: true }];
    this.names = [...lines, ...rest];
    this.filled = stacked || this.names.length === 1;
    while (this.u.series.length > 1) this.u.delSeries(this.u.series.length - 1);
    this.u.delBand(null);
    const colour = (i) => this.colours()[i];
    this.names.forEach((line, i) => {
      const own = { label: line.name, width: line.colour < 0 ? 1 : 1.5, stroke: () => (line.colour < 0 ? weaker(colour(i), 0.55) : colour(i)), points: { show: false }, spanGaps: false, show: true };
      if (this.filled && !stacked) own.fill = () => weaker(colour(i), 0.14);
      if (stacked && i === 0) own.fill = () => weaker(colour(i), 0.35);
      this.u.addSeries(own, i + 1);
      if (stacked && i > 0) this.u.addBand({ series: [i + 1, i], fill: () => weaker(colour(i), 0.35) });
      if (line.upper) this.u.addBand({ series: [i + 1, i], fill: () => weaker(colour(i), 0.18) });
    });
    this.legend.show(this.names.filter((line) => !line.upper));
    this.legend.tint(this.colours());
    this.#showSeries();
  }

  #showSeries() {
    this.names.forEach((line, i) => {
      const shown = this.legend.isShown(line.upper ? i - 1 : i);
      if (this.u.series[i + 1].show !== shown) this.u.setSeries(i + 1, { show: shown }, false);
    });
  }

  #hide() {
    this.#showSeries();
    if (this.options.stacked) this.u.setData(this.lines.drawn(true, this.legend.isShown), false);
    this.u.redraw(true, false);
    this.host.dataset.hidden = [...this.legend.hidden].join(",");
  }

  // By a click: the address keeps it.
  #chosen() {
    this.#hide();
    this.board.ask("Hidden", this.host.closest("[data-chart]")?.dataset.chart, [...this.legend.hidden]);
  }

  #focus(i) {
    if (this.focused === i || Number.isNaN(i)) return;
    this.focused = i;
    this.u.setSeries(i === null ? null : i + 1, { focus: i !== null }, false);
  }

  #draw(at) {
    this.u.batch(() => {
      this.u.setData(this.lines.drawn(this.options.stacked, this.legend.isShown), false);
      const [min, max] = this.board.range ?? [this.lines.xs[0], this.lines.xs[this.lines.xs.length - 1]];
      this.u.setScale("x", { min, max });
      Object.assign(this.host.dataset, { from: iso(min), to: iso(max) });
    });
    if (this.age) this.#dated(at);
    Object.assign(this.host.dataset, { ready: "true", points: this.lines.xs.length, lines: this.names.length, appended: this.appended });
    this.host.chart = this;
    this.#tell();
  }

  // The text node is ours; ages.js keeps it current.
  #dated(at) {
    let time = this.age.querySelector("time");
    if (!time) {
      time = document.createElement("time");
      time.append("just now");
      this.age.append(time);
    }
    Object.assign(time, { dateTime: iso(at / 1000), title: iso(at / 1000) });
    Object.assign(time.dataset, { at: Math.round(at), form: "ago" });
  }

  #tell() {
    const place = this.at ?? this.lines.last;
    if (place < 0) return;
    this.legend.values(this.names.flatMap((line, i) => {
      if (line.upper) return [];
      const value = this.lines.rows[i][place];
      return [this.names[i + 1]?.upper ? `${this.legend.text(value)} to ${this.legend.text(this.lines.rows[i + 1][place])}` : this.legend.text(value)];
    }));
  }

  #moved(u) {
    if (this.quiet) return;
    const { left, idx } = u.cursor;
    this.board.point(left < 0 || idx === null || idx === undefined ? null : this.lines.xs[idx], this);
  }

  #selected(u) {
    const { left, width } = u.select;
    if (width < 6) return;
    this.board.zoom(u.posToVal(left, "x"), u.posToVal(left + width, "x"));
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  }

  #touch(event) {
    const box = this.u.over.getBoundingClientRect();
    const at = this.u.posToVal(event.clientX - box.left, "x");
    this.board.point(at, null);
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { xs } = this.lines;
    if (xs.length === 0) return;
    const [min, max] = [this.u.scales.x.min, this.u.scales.x.max];
    const now = this.at ?? null;
    const go = (place) => {
      const at = Math.min(xs.length - 1, Math.max(0, place));
      this.board.point(xs[at], null);
      const told = this.legend.shown().map((one) => `${one.name} ${one.value}`);
      this.board.say(`${time(xs[at])}: ${told.join("; ")}`);
    };
    const by = event.shiftKey ? 10 : 1;
    switch (event.key) {
      case "ArrowLeft": go((now ?? xs.length) - by); break;
      case "ArrowRight": go((now ?? -1) + by); break;
      case "Home": go(0); break;
      case "End": go(xs.length - 1); break;
      case "Escape": if (now === null) return; this.board.point(null, null); this.board.say(""); break;
      case "+": case "=": {
        const middle = now === null ? (min + max) / 2 : xs[now];
        this.board.zoom(Math.max(min, middle - (max - min) / 4), Math.min(max, middle + (max - min) / 4));
        break;
      }
      case "-": this.board.zoomOut(); break;
      default: return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  // Marks are pointed at through elements of their own: they have words and, mostly, somewhere to go.
  #hang(found) {
    const shape = found.map((one) => `${Math.round(one.x)} ${one.marks.length}`).join();
    if (shape === this.hung) return;
    this.hung = shape;
    this.marks.replaceChildren(...found.map((cluster) => {
      const first = leader(cluster);
      const mark = document.createElement(first.href ? "a" : "span");
      if (first.href) mark.href = first.href;
      mark.tabIndex = -1;
      mark.className = "chart-mark";
      mark.dataset.kind = first.kind;
      mark.style.left = `${cluster.x - 8}px`;
      const lines = cluster.marks.slice(0, 8).map((one) => `${glyph(one.kind)} ${time(one.at)} ${one.words}`);
      if (cluster.marks.length > 8) lines.push(`and ${cluster.marks.length - 8} more`);
      mark.title = lines.join("\n");
      mark.setAttribute("aria-label", lines.join("; "));
      return mark;
    }));
  }
}
