// How YAML looks, in the editor and in the view of differences: every colour is a variable of the site, so both themes follow by themselves.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const words = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--healthy)" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "var(--degraded)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--text-dim)", fontStyle: "italic" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace, tags.meta], color: "var(--text-dim)" },
  { tag: [tags.labelName, tags.typeName], color: "var(--unknown)" },
]);

const frame = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "var(--panel)", fontSize: "var(--t-12)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--text)", padding: "8px 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--text-faint)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 6%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--selected)", color: "var(--text)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, .cm-content ::selection": { backgroundColor: "color-mix(in srgb, var(--accent) 26%, transparent)" },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--accent) 14%, transparent)" },
  ".cm-searchMatch": { backgroundColor: "var(--changed)", outline: "1px solid var(--degraded-fill)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--sunken)", border: "1px solid var(--line-strong)", color: "var(--text-dim)", padding: "0 6px" },
  ".cm-foldGutter .cm-gutterElement": { color: "var(--text-dim)", cursor: "pointer" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--text)", fontFamily: "var(--font)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-textfield": { backgroundColor: "var(--panel)", border: "1px solid var(--control-line)", borderRadius: "4px", color: "var(--text)" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--panel)", border: "1px solid var(--control-line)", borderRadius: "4px", color: "var(--text)" },
  ".cm-panel.cm-search [name=close], .cm-panel.cm-panel-lint button[name=close]": { color: "var(--text)" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", border: "1px solid var(--line-strong)", borderRadius: "6px", boxShadow: "var(--shadow)", color: "var(--text)", maxWidth: "min(46ch, 90vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--text)" },
  ".cm-completionDetail": { color: "var(--text-dim)", fontStyle: "normal", marginLeft: "1.2em" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: "var(--accent)" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 12px", fontFamily: "var(--font)", maxWidth: "min(42ch, 80vw)", whiteSpace: "pre-wrap" },
  ".cm-diagnostic": { padding: "4px 10px", fontFamily: "var(--font)", whiteSpace: "pre-wrap" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--failing-fill)" },
  ".cm-diagnostic-warning": { borderLeft: "4px solid var(--degraded-fill)" },
  ".cm-diagnostic-info, .cm-diagnostic-hint": { borderLeft: "4px solid var(--changing-fill)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--failing-fill) 1px", textUnderlineOffset: "3px" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--degraded-fill) 1px", textUnderlineOffset: "3px" },
  ".cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline dotted var(--changing-fill) 1px", textUnderlineOffset: "3px" },
  ".cm-lint-marker": { width: "0.9em", height: "0.9em", borderRadius: "50%", content: "none", marginTop: "0.25em" },
  ".cm-lint-marker-error": { backgroundColor: "var(--failing-fill)" },
  ".cm-lint-marker-warning": { backgroundColor: "var(--degraded-fill)", borderRadius: "2px", transform: "rotate(45deg) scale(0.8)" },
  ".cm-lint-marker-info": { backgroundColor: "var(--changing-fill)" },
  ".cm-hover": { padding: "8px 12px", fontFamily: "var(--font)", whiteSpace: "pre-wrap" },
  ".cm-hover strong": { fontFamily: "var(--mono)", display: "block", marginBottom: "2px" },
  ".cm-placeholder": { color: "var(--text-faint)" },
});

/** Colours and frame of YAML text. */
export const look = [frame, syntaxHighlighting(words)];
