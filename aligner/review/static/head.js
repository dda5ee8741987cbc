// The head of the page: which languages, filter and order, progress, saving, export.

import { Refused, download, post } from "./api.js";
import { $, announce, count, el, languageName, number } from "./dom.js";
import { NO_FILTER, STATES } from "./units.js";

const FORMATS = {
  tmx: "TMX",
  xliff: "XLIFF",
  html: "HTML",
  md: "Markdown",
  epub: "EPUB",
  docx: "Word (DOCX)",
  pdf: "PDF",
};
const FILTERS = Object.keys(NO_FILTER);

export class Head {
  #checks = "";

  constructor(app) {
    this.app = app;
    for (const name of FILTERS) $(`filter-${name}`).addEventListener("input", () => this.#filtered());
    $("filter-clear").addEventListener("click", () => {
      this.clear();
      app.focus();
    });
    $("filter-again").addEventListener("click", () => app.refilter());
    $("save").addEventListener("click", () => this.save());
    $("diff").addEventListener("click", () => app.commands.toggleDiff());
    $("copy-unsent").addEventListener("click", () => this.#copy());
  }

  /** What does not change: the title, the languages, the formats. */
  build() {
    const { about, units } = this.app;
    document.title = `${about.title || about.name} – aligner review`;
    $("title").textContent = about.title || about.name;
    $("title").title = about.path;
    $("languages").replaceChildren(
      ...about.targets.map((lang) =>
        el(
          "label",
          {},
          el("input", {
            type: "checkbox",
            value: lang,
            checked: units.languages.includes(lang),
            onchange: () => this.#chosen(),
          }),
          languageName(lang),
        ),
      ),
    );
    $("languages-field").hidden = about.targets.length < 2;
    $("export-list").replaceChildren(...this.#exports());
    $("filter-state").replaceChildren(
      option("", "Any state"),
      option("open", "Not accepted"),
      ...Object.entries(STATES).map(([value, name]) => option(value, name)),
    );
    $("find-scope").replaceChildren(
      option("all", "everywhere"),
      ...[["source", about.source], ...units.languages.map((lang) => [lang, lang])].map(([value, lang]) =>
        option(value, `in ${languageName(lang)}`),
      ),
    );
    this.#lost(about.lost);
    this.columns();
  }

  /** The names of the columns, each with how much of it is accepted. */
  columns() {
    const { about, units } = this.app;
    $("columns").style.setProperty("--targets", units.languages.length);
    $("units").style.setProperty("--targets", units.languages.length);
    $("columns").replaceChildren(
      el("span", { class: "margin" }),
      el("span", { class: "column" }, el("b", {}, languageName(about.source)), " source"),
      ...units.languages.map((lang) =>
        el(
          "span",
          { class: "column" },
          el("b", {}, languageName(lang)),
          el("progress", { id: `progress-${lang}`, max: 1, value: 0, "aria-label": `${languageName(lang)} accepted` }),
          el("span", { id: `words-${lang}` }),
        ),
      ),
    );
    this.progress();
  }

  progress() {
    for (const lang of this.app.units.languages) {
      const { total, accepted, edited } = this.app.units.progress(lang);
      const share = total ? accepted / total : 0;
      const rest = edited ? ` · ${number(edited)} edited` : "";
      $(`progress-${lang}`).value = share;
      $(`words-${lang}`).textContent = `${number(accepted)} of ${count(total, "word")}${rest}`;
      $(`words-${lang}`).title = `${Math.floor(100 * share)} % accepted; edited are those that wait for Ctrl+Enter`;
    }
  }

  /** What can be filtered by, and how many units are shown. */
  filters() {
    const { units } = this.app;
    const checks = units.checks();
    const key = JSON.stringify(checks);
    if (key !== this.#checks) {
      this.#checks = key;
      const names = new Map(checks);
      const { check } = units.filter;
      if (check && !names.has(check)) names.set(check, 0);
      $("filter-check").replaceChildren(
        option("", "Any check"),
        ...[...names].map(([name, size]) => option(name, `${name} (${number(size)})`)),
      );
      $("filter-check").value = check;
    }
    if ($("filter-kind").options.length < 2) {
      $("filter-kind").replaceChildren(option("", "Any kind"), ...units.kinds().map((kind) => option(kind, kind)));
    }
    const all = this.app.about.count;
    const shown = units.view.length;
    const part = shown === all ? "" : `${number(shown)} of `;
    $("shown").textContent = `${part}${count(all, "unit")}${this.app.isLoaded ? "" : ", loading …"}`;
    $("filter-clear").hidden = $("filter-again").hidden = !units.isFiltered;
    $("filters").classList.toggle("is-set", units.isFiltered);
    $("nothing").hidden = shown > 0 || !this.app.isLoaded;
  }

  clear() {
    for (const name of FILTERS) $(`filter-${name}`).value = NO_FILTER[name];
    this.#filtered();
  }

  /** Where the edits are: on their way, on the disk, in the files. */
  state() {
    const { outbox } = this.app;
    const [kind, says] = this.#safety();
    if ($("state").textContent === says) return;
    const wasBad = $("state").dataset.kind === "bad";
    $("state").dataset.kind = kind;
    $("state").textContent = says;
    $("copy-unsent").hidden = outbox.server === "here" || !outbox.size;
    if (kind === "bad") announce(says, { isUrgent: true });
    else if (wasBad && kind !== "busy") announce(says);
  }

  #safety() {
    const { outbox, unsaved, isTakenOver } = this.app;
    const waiting = `${count(outbox.size, "change")} kept in this page`;
    if (isTakenOver) return ["bad", "This page is out of date: its changes went to the new one"];
    if (outbox.server === "gone") {
      const rest = outbox.size ? `; ${waiting}` : "";
      return ["bad", `This page is out of date: open the address that aligner printed last${rest}`];
    }
    if (outbox.server === "away") {
      return ["bad", outbox.size ? `No connection to aligner: ${waiting}` : "No connection to aligner"];
    }
    const disputed = outbox.conflicts.length;
    if (disputed) return ["bad", `${count(disputed, "conflict")}: changed in two windows`];
    if (outbox.size) return ["busy", "Keeping…"];
    if (unsaved) return ["safe", `All changes safe · ${number(unsaved)} not yet in the files`];
    return ["saved", "All changes safe and in the files"];
  }

  async save({ isForced = false } = {}) {
    const { app } = this;
    if (!(await app.outbox.settled())) {
      announce("Not saved: some changes have not reached aligner yet.", { isUrgent: true });
      return;
    }
    try {
      const saved = await post("save", isForced ? { force: true } : {}, 600_000);
      app.setUnsaved(saved.unsaved);
      this.banner(null);
      announce(`Saved: ${saved.files.join(", ") || "nothing was to be written"}.`);
      if (saved.lost.length) this.banner(`What the format cannot hold: ${saved.lost.join("; ")}`);
    } catch (error) {
      const isEdited = error instanceof Refused && error.status === 409;
      const does = error.answer?.reason === "changed" ? "Load the files, and save" : "Write over it";
      this.banner(error.message, isEdited && [does, () => this.save({ isForced: true })]);
    }
  }

  /** Something that the person must know, with what may be done about it; null for nothing. */
  banner(message, action = null) {
    $("banner").hidden = !message;
    if (!message) return;
    const [does, run] = action || [];
    $("banner").replaceChildren(
      el("p", { dir: "auto" }, message),
      does && el("button", { type: "button", onclick: () => { this.banner(null); run(); } }, does),
      el("button", { type: "button", onclick: () => this.banner(null) }, "Not now"),
    );
  }

  #chosen() {
    const boxes = [...$("languages").querySelectorAll("input")];
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    if (!chosen.length) {
      boxes.find((box) => box.value === this.app.units.languages[0]).checked = true;
      return;
    }
    this.app.show(chosen);
  }

  #filtered() {
    for (const name of FILTERS) this.app.units.filter[name] = $(`filter-${name}`).value;
    this.app.refilter();
  }

  #exports() {
    const { about } = this.app;
    return about.exports.flatMap((format) => {
      const langs = format === "xliff" ? about.targets.map((lang) => [lang]) : [null];
      return langs.map((only) =>
        el(
          "li",
          {},
          el(
            "button",
            { type: "button", onclick: () => this.#export(format, only) },
            FORMATS[format] ?? format,
            only ? ` · ${languageName(only[0])}` : "",
          ),
        ),
      );
    });
  }

  async #export(format, only) {
    const { app } = this;
    const shown = app.units.languages;
    const isExchange = format === "tmx" || format === "xliff";
    const langs = only ?? (isExchange ? shown : [app.about.source, ...shown]);
    const part = app.units.all[app.active.n]?.document ?? "";
    $("exports").hidePopover();
    announce("Making the file …");
    await app.outbox.settled();
    try {
      const parameters = { format, langs: langs.join(","), document: part };
      announce(`Saved by the browser: ${await download(parameters)}`);
    } catch (error) {
      this.banner(`No file: ${error.message}`);
    }
  }

  #lost(lost) {
    if (!lost.length) return;
    const said = lost.map((one) => `${one.id} (${one.lang}): ${one.text}`).join("\n");
    this.banner(`Edits of units that are no longer there (${lost.length}):\n${said}`);
  }

  async #copy() {
    const lines = this.app.outbox.kept().map((one) => `${one.id}\t${one.lang}\t${one.text}`);
    await navigator.clipboard.writeText(lines.join("\n"));
    announce(`${count(lines.length, "change")} copied.`);
  }
}

const option = (value, name) => el("option", { value }, name);
