// What the keys do. Letters are taken by their place on the keyboard, so that they are the same
// in a Cyrillic layout.

import { $, el } from "./dom.js";

const NAMES = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  Escape: "Esc",
  Slash: "/",
};

/** Groups of [name, [[keys, what it does, the command's name, arguments]]]. */
const KEYS = [
  [
    "Moving",
    [
      ["Alt+ArrowDown", "Next unit", "move", 1],
      ["Alt+ArrowUp", "Previous unit", "move", -1],
      ["Tab", "Next language; with Shift, the one before"],
      ["Alt+KeyN", "Next error or warning", "toIssue", 1],
      ["Alt+Shift+KeyN", "Previous error or warning", "toIssue", -1],
      ["Alt+KeyU", "Next that is not accepted", "toUnreviewed", 1],
      ["Alt+Shift+KeyU", "Previous that is not accepted", "toUnreviewed", -1],
      ["Alt+KeyL", "Lowest confidence; again: the next lowest", "toWorst"],
    ],
  ],
  [
    "Editing",
    [
      ["Ctrl+Enter", "Accept, and go to the next unit", "accept", true],
      ["Ctrl+Shift+Enter", "Accept, and stay", "accept", false],
      ["Alt+KeyR", "Revert to the draft", "revert"],
      ["Ctrl+KeyZ", "Undo typing; with Shift, redo"],
      ["Alt+KeyZ", "Undo the last step in this translation", "undo"],
      ["Alt+KeyS", "Copy the source", "copySource"],
      ["Ctrl+Digit1", "Use the first match, and so on to Ctrl+9", "insert", 1],
      ["Alt+KeyP", "Use this for all units with the same source", "spreadHere"],
    ],
  ],
  [
    "Looking",
    [
      ["Ctrl+KeyF", "Find, and replace", "find"],
      ["F3", "Next found; with Shift, the one before", "findNext", 1],
      ["Alt+KeyC", "Concordance of the selected words", "concordance"],
      ["Alt+KeyT", "Terms of this unit", "terms"],
      ["Alt+KeyV", "Show changes against the draft", "toggleDiff"],
      ["Alt+KeyI", "Show or hide the panel beside", "togglePanel"],
      ["Alt+KeyQ", "Filter", "toFilter"],
    ],
  ],
  [
    "All",
    [
      ["Ctrl+KeyS", "Write all edits into the files", "save"],
      ["Alt+KeyX", "Export", "toExport"],
      ["Escape", "Close; back to the text", "escape"],
      ["Ctrl+Slash", "These keys (also F1, and ? outside of a text)", "help"],
    ],
  ],
];

const bound = new Map();
for (const [, keys] of KEYS) {
  for (const [keys_, , command, argument] of keys) if (command) bound.set(keys_, [command, argument]);
}
bound.set("Shift+F3", ["findNext", -1]);
bound.set("F1", ["help"]);
for (let digit = 2; digit <= 9; digit++) bound.set(`Ctrl+Digit${digit}`, ["insert", digit]);

// What changes a translation, which a key pressed in another field must not do.
const CHANGING = new Set(["accept", "revert", "undo", "copySource", "insert", "spreadHere"]);

/** The name of what was pressed: "Ctrl+Shift+KeyN". */
function pressed(event) {
  const key = event.code === "NumpadEnter" ? "Enter" : event.code || event.key;
  const isCtrl = event.ctrlKey || event.metaKey;
  return [isCtrl && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift", key].filter(Boolean).join("+");
}

/** Run the commands of an object at the press of their keys. */
export function listen(commands) {
  addEventListener("keydown", (event) => {
    if (event.isComposing || $("help").open) return;
    const isWriting = event.target.matches("textarea, input, select");
    const found = event.key === "?" && !isWriting ? ["help"] : bound.get(pressed(event));
    if (!found) return;
    const [command, argument] = found;
    if (CHANGING.has(command) && event.target.matches("input, select")) return;
    // A command that has nothing to do here gives false: the browser may have the key.
    if (commands[command](argument) !== false) event.preventDefault();
  });
}

/** What the keys do, as the overlay shows it. */
export function help() {
  return KEYS.map(([name, keys]) =>
    el(
      "section",
      {},
      el("h3", {}, name),
      el("dl", {}, ...keys.flatMap(([keys_, says]) => [el("dt", {}, ...caps(keys_)), el("dd", {}, says)])),
    ),
  );
}

function caps(keys) {
  const name = (key) => NAMES[key] ?? key.replace(/^(Key|Digit)/, "");
  return keys.split("+").flatMap((key, at) => [at ? "+" : "", el("kbd", {}, name(key))]);
}
