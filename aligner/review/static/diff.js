// Differences of two texts, word by word.

const TOKEN = /[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*|\s+|./gsu;
const MOST = 4_000_000; // cells of the table: about 2,000 words against 2,000

/**
 * What makes one text of another: a list of [kind, text], kind being "same", "gone" or "new".
 * What a longest common subsequence leaves; blanks between changed words are changed with them.
 */
export function changes(before, after) {
  const one = before.match(TOKEN) ?? [];
  const two = after.match(TOKEN) ?? [];
  let start = 0;
  while (start < one.length && start < two.length && one[start] === two[start]) start++;
  let end = 0;
  const room = Math.min(one.length, two.length) - start;
  while (end < room && one[one.length - 1 - end] === two[two.length - 1 - end]) end++;
  const middle = common(one.slice(start, one.length - end), two.slice(start, two.length - end));
  const same = (tokens) => tokens.map((token) => ["same", token]);
  return merged([
    ...same(one.slice(0, start)),
    ...middle,
    ...same(one.slice(one.length - end)),
  ]);
}

/** The edit script of two lists of tokens. */
function common(one, two) {
  const gone = (tokens) => tokens.map((token) => ["gone", token]);
  const made = (tokens) => tokens.map((token) => ["new", token]);
  if (one.length * two.length > MOST) return [...gone(one), ...made(two)];
  const width = two.length + 1;
  const table = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = two.length - 1; j >= 0; j--) {
      table[i * width + j] =
        one[i] === two[j]
          ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
  }
  const script = [];
  let [i, j] = [0, 0];
  while (i < one.length && j < two.length) {
    if (one[i] === two[j]) script.push(["same", one[i++], j++]);
    else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) script.push(["gone", one[i++]]);
    else script.push(["new", two[j++]]);
  }
  return [...script.map(([kind, text]) => [kind, text]), ...gone(one.slice(i)), ...made(two.slice(j))];
}

/** Neighbours of a kind as one, what is gone before what is new. */
function merged(script) {
  const made = [];
  let [gone, fresh] = ["", ""];
  const flush = () => {
    if (gone) made.push(["gone", gone]);
    if (fresh) made.push(["new", fresh]);
    [gone, fresh] = ["", ""];
  };
  script.forEach(([kind, text], at) => {
    const isBetween =
      kind === "same" && !text.trim() && gone && fresh && script[at + 1]?.[0] !== "same";
    if (kind === "gone" || isBetween) gone += text;
    if (kind === "new" || isBetween) fresh += text;
    if (kind === "same" && !isBetween) {
      flush();
      if (made.at(-1)?.[0] === "same") made.at(-1)[1] += text;
      else made.push(["same", text]);
    }
  });
  flush();
  return made;
}

/** The place where two texts differ, if that is one: [start, stop in the first, stop in the second]. */
export function edited(before, after) {
  const room = Math.min(before.length, after.length);
  let start = 0;
  while (start < room && before[start] === after[start]) start++;
  let end = 0;
  while (end < room - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [start, before.length - end, after.length - end];
}
