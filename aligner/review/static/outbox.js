// What a person has done and the server has yet to confirm.
//
// Of each target the changes go out one after the other, each naming the revision that the person
// saw. While the server is away they wait here and in the browser's storage.

import { Refused, post } from "./api.js";

const PAUSE = 200; // ms from a keystroke to its way to the disk
const RETRIES = [500, 1000, 2000, 4000]; // ms

/**
 * Calls back: `saved(n, lang, answer, isLast)`, `conflict(n, lang, theirs)`,
 * `refused(n, lang, error)`, `changed()` when something about its state is new.
 */
export class Outbox {
  #places = new Map();
  #retry = 0;
  #timer = 0;

  constructor(tab, units, calls) {
    this.tab = tab;
    this.units = units;
    this.calls = calls;
    this.server = "here"; // or "away", "gone"
  }

  get size() {
    return [...this.#places.values()].filter((place) => place.changes.length).length;
  }

  get conflicts() {
    return [...this.#places.values()].filter((place) => place.theirs);
  }

  isBusy(n, lang) {
    return Boolean(this.#places.get(`${n} ${lang}`)?.changes.length);
  }

  theirs(n, lang) {
    return this.#places.get(`${n} ${lang}`)?.theirs ?? null;
  }

  /** A keystroke. */
  edit(n, lang, text) {
    const place = this.#place(n, lang);
    const last = place.changes.at(-1);
    // What is on its way cannot be taken back; what waits is overtaken.
    if (last?.action === "edit" && !(place.isSending && place.changes.length === 1)) {
      last.text = text;
    } else {
      place.changes.push({ action: "edit", text });
    }
    if (!place.timer && !place.theirs) {
      place.timer = setTimeout(() => this.#send(place), PAUSE);
    }
    this.calls.changed();
  }

  /** Accept (the text as it stands in the field), revert or undo. */
  act(n, lang, action, text = undefined) {
    const place = this.#place(n, lang);
    const last = place.changes.at(-1);
    if (action === "accept" && last?.action === "edit" && !(place.isSending && place.changes.length === 1)) {
      place.changes.pop();
    }
    place.changes.push({ action, text });
    this.calls.changed();
    this.#send(place);
  }

  /** Of a conflict: send ours after all, or let theirs stand. */
  settle(n, lang, isOurs) {
    const place = this.#place(n, lang);
    const { theirs } = place;
    if (!theirs) return;
    place.theirs = null;
    const ours = place.changes.findLast((change) => change.text !== undefined);
    place.changes = isOurs && ours ? [ours] : [];
    place.rev = theirs.rev;
    if (place.changes.length) this.#send(place);
    else this.calls.saved(n, lang, { target: theirs }, true);
    this.calls.changed();
  }

  /** Send all that waits, now. */
  flush() {
    for (const place of this.#places.values()) {
      if (place.changes.length && !place.theirs) this.#send(place);
    }
  }

  /** Resolves when nothing waits any more that could be sent. */
  async settled() {
    this.flush();
    while (this.size > this.conflicts.length && this.server === "here") {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.size === 0;
  }

  /** What waits, to be kept for later. */
  kept() {
    return [...this.#places.values()].flatMap(({ n, lang, rev, changes }) => {
      const change = changes.findLast((one) => one.text !== undefined);
      const unit = this.units.all[n];
      if (!change || !unit) return [];
      return [{ id: unit.id, source: unit.source, n, lang, rev, ...change }];
    });
  }

  /** Take up what was kept; gives what has no unit any more. */
  restore(kept) {
    const lost = [];
    const fits = (unit, one) => unit?.id === one.id && unit.source === one.source;
    for (const one of kept) {
      const { all } = this.units;
      const n = fits(all[one.n], one) ? one.n : all.findIndex((unit) => fits(unit, one));
      if (n < 0 || !(one.lang in all[n].targets)) {
        lost.push(one);
      } else if (all[n].targets[one.lang].text !== one.text) {
        const place = this.#place(n, one.lang);
        place.rev = one.rev;
        place.changes = [{ action: one.action, text: one.text }];
        this.#send(place);
      }
    }
    this.calls.changed();
    return lost;
  }

  /** Forget all: the units have new numbers. */
  clear() {
    for (const place of this.#places.values()) clearTimeout(place.timer);
    this.#places.clear();
  }

  /** The server is there, or is not. */
  connected(how) {
    const isBack = how === "here" && this.server !== "here";
    this.server = how;
    if (isBack) {
      this.#retry = 0;
      this.flush();
    }
    this.calls.changed();
  }

  #place(n, lang) {
    const key = `${n} ${lang}`;
    if (!this.#places.has(key)) {
      this.#places.set(key, { n, lang, rev: null, changes: [], isSending: false, theirs: null, timer: 0 });
    }
    return this.#places.get(key);
  }

  async #send(place) {
    clearTimeout(place.timer);
    place.timer = 0;
    if (place.isSending || place.theirs || !place.changes.length) return;
    place.isSending = true;
    const { n, lang, changes } = place;
    const change = changes[0];
    const rev = place.rev ?? this.units.target(n, lang).rev;
    try {
      const answer = await post("edit", { n, lang, rev, tab: this.tab, ...change });
      this.#arrived(place, answer);
    } catch (error) {
      this.#failed(place, change, error);
    } finally {
      place.isSending = false;
    }
    if (place.changes.length && this.server === "here") this.#send(place);
    this.calls.changed();
  }

  #arrived(place, answer) {
    this.server = "here";
    this.#retry = 0;
    place.changes.shift();
    place.rev = place.changes.length ? answer.target.rev : null;
    this.calls.saved(place.n, place.lang, answer, !place.changes.length);
  }

  #failed(place, change, error) {
    if (!(error instanceof Refused) || error.status >= 500) {
      this.server = this.server === "gone" ? "gone" : "away";
      this.#later();
    } else if (error.status === 404 || error.status === 403) {
      this.server = "gone"; // another start of the server, with another secret
    } else if (error.status === 409 && error.answer.target) {
      const theirs = error.answer.target;
      // An answer that was lost on its way: what we ask for is there.
      if (change.action === "edit" && theirs.text === change.text) this.#arrived(place, error.answer);
      else this.#disputed(place, theirs);
    } else {
      place.changes.shift();
      place.rev = null;
      this.calls.refused(place.n, place.lang, error);
    }
  }

  #disputed(place, theirs) {
    if (place.changes.some((one) => one.text !== undefined && one.text !== theirs.text)) {
      place.theirs = theirs;
      this.calls.conflict(place.n, place.lang, theirs);
    } else {
      place.changes = [];
      place.rev = null;
      this.calls.saved(place.n, place.lang, { target: theirs }, true);
    }
  }

  #later() {
    clearTimeout(this.#timer);
    const pause = RETRIES[Math.min(this.#retry++, RETRIES.length - 1)];
    this.#timer = setTimeout(() => this.flush(), pause);
  }
}
