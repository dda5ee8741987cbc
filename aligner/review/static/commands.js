// What the keys and buttons do; keys.js says which.

import { $, announce } from "./dom.js";
import { severity } from "./units.js";

export const commands = (app) => ({
  move: (step) => {
    const { view, places } = app.units;
    const n = view[(places.get(app.active.n) ?? -1) + step];
    if (n !== undefined) app.go(n, app.active.lang);
    else announce(step > 0 ? "That was the last unit." : "This is the first unit.");
  },
  toIssue: (step) => jump(app, step, (target) => ["error", "warning"].includes(severity(target)), "error or warning"),
  toUnreviewed: (step) => jump(app, step, (target) => !target.accepted, "unit that is not accepted"),
  toWorst: () => {
    const { n, lang } = app.active;
    const worst = app.units.worst(lang);
    const next = worst[worst.indexOf(n) + 1];
    if (next === undefined) announce("There is no more that is not accepted.");
    else app.go(next, lang);
  },
  accept: (isNext) => {
    const { n, lang } = app.active;
    const text = app.cell?.area.value ?? app.units.target(n, lang).text;
    if (!text.trim()) return announce("There is no text to accept.");
    if (!app.act("accept", text)) return true;
    announce("Accepted.");
    if (isNext) app.commands.move(1);
    return true;
  },
  revert: () => void app.act("revert"),
  undo: () => void app.act("undo"),
  copySource: () => app.cell?.write(app.units.all[app.active.n].source),
  insert: (at) => app.insert(at),
  spreadHere: () => app.spread(app.active.n, app.active.lang),
  find: () => app.finder.open(selected()),
  findNext: (step) => app.finder.step(step),
  concordance: () => {
    const phrase = selected();
    app.showPanel(true);
    $("concordance-text").focus();
    app.panel.concord(phrase || undefined);
  },
  terms: () => {
    app.showPanel(true);
    $("terms").querySelector("summary")?.focus();
  },
  toggleDiff: () => {
    app.isDiffShown = !app.isDiffShown;
    $("diff").setAttribute("aria-pressed", app.isDiffShown);
    for (const row of app.list.rows()) row.update();
  },
  togglePanel: () => app.showPanel(!document.body.classList.contains("has-panel")),
  toFilter: () => {
    $("filters").open = true;
    $("filter-text").focus();
  },
  save: () => void app.head.save(),
  toExport: () => {
    $("exports").showPopover();
    $("export-list").querySelector("button")?.focus();
  },
  escape: () => {
    if (app.finder.isOpen) app.finder.close();
    else if (document.activeElement !== app.cell?.area) app.focus();
    else return false;
    return true;
  },
  help: () => $("help").showModal(),
});

/** Go to the next place whose target passes a test. */
function jump(app, step, passes, name) {
  const place = app.units.next(app.active.n, app.active.lang, step, passes);
  if (!place) return announce(`There is no ${name}.`);
  const { issues } = app.units.target(place.n, place.lang);
  const issue = issues.find((one) => one.start !== null && one.severity !== "note");
  const isIssue = name.startsWith("error") && issue;
  return app.go(place.n, place.lang, isIssue ? [issue.start, issue.stop] : null);
}

/** The words that are selected, in a text area or elsewhere. */
function selected() {
  const area = document.activeElement;
  if (area?.matches("textarea")) return area.value.slice(area.selectionStart, area.selectionEnd);
  return String(getSelection());
}
