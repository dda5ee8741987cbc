// What the server tells of: others' changes, and what was found meanwhile.

import { get, post } from "./api.js";
import { announce } from "./dom.js";
import { stretches } from "./units.js";

const CHUNK = 1000; // units that are asked for at once

export class Incoming {
  constructor(app) {
    this.app = app;
  }

  heard(event) {
    const { app } = this;
    const kinds = {
      edit: () => this.#others(event),
      checked: () => this.#checked(event.units),
      saved: () => app.setUnsaved(event.unsaved),
      disk: () =>
        app.head.banner(event.message, ["Load it; your edits stay on top", () => this.#askReload()]),
      reload: () => app.reload(),
    };
    kinds[event.type]?.();
  }

  #others({ n, lang, target, tab, unsaved }) {
    const { app } = this;
    app.setUnsaved(unsaved);
    const unit = app.units.all[n];
    if (!unit || tab === app.outbox.tab || target.rev <= unit.targets[lang].rev) return;
    if (app.outbox.isBusy(n, lang)) return; // the answer to what is on its way will tell
    unit.targets[lang] = target;
    app.redraw(n, lang);
    app.finder.stale();
    app.progress();
    if (n === app.active.n && lang === app.active.lang) announce("Changed in another window.");
  }

  async #askReload() {
    await this.app.outbox.settled();
    await post("reload", {}).catch((error) => this.app.head.banner(error.message));
  }

  /** What is known of some units is new. */
  async #checked(numbers) {
    const { app } = this;
    const loaded = numbers.filter((n) => app.units.all[n]);
    for (const [start, stop] of stretches(loaded, CHUNK)) {
      const { units } = await get("units", { start, stop });
      for (const unit of units) this.#renewed(unit);
    }
    app.drawFilters();
    app.progress();
  }

  #renewed(unit) {
    const { app } = this;
    const old = app.units.all[unit.n];
    if (!old || old.source !== unit.source) return;
    for (const lang of app.about.targets) {
      const isNewer = old.targets[lang].rev > unit.targets[lang].rev;
      if (isNewer || app.outbox.isBusy(unit.n, lang)) unit.targets[lang] = old.targets[lang];
    }
    app.units.put([unit]);
    app.redraw(unit.n);
  }
}
