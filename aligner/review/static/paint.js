// Colours in texts: CSS Custom Highlights, which need no elements, so that a text stays one node.

// What is later lies on top.
const KINDS = ["term", "missing", "linked", "note", "warning", "error", "find", "found"];
const highlights = new Map();
if (globalThis.Highlight && CSS.highlights) {
  KINDS.forEach((kind, priority) => {
    const highlight = new Highlight();
    highlight.priority = priority;
    highlights.set(kind, highlight);
    CSS.highlights.set(kind, highlight);
  });
}

/** A text node with coloured spans, [start, stop] in UTF-16 code units. */
export class Painted {
  #spans = new Map();
  #ranges = new Map();

  constructor(node) {
    this.node = node;
  }

  /** Give the spans of a kind; those there were are gone. */
  set(kind, spans) {
    const highlight = highlights.get(kind);
    if (!highlight) return;
    for (const range of this.#ranges.get(kind) ?? []) highlight.delete(range);
    this.#spans.set(kind, spans);
    const ranges = spans.filter(([start, stop]) => start < stop).map((span) => this.#range(span));
    for (const range of ranges) highlight.add(range);
    this.#ranges.set(kind, ranges);
  }

  /** Write another text; the spans move with the words around the place that changed. */
  write(text, [start, stop, now]) {
    this.node.data = text;
    const moved = (at, isEnd) =>
      at < start || (isEnd && at === start) ? at : at >= stop ? at + now - stop : start;
    for (const [kind, spans] of this.#spans) {
      this.set(kind, spans.map(([from, to]) => [moved(from, false), moved(to, true)]));
    }
  }

  /** The index of the span of a kind that is drawn at a point of the window, or -1. */
  at(kind, x, y) {
    return (this.#spans.get(kind) ?? []).findIndex((span) =>
      [...this.#drawn(span).getClientRects()].some(
        (box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom,
      ),
    );
  }

  /** Where a span is drawn in the window. */
  box(span) {
    return this.#drawn(span).getBoundingClientRect();
  }

  clear() {
    for (const kind of [...this.#spans.keys()]) this.set(kind, []);
  }

  #drawn([start, stop]) {
    const range = document.createRange();
    range.setStart(this.node, Math.min(start, this.node.length));
    range.setEnd(this.node, Math.min(stop, this.node.length));
    return range;
  }

  #range([start, stop]) {
    const length = this.node.length;
    return new StaticRange({
      startContainer: this.node,
      startOffset: Math.min(start, length),
      endContainer: this.node,
      endOffset: Math.min(stop, length),
    });
  }
}
