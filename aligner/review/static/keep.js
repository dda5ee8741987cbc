// What waits for the server is kept by the browser, too, while the server is away. Each window has a
// place of its own; the next page of the same document takes it up.

export class Keep {
  #isStored = false;

  /** `takenOver` is called when another window has taken what this one kept. */
  constructor(app, takenOver) {
    this.app = app;
    addEventListener("storage", ({ key, newValue }) => {
      const isOurs = app.about && key === this.#key && newValue === null;
      if (!isOurs || app.outbox.server === "here") return;
      this.#isStored = false;
      takenOver();
    });
    addEventListener("pagehide", () => this.store());
  }

  get #prefix() {
    return `aligner ${this.app.about.path} `;
  }

  get #key() {
    return this.#prefix + this.app.outbox.tab;
  }

  /** Something waits, or no longer does. */
  changed() {
    const { outbox } = this.app;
    if (outbox.server !== "here" && outbox.size) {
      this.store();
    } else if (this.#isStored) {
      this.#isStored = false;
      localStorage.removeItem(this.#key);
    }
  }

  store() {
    const kept = this.app.about ? this.app.outbox.kept() : [];
    if (!kept.length) return;
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
      this.#isStored = true;
    } catch {
      // It is full, or forbidden: the page still has it.
    }
  }

  /** What windows have kept that could not send it: it is now the caller's. */
  take() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix));
    return keys.flatMap((key) => {
      const kept = localStorage.getItem(key);
      localStorage.removeItem(key);
      return JSON.parse(kept);
    });
  }
}
