// Where in a YAML document a position stands, read from indentation: it works while a line is half typed, when no parser would.

const KEY = /^((?:\s|-(?=\s|$))*)("[^"]*"|'[^']*'|[^\s#'"[\]{},\-][^#]*?)\s*:(?=\s|$)/;
const BLANK = /^\s*(#.*)?$/;
const BLOCK = /:\s*[|>][+-]?\d?\s*$/;

const plain = (key) => key.replace(/^["']|["']$/g, "");
const lead = (text) => /^(?:\s|-(?=\s|$))*/.exec(text)[0];

// Goes into a line: the items that begin on it, then what its own depth ends. A list may stand at the same depth as the key that holds it.
function enter(stack, start) {
  for (let at = 0; at < start.length; at++) {
    if (start[at] !== "-") continue;
    while (stack.length > 0 && (stack.at(-1).depth > at || (stack.at(-1).depth === at && stack.at(-1).name === "[]"))) stack.pop();
    stack.push({ depth: at, name: "[]" });
  }
  while (stack.length > 0 && stack.at(-1).depth >= start.length) stack.pop();
}

/**
 * The place of a position: { parents, key, inValue, depth, from, typed }.
 * parents: names from the root to the map the line stands in, "[]" for an item of a list; key: name on this line, or null; depth: column of that name;
 * from: where the word under the cursor begins; typed: that word up to the cursor.
 */
export function placeAt(state, position) {
  const line = state.doc.lineAt(position);
  const before = line.text.slice(0, position - line.from);
  const stack = [];
  let block = -1;
  for (let number = 1; number < line.number; number++) {
    const text = state.doc.line(number).text;
    const start = lead(text);
    if (text.startsWith("---")) { stack.length = 0; block = -1; continue; }
    if (BLANK.test(text) || (block >= 0 && start.length > block)) continue;
    enter(stack, start);
    const found = KEY.exec(text);
    if (found) stack.push({ depth: start.length, name: plain(found[2]) });
    block = BLOCK.test(text) ? start.length : -1;
  }
  const own = BLANK.test(line.text) ? before : lead(line.text);
  enter(stack, own);
  const match = KEY.exec(line.text);
  const inValue = match !== null && before.length >= match[0].length;
  const typed = inValue ? /[^\s"'[\],{}]*$/.exec(before)[0] : /[^\s"':]*$/.exec(before.slice(Math.min(own.length, before.length)))[0];
  return { parents: stack.map((one) => one.name), key: match ? plain(match[2]) : null, inValue, depth: own.length, from: position - typed.length, typed };
}

/** Names that stand beside a line at its depth: they need not be offered again. */
export function siblings(state, position, depth) {
  const here = state.doc.lineAt(position).number;
  const names = new Set();
  for (const step of [-1, 1]) {
    for (let number = here + step; number >= 1 && number <= state.doc.lines; number += step) {
      const text = state.doc.line(number).text;
      if (BLANK.test(text)) continue;
      const start = lead(text);
      if (start.length < depth || text.startsWith("---") || (step === 1 && start.length === depth && start.includes("-"))) break;
      const found = start.length === depth ? KEY.exec(text) : null;
      if (found) names.add(plain(found[2]));
      if (start.length === depth && start.includes("-")) break;
    }
  }
  return names;
}
