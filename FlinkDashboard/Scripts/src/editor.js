// The YAML editor. Problems, completions and explanations come from the server; here is only the typing.
import { autocompletion } from "@codemirror/autocomplete";
import { indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { indentService, indentUnit } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { look } from "./parts/look.js";
import { placeAt, siblings } from "./parts/place.js";

const PAUSE = 250;

// A new line stands as deep as the one before it, and one step deeper behind a key without a value. The grammar's own rule goes deeper behind every value.
const indentation = indentService.of((context, position) => {
  let text = context.lineAt(position, -1).text;
  if (text.trim() === "") {
    const line = context.state.doc.lineAt(position);
    if (line.number > 1) text = context.state.doc.line(line.number - 1).text;
  }
  const depth = /^(?:\s|-(?=\s))*/.exec(text)[0].length;
  return /:\s*(#.*)?$|:\s*[|>][+-]?\s*$/.test(text) ? depth + context.unit : depth;
});

/**
 * Makes an editor in an element.
 * options: { text, label, describedBy, readOnly }. dotnet: Typed(text), Complete(names, key, inValue) → [{ name, detail, info, apply }], Explain(names, key) → { title, text } or null.
 */
export function create(host, options, dotnet) {
  const writable = new Compartment();
  let timer = 0;
  let quiet = false;
  let told = options.text ?? "";

  const tell = () => {
    clearTimeout(timer);
    timer = 0;
    const text = view.state.doc.toString();
    if (text === told) return Promise.resolve();
    told = text;
    return dotnet.invokeMethodAsync("Typed", text).catch(() => {});
  };

  const complete = async (context) => {
    const place = placeAt(context.state, context.pos);
    if (!context.explicit && place.typed === "") return null;
    const offers = await dotnet.invokeMethodAsync("Complete", place.parents, place.key ?? "", place.inValue).catch(() => []);
    const there = place.inValue ? new Set() : siblings(context.state, context.pos, place.depth);
    const rest = offers.filter((offer) => !there.has(offer.name));
    return rest.length === 0 ? null : {
      from: place.from,
      options: rest.map((offer) => ({ label: offer.name, detail: offer.detail, info: offer.info || undefined, apply: offer.apply, type: place.inValue ? "enum" : "property" })),
      validFor: /^[\w.\-/]*$/,
    };
  };

  const explain = hoverTooltip(async (one, position) => {
    const place = placeAt(one.state, position);
    if (place.key === null || place.inValue) return null;
    const words = await dotnet.invokeMethodAsync("Explain", place.parents, place.key).catch(() => null);
    return words === null ? null : {
      pos: position,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "cm-hover";
        const title = document.createElement("strong");
        title.textContent = words.title;
        dom.append(title, words.text);
        return { dom };
      },
    };
  });

  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: told,
      extensions: [
        basicSetup,
        yaml(),
        indentUnit.of("  "),
        indentation,
        look,
        lintGutter(),
        autocompletion({ override: [complete], activateOnTyping: true, icons: false }),
        explain,
        keymap.of([indentWithTab]),
        writable.of([EditorState.readOnly.of(options.readOnly === true), EditorView.editable.of(options.readOnly !== true)]),
        EditorView.contentAttributes.of({ "aria-label": options.label, ...(options.describedBy ? { "aria-describedby": options.describedBy } : {}), spellcheck: "false", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || quiet) return;
          clearTimeout(timer);
          timer = setTimeout(tell, PAUSE);
        }),
        // Escape opens a way out by Tab for two seconds (the editor's own rule); whoever cannot see is told.
        EditorView.domEventHandlers({
          keydown: (event, one) => { if (event.key === "Escape") one.dispatch({ effects: EditorView.announce.of("Tab leaves the editor now.") }); },
          blur: () => { if (timer) tell(); },
        }),
      ],
    }),
  });
  host.dataset.ready = "true";

  const lineAt = (number) => view.state.doc.line(Math.min(Math.max(1, number), view.state.doc.lines));

  return {
    /** Replaces the text when it is another, keeping the cursor's place and the way back. */
    update(text) {
      if (timer) return; // what is being typed is newer; it will be told
      told = text;
      const now = view.state.doc.toString();
      if (text === now) return;
      let from = 0;
      while (from < Math.min(text.length, now.length) && text[from] === now[from]) from++;
      let end = 0;
      while (end < Math.min(text.length, now.length) - from && text[text.length - 1 - end] === now[now.length - 1 - end]) end++;
      quiet = true;
      view.dispatch({ changes: { from, to: now.length - end, insert: text.slice(from, text.length - end) } });
      quiet = false;
    },

    /** problems: [{ line, column, severity: "error" | "warning" | "info", message }], lines from 1. */
    problems(list) {
      view.dispatch(setDiagnostics(view.state, list.map((one) => {
        const line = lineAt(one.line);
        const start = line.from + (one.column > 1 ? Math.min(one.column - 1, line.length) : line.text.length - line.text.trimStart().length);
        return { from: Math.min(start, line.to), to: line.to, severity: one.severity, message: one.message };
      })));
    },

    /** Puts the cursor on a line and shows it. */
    reveal(number) {
      const line = lineAt(number);
      view.dispatch({ selection: { anchor: line.from + line.text.length - line.text.trimStart().length }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
      view.focus();
    },

    /** The text as it stands, told to the server if it was not yet. */
    async flush() {
      await tell();
      return view.state.doc.toString();
    },

    destroy() {
      clearTimeout(timer);
      view.destroy();
    },
  };
}
