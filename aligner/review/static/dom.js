// Making elements. Text goes in as text nodes only: whatever a file says, it stays text.

/** An element; `on…` attributes are listeners, `true` is an attribute without a value. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child != null && child !== false));
  return made;
}

export const $ = (id) => document.getElementById(id);

const names = new Intl.DisplayNames(["en"], { type: "language" });

/** The name of a language; its code where it has none. */
export function languageName(code) {
  try {
    return names.of(code);
  } catch {
    return code;
  }
}

const numbers = new Intl.NumberFormat("en");

export const count = (value, noun) =>
  `${numbers.format(value)} ${noun}${value === 1 ? "" : "s"}`;

export const number = (value) => numbers.format(value);

export const percent = (value) => `${Math.round(100 * value)} %`;

/** Tell a screen reader, and whoever looks at the foot of the page. */
export function announce(message, { isUrgent = false } = {}) {
  const region = $(isUrgent ? "alert" : "status");
  region.textContent = "";
  region.textContent = message;
  region.classList.add("is-new");
  clearTimeout(region.timer);
  region.timer = setTimeout(() => region.classList.remove("is-new"), isUrgent ? 8000 : 4000);
}

/** A function that runs a while after it was called first, once however often it is called. */
export function seldom(run, pause) {
  let timer = 0;
  return () => {
    timer ||= setTimeout(() => {
      timer = 0;
      run();
    }, pause);
  };
}

/** A function that runs when it has not been called for a while. */
export function whenQuiet(run, pause) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...given), pause);
  };
}
