// The editor's page. What it asks is written in the docstring of aligner/review/server.py.

import { get, listen as hear, post } from "./api.js";
import { commands } from "./commands.js";
import { $, announce, count, languageName, seldom, whenQuiet } from "./dom.js";
import { Finder } from "./find.js";
import { Head } from "./head.js";
import { Incoming } from "./incoming.js";
import { Keep } from "./keep.js";
import { listen } from "./keys.js";
import { List } from "./list.js";
import { Outbox } from "./outbox.js";
import { Panel } from "./panel.js";
import { Row, estimate } from "./row.js";
import { attachTips } from "./tips.js";
import { Units } from "./units.js";
import { WordLinks } from "./wordlinks.js";

const FIRST = 40; // units that are asked for before anything is drawn; index.html has it, too
const CHUNK = 1000;
const SHOWN = 2; // target languages that are shown at first
const SHOWN_FOR = 3000; // ms that the place of an issue stands out

export class Review {
  about = null;
  active = { n: 0, lang: "" };
  isLoaded = false;
  isDiffShown = false;
  isTakenOver = false;
  repeats = new Map(); // "n lang" → the units with the same source
  unsaved = 0;

  constructor() {
    this.units = new Units([]);
    this.outbox = new Outbox(crypto.randomUUID(), this.units, {
      saved: (...given) => this.#saved(...given),
      conflict: (n, lang) => this.#disputed(n, lang),
      refused: (n, lang, error) => this.#refused(n, lang, error),
      changed: () => this.#keep(),
    });
    this.finder = new Finder(this);
    this.head = new Head(this);
    this.panel = new Panel(this);
    this.links = new WordLinks(this);
    this.incoming = new Incoming(this);
    this.list = new List($("scroller"), $("units"), this.units, {
      make: (n) => new Row(this, n),
      estimate: (n) => estimate(this.units.all[n], this.units.languages, $("scroller").clientWidth),
      squeezed: () => this.bring(),
    });
    this.progress = whenQuiet(() => this.head.progress(), 100);
    this.followUp = whenQuiet(() => this.panel.update(), 300);
    this.drawFilters = seldom(() => this.#enlarge(), 1500); // it looks at all units
    this.keep = new Keep(this, () => this.#takenOver());
    this.commands = commands(this);
    listen(this.commands);
    attachTips(this);
  }

  // Loading

  async start() {
    const hash = Number(/^#(\d+)$/.exec(location.hash)?.[1] ?? 1) - 1;
    const [about, part] = await Promise.all([
      get("document"),
      get("units", { start: 0, stop: FIRST }),
    ]);
    this.about = about;
    this.unsaved = about.unsaved;
    this.units.languages = about.targets.slice(0, SHOWN);
    this.units.put(part.units);
    this.head.build();
    this.units.refresh();
    const begin = this.units.all[hash] ? hash : 0;
    this.active = { n: begin, lang: this.units.languages[0] };
    this.list.reset();
    performance.mark("units");
    this.head.state();
    this.go(begin, this.active.lang);
    hear(part.revision, (event) => this.incoming.heard(event), (how) => this.outbox.connected(how));
    await this.#load(FIRST);
    if (this.units.all[hash] && hash !== begin) this.go(hash, this.active.lang);
    this.outbox.restore(this.keep.take()).forEach((one) => this.#orphaned(one));
  }

  async #load(start) {
    for (let at = start; at < this.about.count; at += CHUNK) {
      const { units } = await get("units", { start: at, stop: at + CHUNK });
      this.units.put(units);
      this.#grown();
    }
    this.isLoaded = true;
    document.documentElement.dataset.loaded = "true";
    this.#grown();
    this.head.progress();
  }

  /** The files were changed, and loaded: everything may be another. */
  async reload() {
    const kept = this.outbox.kept();
    this.outbox.clear();
    this.isLoaded = false;
    this.units.all = [];
    this.repeats.clear();
    this.about = await get("document");
    this.unsaved = this.about.unsaved;
    this.units.put((await get("units", { start: 0, stop: FIRST })).units);
    this.units.refresh();
    this.active.n = Math.max(0, Math.min(this.active.n, this.units.all.length - 1));
    this.head.build();
    this.list.reset({ isAnew: true });
    await this.#load(FIRST);
    this.outbox.restore(kept).forEach((one) => this.#orphaned(one));
    this.panel.show();
    announce("The files were loaded anew.");
  }

  #orphaned({ id, lang, text }) {
    this.head.banner(`Your change to ${id} (${lang}) has no unit any more: ${text}`);
  }

  // Drawing

  /** Show some languages. */
  show(languages) {
    this.units.languages = languages;
    if (!languages.includes(this.active.lang)) this.active.lang = languages[0];
    this.head.build();
    this.units.refresh();
    this.list.reset({ isAnew: true });
    this.head.filters();
    this.panel.show();
  }

  /** Filter and sort anew. */
  refilter() {
    this.units.refresh();
    this.finder.stale();
    this.list.pinned = null;
    $("scroller").scrollTop = 0;
    this.list.reset({ isAnew: true });
    this.head.filters();
    const { view, places } = this.units;
    if (view.length) {
      const n = places.has(this.active.n) ? this.active.n : view[0];
      this.activate(n, this.active.lang);
      this.list.reveal(n);
    }
  }

  /** Units have come. */
  #grown() {
    if (this.units.filter.sort === "document") {
      this.#enlarge();
    } else {
      this.units.refresh();
      this.list.reset();
      this.finder.stale();
      this.head.filters();
    }
  }

  /** What is known of units is new: more may be shown, but nothing goes or changes its place. */
  #enlarge() {
    const { units } = this;
    const before = units.view;
    if (units.filter.sort === "document") {
      units.refresh();
      const kept = before.filter((n) => !units.places.has(n));
      if (kept.length) units.arrange([...units.view, ...kept].sort((one, two) => one - two));
      if (before.length !== units.view.length) this.list.reset();
    }
    this.finder.stale();
    this.head.filters();
  }

  /** Whether a unit begins a paragraph; its id says "paragraph.sentence". */
  begins(n) {
    const paragraph = (unit) => unit?.id.split(".")[0];
    const { all } = this.units;
    return all[n].id.includes(".") && paragraph(all[n]) !== paragraph(all[n - 1]);
  }

  /** Draw a unit anew, where it is in sight. */
  redraw(n, lang) {
    this.list.row(n)?.update(lang);
    if (n === this.active.n) this.followUp();
  }

  /** What is looked for is another thing: colour all anew. */
  repaint() {
    for (const row of this.list.rows()) {
      row.painted.set("found", []);
      row.paint();
      for (const cell of row.cells.values()) {
        cell.painted.set("found", []);
        cell.paint();
      }
    }
  }

  // Where one is

  activate(n, lang) {
    const before = this.active;
    if (before.n === n && before.lang === lang && this.list.pinned === n) return;
    this.active = { n, lang };
    this.list.pinned = n;
    this.list.row(before.n)?.mark();
    this.list.row(n)?.mark();
    this.links.clear();
    history.replaceState(null, "", `#${n + 1}`);
    this.panel.show();
  }

  /** Go to a target, and select a span of it. */
  go(n, lang, span = null) {
    if (!this.units.places.has(n) && this.units.isFiltered) this.head.clear();
    if (!this.units.places.has(n)) return;
    this.activate(n, lang);
    this.bring(span);
    const { area } = this.cell;
    area.focus({ preventScroll: true });
    if (span) area.setSelectionRange(...span);
  }

  /** Bring what is worked on in sight: its unit, its field, and a span of it. */
  bring(span = null) {
    if (!this.list.reveal(this.active.n)) return;
    this.list.bring(this.cell.element.getBoundingClientRect());
    if (span) this.list.bring(this.cell.painted.box(span));
  }

  /** Show what an issue is about: select its place in the target, and colour that in the source. */
  pointOut(span, source) {
    this.focus(span);
    const { painted } = this.list.row(this.active.n);
    if (!source) return;
    if (!span) this.list.bring(painted.box(source));
    painted.set("found", [source]);
    setTimeout(() => painted.set("found", []), SHOWN_FOR);
  }

  /** Back to the text that is worked on. */
  focus(span = null) {
    this.go(this.active.n, this.active.lang, span);
  }

  get cell() {
    return this.list.row(this.active.n)?.cells.get(this.active.lang);
  }

  // Changing

  /** A text was typed. */
  typed(n, lang, text) {
    const target = this.units.target(n, lang);
    const isMachines = target.origin === "mt" || target.origin === "tm";
    if (isMachines && text !== target.text) target.draft = target.text;
    target.text = text;
    target.origin = target.draft ? "post-edited" : "human";
    target.accepted = false;
    this.repeats.delete(`${n} ${lang}`);
    this.outbox.edit(n, lang, text);
    this.finder.stale();
    this.links.clear();
    const cell = this.list.row(n)?.cells.get(lang);
    if (cell) cell.element.dataset.state = "edited";
  }

  /** Write a text, wherever the unit is. */
  write(n, lang, text) {
    this.typed(n, lang, text);
    this.redraw(n, lang);
  }

  /** Use a match, counted from 1. */
  insert(at) {
    const text = this.panel.match(at);
    if (text !== undefined) this.cell?.write(text, { isSelection: true });
  }

  async spread(n, lang) {
    await this.outbox.settled();
    try {
      const { units } = await post("spread", { n, lang, tab: this.outbox.tab });
      this.repeats.delete(`${n} ${lang}`);
      this.redraw(n, lang);
      announce(`Used in ${count(units.length, "more unit")}.`);
    } catch (error) {
      this.head.banner(error.message);
    }
    this.focus();
  }

  setUnsaved(unsaved) {
    this.unsaved = unsaved;
    this.head.state();
  }

  act(action, text = undefined) {
    const { n, lang } = this.active;
    if (this.outbox.theirs(n, lang)) {
      announce("First choose which of the two texts is to stay.", { isUrgent: true });
      return false;
    }
    this.outbox.act(n, lang, action, text);
    return true;
  }

  // What comes back

  #saved(n, lang, { target, repeats }, isLast) {
    const unit = this.units.all[n];
    if (!unit) return;
    const own = unit.targets[lang].text;
    unit.targets[lang] = isLast ? target : { ...target, text: own };
    if (repeats?.length && target.accepted) this.repeats.set(`${n} ${lang}`, repeats);
    else this.repeats.delete(`${n} ${lang}`);
    if (isLast) this.redraw(n, lang);
    this.progress();
  }

  #disputed(n, lang) {
    this.redraw(n, lang);
    const name = this.units.all[n].id || n + 1;
    announce(`Unit ${name}, ${languageName(lang)}, was changed in another window: both are shown.`, {
      isUrgent: true,
    });
  }

  #refused(n, lang, error) {
    this.head.banner(error.message);
    this.redraw(n, lang);
  }

  /** Another window has what waited here. */
  #takenOver() {
    this.isTakenOver = true;
    this.outbox.clear();
    this.head.state();
  }

  #keep() {
    if (!this.about) return;
    this.keep.changed();
    this.head.state();
  }

  showPanel(isOpen) {
    document.body.classList.toggle("has-panel", isOpen);
    $("panel-toggle").setAttribute("aria-expanded", isOpen);
  }
}
