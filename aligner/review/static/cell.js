// A target in its row: the field that it is edited in, and what is known of it.
//
// The field is a plain text area, for which spelling, input methods and screen readers work as
// anywhere. Behind it lies the same text, unseen: it makes the field as high as its text, and
// carries the colours.

import { changes, edited } from "./diff.js";
import { count, el, languageName, percent } from "./dom.js";
import { Painted } from "./paint.js";
import { STATES, state } from "./units.js";

const CHIPS = 2; // issues that are named below a text; the panel names all
const SEVERITY = { error: "Error", warning: "Warning", note: "Note" };

export class Cell {
  constructor(app, unit, lang) {
    Object.assign(this, { app, n: unit.n, lang });
    this.isComposing = false;
    const text = document.createTextNode("");
    const meta = `meta-${unit.n}-${lang}`;
    this.painted = new Painted(text);
    this.mirror = el("div", { class: "mirror", "aria-hidden": "true", lang, dir: "auto" }, text, "\u200b");
    this.area = el("textarea", {
      rows: 1,
      lang,
      dir: "auto",
      spellcheck: "true",
      autocomplete: "off",
      placeholder: "No translation yet",
      "aria-label": `${languageName(lang)}, unit ${unit.id || unit.n + 1}`,
      "aria-describedby": meta,
      oninput: () => this.#typed(),
      oncompositionstart: () => (this.isComposing = true),
      oncompositionend: () => (this.isComposing = false),
      onfocus: () => app.activate(this.n, lang),
    });
    this.meta = el("div", { class: "meta", id: meta });
    this.more = el("div", { class: "more" });
    this.element = el(
      "div",
      { class: "target", "data-lang": lang },
      el("div", { class: "field" }, this.mirror, this.area),
      this.meta,
      this.more,
    );
    this.update();
  }

  get target() {
    return this.app.units.target(this.n, this.lang);
  }

  /** Draw the target as it is now; a text that is being written is left alone. */
  update() {
    const { target, area } = this;
    if (!this.isComposing && plain(target.text) !== area.value) this.#show(target.text);
    else if (this.painted.node.data !== target.text) this.painted.node.data = target.text;
    this.paint();
    this.note();
  }

  /** Colour the terms, the places of issues, and what is looked for. */
  paint() {
    const placed = (list) =>
      list.filter(({ start }) => start !== null).map(({ start, stop }) => [start, stop]);
    const { issues, terms, text } = this.target;
    this.painted.set("term", placed(terms));
    for (const kind of Object.keys(SEVERITY)) {
      this.painted.set(kind, placed(issues.filter((issue) => issue.severity === kind)));
    }
    this.painted.set("find", this.app.finder.spans(text, this.lang));
  }

  /** What stands below the text. */
  note() {
    const { target } = this;
    const how = state(target);
    this.element.dataset.state = how;
    const isOwn = target.draft && target.draft !== target.text;
    const name = how === "tm" && target.match ? `Memory ${target.match} %` : STATES[how];
    this.meta.replaceChildren(
      el("span", { class: "state" }, how === "accepted" && isOwn ? "Edited, accepted" : name),
      ...(target.confidence === null ? [] : [confidence(target)]),
      ...chips(target.issues),
    );
    const more = [this.#conflict(), this.#repeats(), this.#changes()].filter(Boolean);
    if (more.length || this.more.childElementCount) this.more.replaceChildren(...more);
  }

  /** Write a text as if it had been typed: Ctrl+Z takes it back. */
  write(text, { isSelection = false } = {}) {
    const { area } = this;
    area.focus();
    if (!isSelection || area.selectionStart === area.selectionEnd) area.select();
    const isDone = text
      ? document.execCommand("insertText", false, text)
      : document.execCommand("delete");
    if (!isDone) {
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      this.#typed();
    }
  }

  dispose() {
    this.painted.clear();
  }

  #typed() {
    const { value } = this.area;
    const before = this.painted.node.data;
    this.painted.write(value, edited(before, value));
    this.painted.set("find", this.app.finder.spans(value, this.lang));
    this.app.typed(this.n, this.lang, value);
  }

  #show(text) {
    const { area } = this;
    const isFocused = document.activeElement === area;
    const [start, stop, now] = edited(area.value, plain(text));
    const moved = (at) => (at <= start ? at : at >= stop ? at + now - stop : now);
    const caret = [moved(area.selectionStart), moved(area.selectionEnd)];
    area.value = text;
    this.painted.node.data = text;
    if (isFocused) area.setSelectionRange(...caret);
  }

  #conflict() {
    const { app, n, lang } = this;
    const theirs = app.outbox.theirs(n, lang);
    if (!theirs) return null;
    const settle = (isOurs) => () => {
      app.outbox.settle(n, lang, isOurs);
      this.area.focus();
    };
    return el(
      "div",
      { class: "conflict", role: "group", "aria-label": "Changed in another window" },
      el("strong", {}, "Changed in another window. "),
      "There it reads, compared with yours:",
      drawn(changes(this.area.value, theirs.text), lang),
      el("button", { type: "button", onclick: settle(true) }, "Keep mine"),
      el("button", { type: "button", onclick: settle(false) }, "Take theirs"),
    );
  }

  #repeats() {
    const { app, n, lang } = this;
    const repeats = app.repeats.get(`${n} ${lang}`) ?? [];
    if (!repeats.length) return null;
    return el(
      "div",
      { class: "repeats" },
      `The same source stands in ${count(repeats.length, "more unit")}. `,
      el(
        "button",
        { type: "button", "aria-keyshortcuts": "Alt+P", onclick: () => app.spread(n, lang) },
        "Use this there, too",
      ),
    );
  }

  #changes() {
    const { draft, text } = this.target;
    if (!this.app.isDiffShown || !draft || draft === text) return null;
    return drawn(changes(draft, text), this.lang);
  }
}

// A text area knows line feeds only.
const plain = (text) => text.replace(/\r\n?/g, "\n");

function confidence(target) {
  const bar = el("span", { class: "bar", "aria-hidden": "true" }, el("span"));
  bar.firstChild.style.width = `${100 * target.confidence}%`;
  const title = `Confidence ${percent(target.confidence)}, by: ${target.basis}`;
  return el("span", { class: "confidence", title }, bar, percent(target.confidence));
}

function chips(issues) {
  const shown = issues.slice(0, CHIPS).map((issue) => chip(issue));
  const rest = issues.length - shown.length;
  if (rest > 0) shown.push(el("span", { class: "chip" }, `${rest} more`));
  return shown;
}

export function chip({ severity, message, check }) {
  return el(
    "span",
    { class: `chip ${severity}`, title: check },
    el("b", {}, SEVERITY[severity] ?? "Note"),
    el("span", { dir: "auto" }, message),
  );
}

/** A difference, as a paragraph. */
export function drawn(script, lang) {
  const tags = { same: "span", gone: "del", new: "ins" };
  const parts = script.map(([kind, text]) => el(tags[kind], {}, text));
  return el("p", { class: "diff", lang, dir: "auto" }, ...parts);
}
