// Which words correspond: those of the word at the caret are coloured in both texts.

import { get } from "./api.js";
import { whenQuiet } from "./dom.js";

const PAUSE = 350; // ms that the caret rests

export class WordLinks {
  #known = null; // {n, lang, rev, links}
  #row = null;

  constructor(app) {
    this.app = app;
    const moved = whenQuiet(() => this.#moved(), PAUSE);
    document.addEventListener("selectionchange", () => {
      this.#draw();
      moved();
    });
  }

  clear() {
    this.#known = null;
    this.#paint([], []);
  }

  async #moved() {
    const { app } = this;
    const { n, lang } = app.active;
    if (document.activeElement !== app.cell?.area || app.outbox.isBusy(n, lang)) return;
    const { rev, text } = app.units.target(n, lang);
    if (!text || (this.#known?.n === n && this.#known.lang === lang && this.#known.rev === rev)) return;
    const links = await get("words", { n, lang }).catch(() => null);
    const isStill = app.active.n === n && app.active.lang === lang && app.units.target(n, lang).rev === rev;
    if (!links || !isStill) return;
    this.#known = { n, lang, rev, ...links };
    this.#draw();
  }

  #draw() {
    const { app } = this;
    const known = this.#known;
    const area = app.cell?.area;
    if (!known || document.activeElement !== area || known.n !== app.active.n || known.lang !== app.active.lang) return;
    const at = area.selectionStart;
    const isWord = ([start, stop]) => /[\p{L}\p{N}]/u.test(area.value.slice(start, stop));
    const words = known.target
      .map((span, index) => (span[0] <= at && at <= span[1] && isWord(span) ? index : -1))
      .filter((index) => index >= 0);
    const sources = new Set(known.links.filter(([, j]) => words.includes(j)).map(([i]) => i));
    const targets = new Set(known.links.filter(([i]) => sources.has(i)).map(([, j]) => j));
    this.#paint([...sources].map((i) => known.source[i]), [...targets].map((j) => known.target[j]));
  }

  #paint(source, target) {
    const { app } = this;
    if (this.#row && this.#row !== app.list?.row(app.active.n)) {
      this.#row.painted.set("linked", []);
      for (const cell of this.#row.cells.values()) cell.painted.set("linked", []);
    }
    this.#row = app.list?.row(app.active.n) ?? null;
    if (!this.#row) return;
    this.#row.painted.set("linked", source);
    for (const [lang, cell] of this.#row.cells) {
      cell.painted.set("linked", lang === app.active.lang ? target : []);
    }
  }
}
