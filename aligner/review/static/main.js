// Starts the page, and joins its buttons to what they do.

import { $ } from "./dom.js";
import { help } from "./keys.js";
import { Review } from "./review.js";

const review = new Review();
$("help-keys").append(...help());
$("help-open").addEventListener("click", () => review.commands.help());
$("find-open").addEventListener("click", () => review.commands.find());
$("panel-toggle").addEventListener("click", () => review.commands.togglePanel());
for (const button of document.querySelectorAll("[data-command]")) {
  const { command, argument } = button.dataset;
  button.addEventListener("click", () => {
    review.commands[command](argument === undefined ? undefined : JSON.parse(argument));
    review.focus();
  });
}
addEventListener("beforeunload", (event) => {
  review.outbox.flush();
  if (review.outbox.size) event.preventDefault();
});
document.addEventListener("visibilitychange", () => review.outbox.flush());
for (const [width, arrange] of [
  ["900px", (isWide) => ($("filters").open = isWide)],
  ["1100px", (isWide) => review.showPanel(isWide)],
]) {
  const query = matchMedia(`(min-width: ${width})`);
  query.addEventListener("change", () => arrange(query.matches));
  arrange(query.matches);
}
review.start().catch((error) => review.head.banner(`The page could not be loaded: ${error.message}`, ["Try again", () => location.reload()]));
