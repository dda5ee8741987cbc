// The units, and which of them are shown in what order.

export const STATES = {
  missing: "Missing",
  mt: "Machine",
  tm: "Memory",
  edited: "Edited",
  accepted: "Accepted",
  human: "Human",
};
const SEVERITIES = { error: 2, warning: 1, note: 0 };
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*/gu;

/** What has become of a target: a key of STATES. */
export function state(target) {
  if (!target.text) return "missing";
  if (target.accepted) return "accepted";
  if (target.origin === "mt" || target.origin === "tm") return target.origin;
  return target.draft ? "edited" : "human";
}

/** The most severe of a target's issues: "error", "warning", "note" or "". */
export function severity(target) {
  const sorted = target.issues.map((issue) => issue.severity);
  return Object.keys(SEVERITIES).find((one) => sorted.includes(one)) ?? "";
}

export const NO_FILTER = {
  text: "",
  state: "",
  severity: "",
  check: "",
  kind: "",
  below: "",
  sort: "document",
};

/** All units of what is reviewed, as far as they are loaded, and the view of them. */
export class Units {
  constructor(languages) {
    this.all = [];
    this.languages = languages; // those that are shown
    this.filter = { ...NO_FILTER };
    this.view = []; // the numbers of the units that are shown, in order
    this.places = new Map(); // unit number → index in the view
  }

  get isFiltered() {
    return Object.entries(this.filter).some(([key, value]) => value !== NO_FILTER[key]);
  }

  put(units) {
    for (const unit of units) {
      unit.words = this.all[unit.n]?.words ?? unit.source.match(WORD)?.length ?? 0;
      this.all[unit.n] = unit;
    }
  }

  target(n, lang) {
    return this.all[n].targets[lang];
  }

  /** Find out anew what is shown. */
  refresh() {
    const fits = this.#test();
    const view = this.all.filter(fits).map((unit) => unit.n);
    const order = this.#order();
    if (order) view.sort((one, two) => order(one) - order(two) || one - two);
    this.arrange(view);
  }

  /** Show these units in this order. */
  arrange(view) {
    this.view = view;
    this.places = new Map(view.map((n, index) => [n, index]));
  }

  #test() {
    const { text, state: wanted, severity: least, check, kind, below } = this.filter;
    const phrase = text.toLocaleLowerCase();
    const limit = below === "" ? null : Number(below) / 100;
    const has = (value) => value.toLocaleLowerCase().includes(phrase);
    const ofTarget = (target) =>
      isWanted(target, wanted) &&
      isAsBad(target, least) &&
      (!check || target.issues.some((issue) => issue.check === check)) &&
      (limit === null || (target.confidence !== null && target.confidence < limit));
    return (unit) => {
      const targets = this.languages.map((lang) => unit.targets[lang]);
      return (
        (!kind || unit.kind === kind) &&
        (!phrase || has(unit.source) || has(unit.id) || targets.some((one) => has(one.text))) &&
        targets.some(ofTarget)
      );
    };
  }

  #order() {
    const targets = (n) => this.languages.map((lang) => this.all[n].targets[lang]);
    if (this.filter.sort === "confidence") {
      return (n) => Math.min(...targets(n).map((target) => target.confidence ?? 2));
    }
    if (this.filter.sort === "issues") {
      const weight = { error: -10_000, warning: -100, note: -1 };
      const sum = (n) =>
        targets(n)
          .flatMap((target) => target.issues)
          .reduce((total, issue) => total + weight[issue.severity], 0);
      return sum;
    }
    if (this.filter.sort === "length") return (n) => -this.all[n].source.length;
    return null;
  }

  /** Words of the source: all, and those whose target in a language is accepted, or edited only. */
  progress(lang) {
    const words = { total: 0, accepted: 0, edited: 0 };
    for (const unit of this.all) {
      if (!unit) continue;
      const how = state(unit.targets[lang]);
      words.total += unit.words;
      if (how in words) words[how] += unit.words;
    }
    return words;
  }

  /** The checks that have found something in the shown languages, with how many targets. */
  checks() {
    const found = new Map();
    for (const unit of this.all) {
      for (const lang of this.languages) {
        for (const check of new Set(unit?.targets[lang].issues.map((issue) => issue.check))) {
          found.set(check, (found.get(check) ?? 0) + 1);
        }
      }
    }
    return [...found].sort(([one], [two]) => one.localeCompare(two));
  }

  kinds() {
    return [...new Set(this.all.map((unit) => unit.kind))].sort();
  }

  /** The next place in the view, {n, lang}, whose target passes a test; it goes round the end. */
  next(n, lang, step, passes) {
    const size = this.view.length * this.languages.length;
    const width = this.languages.length;
    const column = Math.max(0, this.languages.indexOf(lang));
    const start = (this.places.get(n) ?? 0) * width + column;
    for (let done = 1; done <= size; done++) {
      const at = (((start + step * done) % size) + size) % size;
      const place = { n: this.view[Math.floor(at / width)], lang: this.languages[at % width] };
      if (passes(this.target(place.n, place.lang))) return place;
    }
    return null;
  }

  /** The targets to be reviewed of a language in the view, those with the least confidence first. */
  worst(lang) {
    const least = (n) => this.target(n, lang).confidence ?? 2;
    return this.view
      .filter((n) => !this.target(n, lang).accepted)
      .sort((one, two) => least(one) - least(two) || one - two);
  }
}

function isWanted(target, wanted) {
  if (!wanted) return true;
  if (wanted === "open") return !target.accepted;
  return state(target) === wanted;
}

function isAsBad(target, least) {
  if (!least) return true;
  if (least === "none") return !target.issues.length;
  return target.issues.some((issue) => SEVERITIES[issue.severity] >= SEVERITIES[least]);
}

/** Ascending numbers as stretches [start, stop], not longer than `most`. */
export function stretches(numbers, most) {
  const made = [];
  for (const n of numbers) {
    const last = made.at(-1);
    if (last && n < last[1] + 20 && n - last[0] < most) last[1] = n + 1;
    else made.push([n, n + 1]);
  }
  return made;
}
