// The PromQL editor: colours, completion and checks of the language are the packages'; names, labels and values come from the server, which may ask.
import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, insertNewlineAndIndent } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap, placeholder } from "@codemirror/view";
import { PromQLExtension } from "@prometheus-io/codemirror-promql";
import { look } from "./parts/look.js";

const KEY = "promql:recent";
const MOST = 20;

const blame = StateEffect.define();
const blamed = StateField.define({
  create: () => Decoration.none,
  update: (marks, change) => change.effects.find((one) => one.is(blame))?.value ?? (change.docChanged ? Decoration.none : marks),
  provide: (field) => EditorView.decorations.from(field),
});

/** What the package asks a Prometheus for, asked of the server. Lists of everything are asked for once. */
function remote(dotnet) {
  const once = new Map();
  const ask = (method, ...args) => dotnet.invokeMethodAsync(method, ...args).catch(() => null);
  const keep = (key, make) => {
    if (!once.has(key)) once.set(key, make());
    return once.get(key);
  };
  return {
    metricNames: () => keep("names", async () => (await ask("MetricNames")) ?? []),
    metricMetadata: () => keep("metadata", async () => Object.fromEntries(((await ask("Metadata")) ?? []).map((one) => [one.name, [{ type: one.type, help: one.help }]]))),
    labelNames: (metric) => keep(`labels ${metric ?? ""}`, async () => (await ask("LabelNames", metric ?? null)) ?? []),
    labelValues: (label, metric) => keep(`values ${label} ${metric ?? ""}`, async () => (await ask("LabelValues", label, metric ?? null)) ?? []),
    series: async () => [],
    flags: async () => ({}),
  };
}

/** Queries asked lately, the newest first; kept in this browser. */
export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return []; // somebody else wrote there, or nothing may be kept
  }
}

/** Puts a query at the head of those asked lately. */
export function remember(text) {
  try {
    localStorage.setItem(KEY, JSON.stringify([text, ...recent().filter((one) => one !== text)].slice(0, MOST)));
  } catch {
    // A browser that keeps nothing asks all the same.
  }
  return recent();
}

/**
 * Makes an editor in an element. options: { text, label }. dotnet: Ask(text), MetricNames(), Metadata() → [{ name, type, help }], LabelNames(metric), LabelValues(label, metric).
 */
export function create(host, options, dotnet) {
  const language = new PromQLExtension().setComplete({ remote: remote(dotnet), maxMetricsMetadata: 10000 });
  const ask = (view) => {
    closeCompletion(view);
    dotnet.invokeMethodAsync("Ask", view.state.doc.toString()).catch(() => {});
    return true;
  };
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: options.text ?? "",
      extensions: [
        keymap.of([{ key: "Enter", run: ask }, { key: "Mod-Enter", run: ask }, { key: "Shift-Enter", run: insertNewlineAndIndent }]),
        history(), bracketMatching(), closeBrackets(), autocompletion({ icons: false }), language.asExtension(), look, blamed, EditorView.lineWrapping,
        placeholder("sum by (namespace) (flink_jobmanager_numRunningJobs)"),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({ "aria-label": options.label, spellcheck: "false", tabindex: "0" }),
      ],
    }),
  });
  host.dataset.ready = "true";
  return {
    update(text) {
      if (text !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    /** Marks the place that the server complains about; lines and columns from 1. */
    problem(line, column) {
      const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      const from = Math.min(at.to, at.from + Math.max(0, column - 1));
      const word = /^\w+|^./.exec(view.state.doc.sliceString(from, at.to))?.[0].length ?? 0;
      const [start, end] = word > 0 ? [from, from + word] : [Math.max(at.from, from - 1), from];
      if (start < end) view.dispatch({ effects: blame.of(Decoration.set([Decoration.mark({ class: "cm-lintRange cm-lintRange-error", attributes: { "data-blamed": "true" } }).range(start, end)])) });
    },
    /** The text, which is asked now: nothing is completed any more. */
    text() {
      closeCompletion(view);
      return view.state.doc.toString();
    },
    focus: () => view.focus(),
    destroy() {
      language.destroy();
      view.destroy();
    },
  };
}
