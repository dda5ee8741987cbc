// The entry of a term, over the text where the pointer rests.

import { $, whenQuiet } from "./dom.js";

const PAUSE = 180; // ms

export function attachTips(app) {
  const tip = $("tip");
  const hide = () => tip.matches(":popover-open") && tip.hidePopover();
  const rested = whenQuiet(async (element, x, y) => {
    const row = app.list.row(Number(element.closest(".unit")?.dataset.n));
    const id = row?.conceptAt(x, y);
    const concept = id === null || id === undefined ? null : await app.panel.concept(id);
    if (!concept) return hide();
    tip.replaceChildren(app.panel.entry(concept));
    tip.showPopover();
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(x - 16, innerWidth - width - 8))}px`;
    tip.style.top = `${y + 24 + height < innerHeight ? y + 20 : Math.max(8, y - height - 12)}px`;
  }, PAUSE);
  $("units").addEventListener("pointermove", ({ target, clientX, clientY }) => rested(target, clientX, clientY));
  $("units").addEventListener("pointerleave", () => rested(document.body, -1, -1));
  $("scroller").addEventListener("scroll", hide, { passive: true });
  addEventListener("keydown", hide);
}
