// Find and replace over all units of the view, drawn or not.

import { $, announce, number, whenQuiet } from "./dom.js";

const MOST = 50_000; // places

export class Finder {
  #hits = [];
  #at = -1;
  #isStale = true; // the hits: the texts are others
  #isNew = false; // what is looked for

  constructor(app) {
    this.app = app;
    this.pattern = null;
    const rested = whenQuiet(() => this.#isNew && this.#changed(), 80);
    for (const id of ["find-text", "find-scope", "find-regex", "find-case"]) {
      $(id).addEventListener("input", () => {
        this.#isNew = true;
        rested();
      });
    }
    $("find-next").addEventListener("click", () => this.step(1));
    $("find-previous").addEventListener("click", () => this.step(-1));
    $("find-close").addEventListener("click", () => this.close());
    $("replace-one").addEventListener("click", () => this.#replace());
    $("replace-all").addEventListener("click", () => this.#replaceAll());
    $("find").addEventListener("keydown", (event) => this.#pressed(event));
  }

  get isOpen() {
    return !$("find").hidden;
  }

  open(text) {
    $("find").hidden = false;
    if (text) $("find-text").value = text;
    $("find-text").focus();
    $("find-text").select();
    this.#changed();
  }

  /** Close the bar, and go to what was found. */
  close() {
    const hit = this.#hits[this.#at];
    $("find").hidden = true;
    this.pattern = null;
    this.#at = -1;
    this.app.repaint();
    if (hit) this.app.go(hit.n, hit.lang ?? this.app.active.lang, hit.lang && [hit.start, hit.stop]);
    else this.app.focus();
  }

  /** The places in a text of a language (null for the source), where that is looked through. */
  spans(text, lang) {
    if (!this.pattern || !this.#looksIn(lang)) return [];
    return Array.from(text.matchAll(this.pattern), ({ index, 0: found }) => [index, index + found.length]);
  }

  /** The texts are others. */
  stale() {
    this.#isStale = true;
  }

  step(by) {
    if (!this.isOpen) return this.open();
    if (this.#isNew) this.#changed();
    this.#collect();
    if (!this.#hits.length) return this.#say();
    const size = this.#hits.length;
    this.#at = this.#at < 0 ? this.#nearest(by) : (((this.#at + by) % size) + size) % size;
    return this.#show();
  }

  #looksIn(lang) {
    const scope = $("find-scope").value;
    return scope === "all" || scope === (lang ?? "source");
  }

  #changed() {
    this.#isNew = false;
    const text = $("find-text").value;
    const source = $("find-regex").checked ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    try {
      this.pattern = text ? new RegExp(source, $("find-case").checked ? "gu" : "giu") : null;
      $("find-text").removeAttribute("aria-invalid");
    } catch {
      this.pattern = null;
      $("find-text").setAttribute("aria-invalid", "true");
    }
    this.#isStale = true;
    this.#at = -1;
    this.#collect();
    this.#say();
    this.app.repaint();
  }

  #collect() {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#hits = [];
    const { units } = this.app;
    for (const n of this.pattern ? units.view : []) {
      const unit = units.all[n];
      for (const lang of [null, ...units.languages]) {
        const text = lang ? unit.targets[lang].text : unit.source;
        for (const [start, stop] of this.spans(text, lang)) this.#hits.push({ n, lang, start, stop });
      }
      if (this.#hits.length > MOST) break;
    }
    this.#at = Math.min(this.#at, this.#hits.length - 1);
  }

  /** The first hit from the active unit on. */
  #nearest(by) {
    const { units, active } = this.app;
    const here = units.places.get(active.n) ?? 0;
    const place = (hit) => units.places.get(hit.n);
    if (by < 0) return this.#hits.findLastIndex((hit) => place(hit) <= here);
    return Math.max(0, this.#hits.findIndex((hit) => place(hit) >= here));
  }

  #show() {
    const hit = this.#hits[Math.max(0, this.#at)];
    const { app } = this;
    app.activate(hit.n, hit.lang ?? app.active.lang);
    const row = app.list.reveal(hit.n);
    app.repaint();
    const painted = hit.lang ? row.cells.get(hit.lang).painted : row.painted;
    painted.set("found", [[hit.start, hit.stop]]);
    app.list.bring(painted.box([hit.start, hit.stop]));
    this.#say();
  }

  #say() {
    const size = this.#hits.length;
    $("find-count").textContent = !this.pattern
      ? ""
      : this.#at < 0
        ? `${number(size)} found`
        : `${number(this.#at + 1)} of ${number(size)}`;
  }

  #replace() {
    this.#collect();
    const hit = this.#hits[this.#at];
    if (hit?.lang) {
      const { text } = this.app.units.target(hit.n, hit.lang);
      this.app.write(hit.n, hit.lang, this.#replaced(text, hit.start));
      this.#at -= 1;
    }
    this.step(1);
  }

  #replaceAll() {
    this.#collect();
    const hits = this.#hits.filter((hit) => hit.lang);
    const places = new Map(hits.map((hit) => [`${hit.n} ${hit.lang}`, hit]));
    if (!hits.length) return;
    const question = `Replace ${number(hits.length)} in ${number(places.size)} translations?`;
    if (!confirm(question)) return;
    for (const { n, lang } of places.values()) {
      this.app.write(n, lang, this.#replaced(this.app.units.target(n, lang).text));
    }
    announce(`${number(hits.length)} replaced.`);
    this.#changed();
  }

  /** A text with the hit at an offset replaced, or with all. */
  #replaced(text, at = undefined) {
    const { source, flags } = this.pattern;
    const given = $("replace-text").value;
    const by = $("find-regex").checked ? given : given.replaceAll("$", "$$$$");
    if (at === undefined) return text.replace(this.pattern, by);
    const here = new RegExp(source, `${flags.replace("g", "")}y`);
    here.lastIndex = at;
    return text.replace(here, by);
  }

  #pressed(event) {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target.matches("#find-text")) this.step(event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && event.target.matches("#replace-text")) this.#replace();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
