// A unit in the list: its source, and a cell for each language that is shown.

import { Cell } from "./cell.js";
import { el } from "./dom.js";
import { Painted } from "./paint.js";

const SEVERITIES = ["note", "warning", "error"];
const KINDS = { heading: "Heading", caption: "Caption", boilerplate: "Boilerplate" };

export class Row {
  constructor(app, n) {
    this.app = app;
    this.n = n;
    const unit = app.units.all[n];
    const text = document.createTextNode(unit.source);
    this.painted = new Painted(text);
    this.cells = new Map(app.units.languages.map((lang) => [lang, new Cell(app, unit, lang)]));
    this.source = el("div", { class: "source", lang: app.about.source, dir: "auto" }, text);
    this.element = el(
      "li",
      { class: "unit", "data-n": n, "data-kind": unit.kind },
      this.#margin(unit),
      this.source,
      ...[...this.cells.values()].map((cell) => cell.element),
    );
    this.element.classList.toggle("begins", app.begins(n));
    this.mark();
  }

  /** Draw what is new of a language, or of all. */
  update(lang = undefined) {
    for (const cell of lang ? [this.cells.get(lang)] : this.cells.values()) cell?.update();
    this.paint();
  }

  /** Colour the source: of the unit that is worked on, by what is said of its one language. */
  paint() {
    const unit = this.app.units.all[this.n];
    const missing = new Set(
      [...this.cells.keys()].flatMap((lang) =>
        unit.targets[lang].terms.filter((use) => use.outcome === "missing").map((use) => use.concept),
      ),
    );
    const spans = (wanted) =>
      unit.terms.filter(({ concept }) => missing.has(concept) === wanted).map((one) => [one.start, one.stop]);
    this.painted.set("term", spans(false));
    this.painted.set("missing", spans(true));
    const { active } = this.app;
    const langs = active.n === this.n ? [active.lang] : [...this.cells.keys()];
    const issues = langs.flatMap((lang) => unit.targets[lang].issues);
    for (const kind of SEVERITIES) {
      const found = issues.filter((one) => one.severity === kind && one.source_start !== null);
      this.painted.set(kind, found.map((one) => [one.source_start, one.source_stop]));
    }
    this.painted.set("find", this.app.finder.spans(unit.source, null));
  }

  /** Show whether it is the one that is worked on. */
  mark() {
    const { n, lang } = this.app.active;
    const isActive = n === this.n;
    this.element.classList.toggle("is-active", isActive);
    if (isActive) this.element.setAttribute("aria-current", "true");
    else this.element.removeAttribute("aria-current");
    for (const cell of this.cells.values()) {
      cell.element.classList.toggle("is-active", isActive && cell.lang === lang);
    }
    this.paint();
  }

  /** The concept of the term at a point of the window, or null. */
  conceptAt(x, y) {
    const unit = this.app.units.all[this.n];
    const at = (painted, kind, terms) => terms[painted.at(kind, x, y)]?.concept;
    const missing = (one) => [...this.cells.keys()].some((lang) =>
      unit.targets[lang].terms.some((use) => use.concept === one.concept && use.outcome === "missing"),
    );
    let found =
      at(this.painted, "term", unit.terms.filter((one) => !missing(one))) ??
      at(this.painted, "missing", unit.terms.filter(missing));
    for (const [lang, cell] of this.cells) {
      const placed = unit.targets[lang].terms.filter((use) => use.start !== null);
      found ??= at(cell.painted, "term", placed);
    }
    return found ?? null;
  }

  dispose() {
    this.painted.clear();
    for (const cell of this.cells.values()) cell.dispose();
  }

  #margin(unit) {
    const { app } = this;
    const isNew = app.about.documents.length > 1 && app.units.all[this.n - 1]?.document !== unit.document;
    const name = unit.id || String(unit.n + 1);
    return el(
      "div",
      { class: "margin" },
      isNew && el("span", { class: "document", title: unit.document }, unit.document),
      el("span", { class: "id", title: name }, name),
      KINDS[unit.kind] && el("span", { class: "kind" }, KINDS[unit.kind]),
    );
  }
}

/** The likely height of a row in a list of a width, in pixels. */
export function estimate(unit, languages, width) {
  const lengths = [unit.source, ...languages.map((lang) => unit.targets[lang].text)].map((text) => text.length);
  const lines = (length, room) => Math.max(1, Math.ceil((length * 8.4) / Math.max(room, 80)));
  if (width < 700) return lengths.reduce((sum, one) => sum + 26 * lines(one, width - 40) + 24, 60);
  return 44 + 25 * lines(Math.max(...lengths), (width - 80) / lengths.length - 28);
}
