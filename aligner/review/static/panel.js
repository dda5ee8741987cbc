// What helps with the unit that is worked on: issues, changes, terms, matches, concordance.

import { get } from "./api.js";
import { chip, drawn } from "./cell.js";
import { changes } from "./diff.js";
import { $, count, el, languageName, percent, whenQuiet } from "./dom.js";
import { STATES, state } from "./units.js";

export class Panel {
  #concepts = new Map();
  #matches = [];
  #asked = null;

  constructor(app) {
    this.app = app;
    this.askMatches = whenQuiet(() => this.#ask(), 150);
    $("concordance-text").addEventListener("input", whenQuiet(() => this.concord(), 250));
  }

  /** Show the unit that is worked on, which may be another one. */
  show() {
    this.update();
    this.#matches = [];
    if (this.app.about) this.askMatches();
  }

  /** Show it as it is now. */
  update() {
    const { app } = this;
    const { n, lang } = app.active;
    const unit = app.units.all[n];
    if (!unit) return;
    const target = unit.targets[lang];
    $("panel-title").textContent = `${unit.id || n + 1} · ${languageName(lang)}`;
    $("panel-facts").replaceChildren(...facts(target));
    this.#issues(target);
    this.#changes(target, lang);
    this.#terms(unit, target, lang);
  }

  /** The text of a match, counted from 1. */
  match(at) {
    return this.#matches[at - 1]?.target;
  }

  /** Look up where a phrase stands. */
  async concord(phrase = undefined) {
    if (phrase !== undefined) $("concordance-text").value = phrase;
    const wanted = $("concordance-text").value.trim();
    const { lang } = this.app.active;
    if (!wanted) return $("concordance").replaceChildren();
    const found = await get("concordance", { q: wanted, lang }).catch(() => []);
    if ($("concordance-text").value.trim() !== wanted) return null;
    const items = found.slice(0, 50).map((one) => this.#place(one, wanted, lang));
    return $("concordance").replaceChildren(
      ...(items.length ? items : [el("li", { class: "none" }, "Nowhere.")]),
    );
  }

  /** An entry of the termbase; null where it is not known. */
  async concept(id) {
    if (!this.#concepts.has(id)) {
      this.#concepts.set(id, get("concept", { id }).catch(() => null));
    }
    return this.#concepts.get(id);
  }

  /** The entry as it is shown, in the panel and over a term. */
  entry(concept) {
    const shown = [this.app.about.source, ...this.app.units.languages];
    const rows = shown.flatMap((lang) => {
      const term = concept.terms[lang];
      if (!term) return [];
      return [
        el("dt", {}, languageName(lang)),
        el(
          "dd",
          { lang, dir: "auto" },
          el("b", {}, term.preferred),
          ...term.variants.map((one) => `, ${one}`),
          ...(term.forbidden.length ? [el("span", { class: "forbidden" }, " not: ", el("s", {}, term.forbidden.join(", ")))] : []),
          term.status === "approved" ? "" : el("span", { class: "status" }, ` ${term.status}`),
        ),
      ];
    });
    return el(
      "div",
      { class: "entry" },
      el("dl", {}, ...rows),
      concept.note && el("p", { dir: "auto" }, concept.note),
    );
  }

  #issues(target) {
    const items = target.issues.map((issue) => {
      const span = issue.start === null ? null : [issue.start, issue.stop];
      const source = issue.source_start === null ? null : [issue.source_start, issue.source_stop];
      const go = () => this.app.pointOut(span, source);
      return el("li", {}, span || source ? el("button", { type: "button", onclick: go }, chip(issue)) : chip(issue));
    });
    $("issues").replaceChildren(...items);
    $("issues-section").hidden = !items.length;
  }

  #changes({ draft, text }, lang) {
    const isChanged = draft && draft !== text;
    $("changes-section").hidden = !isChanged;
    $("changes").replaceChildren(...(isChanged ? [drawn(changes(draft, text), lang)] : []));
  }

  #terms(unit, target, lang) {
    const uses = new Map(target.terms.map((use) => [use.concept, use]));
    const ids = [...new Set([...unit.terms.map((term) => term.concept), ...uses.keys()])];
    const key = JSON.stringify([unit.n, lang, ids.map((id) => uses.get(id)?.outcome), [...uses.values()].map((use) => use.target)]);
    if ($("terms").dataset.key === key) return; // an entry that is open stays so
    $("terms").dataset.key = key;
    $("terms").replaceChildren(...ids.map((id) => this.#term(id, unit, uses.get(id), lang)));
    $("terms-section").hidden = !ids.length;
  }

  #term(id, unit, use, lang) {
    const place = unit.terms.find((term) => term.concept === id);
    const source = use?.source ?? unit.source.slice(place.start, place.stop);
    const isMissing = use?.outcome === "missing";
    const details = el(
      "details",
      { ontoggle: () => details.open && this.#open(details, id) },
      el(
        "summary",
        {},
        el("span", { lang: this.app.about.source, dir: "auto" }, source),
        use ? " → " : "",
        use ? el("span", { lang, dir: "auto" }, use.target) : "",
        isMissing ? el("span", { class: "chip warning" }, el("b", {}, "Missing")) : "",
      ),
    );
    return el("li", {}, details);
  }

  async #open(details, id) {
    if (details.childElementCount > 1) return;
    const concept = await this.concept(id);
    details.append(concept ? this.entry(concept) : el("p", { class: "none" }, "There is no entry."));
  }

  async #ask() {
    const { n, lang } = this.app.active;
    this.#asked?.abort();
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const found = await get("matches", { n, lang }, signal).catch(() => []);
    if (signal.aborted) return;
    this.#matches = found.slice(0, 9);
    const { source } = this.app.units.all[n];
    $("matches").replaceChildren(...this.#matches.map((one, at) => this.#match(one, at, source, lang)));
    $("matches-section").hidden = !found.length;
  }

  #match(one, at, source, lang) {
    const from = one.n === null ? one.memory : `this document, ${this.app.units.all[one.n]?.id ?? one.n + 1}`;
    const who = [from, one.editor].filter(Boolean).join(", ");
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", "aria-keyshortcuts": `Control+${at + 1}`, onclick: () => this.app.insert(at + 1) },
        el("span", { class: "rate" }, el("b", {}, `${one.rate} %`), ` ${who} `, el("kbd", {}, `Ctrl ${at + 1}`)),
        one.source === source ? "" : drawn(changes(one.source, source), this.app.about.source),
        el("span", { class: "text", lang, dir: "auto" }, one.target),
      ),
    );
  }

  #place(one, phrase, lang) {
    const isHere = one.n !== null;
    const where = isHere ? (this.app.units.all[one.n]?.id ?? "") : one.where;
    const name = isHere
      ? el("button", { type: "button", onclick: () => this.app.go(one.n, lang) }, `Unit ${where}`)
      : el("span", { class: "where" }, where);
    return el(
      "li",
      {},
      name,
      el("p", { lang: this.app.about.source, dir: "auto" }, ...marked(one.source, phrase)),
      el("p", { lang, dir: "auto" }, ...marked(one.target, phrase)),
    );
  }
}

function facts(target) {
  const how = state(target);
  const by = target.editor ? ` by ${target.editor}` : "";
  const made = how === "tm" || target.match !== null ? `, memory ${target.memory} ${target.match ?? ""} %` : "";
  return [
    el("span", { class: "state", "data-state": how }, STATES[how]),
    `${by}${target.match === null ? "" : made}`,
    target.confidence === null ? "" : ` · confidence ${percent(target.confidence)} (${target.basis})`,
    target.issues.length ? ` · ${count(target.issues.length, "issue")}` : "",
  ];
}

/** A text with a phrase marked, whatever its capitals. */
function marked(text, phrase) {
  const parts = [];
  const pattern = new RegExp(phrase.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "giu");
  let last = 0;
  for (const { index, 0: found } of text.matchAll(pattern)) {
    parts.push(text.slice(last, index), el("mark", {}, found));
    last = index + found.length;
  }
  return [...parts, text.slice(last)];
}
