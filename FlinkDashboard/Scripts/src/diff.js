// Two versions of a YAML text: side by side where there is room, one below the other on a phone. Read only.
import { yaml } from "@codemirror/lang-yaml";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { look } from "./parts/look.js";

const collapse = { margin: 3, minSize: 6 };

const marks = EditorView.theme({
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": { backgroundColor: "color-mix(in srgb, var(--failing-fill) 11%, transparent)" },
  "&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine": { backgroundColor: "color-mix(in srgb, var(--healthy-fill) 12%, transparent)" },
  "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": { background: "color-mix(in srgb, var(--failing-fill) 30%, transparent)" },
  "&.cm-merge-b .cm-changedText": { background: "color-mix(in srgb, var(--healthy-fill) 30%, transparent)" },
  "&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter": { background: "var(--failing-fill)" },
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--healthy-fill)" },
  ".cm-collapsedLines": { background: "var(--sunken)", color: "var(--text-dim)", borderBlock: "1px solid var(--line)", fontFamily: "var(--font)", padding: "2px 12px" },
  ".cm-collapsedLines::before, .cm-collapsedLines::after": { content: '"···"', margin: "0 8px" },
});

const readOnly = (label) => [lineNumbers(), yaml(), look, marks, EditorView.lineWrapping, EditorState.readOnly.of(true), EditorView.editable.of(false), EditorView.contentAttributes.of({ "aria-label": label, role: "textbox", "aria-multiline": "true", "aria-readonly": "true", tabindex: "0" })];

/** options: { before, after, beforeLabel, afterLabel }. */
export function create(host, options) {
  const narrow = matchMedia("(max-width: 900px)");
  let shown = options;
  let view = null;

  const draw = () => {
    view?.destroy();
    host.replaceChildren();
    view = narrow.matches
      ? new EditorView({ parent: host, doc: shown.after, extensions: [...readOnly(`${shown.beforeLabel} and ${shown.afterLabel}`), unifiedMergeView({ original: shown.before, mergeControls: false, collapseUnchanged: collapse })] })
      : new MergeView({
        parent: host,
        a: { doc: shown.before, extensions: readOnly(shown.beforeLabel) },
        b: { doc: shown.after, extensions: readOnly(shown.afterLabel) },
        collapseUnchanged: collapse,
        gutter: true,
      });
    host.dataset.ready = narrow.matches ? "unified" : "side-by-side";
  };

  draw();
  narrow.addEventListener("change", draw);
  return {
    update(next) {
      shown = next;
      draw();
    },
    destroy() {
      narrow.removeEventListener("change", draw);
      view?.destroy();
    },
  };
}
