// A list that draws only what is in sight, of rows that are as high as they are.

const BEYOND = 500; // px above and below what is in sight
const MARGIN = 24; // px between what is gone to and the edge

/**
 * `make(n)` gives a row: {element, dispose()}; `estimate(n)` its likely height until it is measured;
 * `squeezed()` is called when what is worked on may have got out of sight.
 */
export class List {
  #rows = new Map();
  #heights = new Map();
  #tops = new Float64Array(1);
  #width = 0;
  #height = 0;
  #observer = new ResizeObserver((entries) => this.#measured(entries));

  constructor(scroller, host, units, { make, estimate, squeezed }) {
    this.scroller = scroller;
    this.host = host;
    this.units = units;
    this.make = make;
    this.estimate = estimate;
    this.squeezed = squeezed;
    this.pinned = null; // the number of a row that stays, seen or not: it has the focus
    scroller.addEventListener("scroll", () => this.draw(), { passive: true });
    new ResizeObserver(() => this.#resized()).observe(scroller);
  }

  row(n) {
    return this.#rows.get(n);
  }

  rows() {
    return this.#rows.values();
  }

  /** The view is another one: draw it. Rows that can stay as they are do; so does the pinned one. */
  reset({ isAnew = false } = {}) {
    const { places } = this.units;
    const numbers = [...this.host.children].map(({ dataset }) => Number(dataset.n));
    const isInOrder = numbers.every((n, at) => !at || places.get(numbers[at - 1]) < places.get(n));
    for (const n of numbers) {
      const isKept = places.has(n) && !isAnew && (isInOrder || n === this.pinned);
      if (!isKept) this.#drop(n);
    }
    if (isAnew) this.#heights.clear();
    this.#place();
    this.draw();
  }

  /** Draw what is in sight. */
  draw() {
    const { places, view } = this.units;
    const from = this.#index(this.scroller.scrollTop - BEYOND);
    const to = this.#index(this.scroller.scrollTop + this.scroller.clientHeight + BEYOND);
    for (const [n] of [...this.#rows]) {
      const index = places.get(n);
      if ((index === undefined || index < from || index > to) && n !== this.pinned) this.#drop(n);
    }
    for (let index = to; index >= from; index--) {
      const n = view[index];
      if (n !== undefined && !this.#rows.has(n)) this.#add(n);
    }
  }

  /** Bring a row in sight, and draw it; gives it. */
  reveal(n) {
    const index = this.units.places.get(n);
    if (index === undefined) return null;
    const room = this.scroller.clientHeight;
    if (!this.#rows.has(n)) {
      this.scroller.scrollTop = this.#tops[index] - room / 3;
      this.draw();
      this.#measureNow();
    }
    const [top, bottom] = [this.#tops[index], this.#tops[index + 1]];
    const margin = Math.min(96, room / 5);
    const { scrollTop } = this.scroller;
    if (top < scrollTop + margin) {
      this.scroller.scrollTop = top - margin;
    } else if (bottom > scrollTop + room - margin) {
      this.scroller.scrollTop = Math.min(top - margin, bottom - room + margin);
    }
    this.draw();
    return this.#rows.get(n);
  }

  /** Bring a box of the window in sight; of one that is too high, its upper end. */
  bring({ top, bottom }) {
    const room = this.scroller.getBoundingClientRect();
    const above = top - room.top - MARGIN;
    const below = bottom - room.bottom + MARGIN;
    if (above < 0) this.scroller.scrollTop += above;
    else if (below > 0) this.scroller.scrollTop += Math.min(above, below);
    this.draw();
  }

  #add(n) {
    const row = this.make(n);
    const index = this.units.places.get(n);
    let after = null;
    for (const [other, { element }] of this.#rows) {
      const place = this.units.places.get(other);
      if (place > index && (!after || place < after.place)) after = { place, element };
    }
    this.host.insertBefore(row.element, after?.element ?? null);
    this.#rows.set(n, row);
    this.#put(n);
    this.#observer.observe(row.element);
  }

  #drop(n) {
    const row = this.#rows.get(n);
    this.#observer.unobserve(row.element);
    row.element.remove();
    row.dispose();
    this.#rows.delete(n);
  }

  #put(n) {
    const { element } = this.#rows.get(n);
    const index = this.units.places.get(n);
    element.style.transform = `translateY(${this.#tops[index]}px)`;
    element.setAttribute("aria-posinset", index + 1);
    element.setAttribute("aria-setsize", this.units.view.length);
  }

  /** Where each row begins. */
  #place() {
    const { view } = this.units;
    if (this.#tops.length !== view.length + 1) this.#tops = new Float64Array(view.length + 1);
    let top = 0;
    view.forEach((n, index) => {
      this.#tops[index] = top;
      top += this.#heights.get(n) ?? this.estimate(n);
    });
    this.#tops[view.length] = top;
    this.host.style.height = `${top}px`;
    for (const [n] of this.#rows) if (this.units.places.has(n)) this.#put(n);
  }

  /** The index of the row at a height. */
  #index(y) {
    let [low, high] = [0, Math.max(0, this.units.view.length - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#tops[middle] <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #measureNow() {
    this.#heard([...this.#rows].map(([n, { element }]) => [n, element.offsetHeight]));
  }

  #measured(entries) {
    const sizes = entries.map((entry) => [Number(entry.target.dataset.n), entry.borderBoxSize[0].blockSize]);
    this.#heard(sizes.filter(([n, height]) => height && this.#rows.has(n)));
    this.draw();
  }

  /** Rows have other heights than thought: what is looked at stays where it is. */
  #heard(sizes) {
    const changed = sizes.filter(
      ([n, height]) => Math.abs((this.#heights.get(n) ?? -1) - height) > 0.5,
    );
    if (!changed.length || !this.units.view.length) return;
    const anchor = this.#anchor();
    for (const [n, height] of changed) this.#heights.set(n, height);
    this.#place();
    this.#hold(anchor);
  }

  /** What is looked at: the pinned row if it is in sight, else the first one; and where it stands. */
  #anchor() {
    const { scrollTop } = this.scroller;
    const own = this.units.places.get(this.pinned);
    const isInSight =
      this.#tops[own] < scrollTop + this.#height && this.#tops[own + 1] > scrollTop;
    const index = isInSight ? own : this.#index(scrollTop);
    return { index, isInSight, offset: this.#tops[index] - scrollTop };
  }

  #hold({ index, offset }) {
    const { scrollTop } = this.scroller;
    const wanted = this.#tops[index] - offset;
    if (scrollTop > 0 && Math.abs(wanted - scrollTop) > 0.5) this.scroller.scrollTop = wanted;
  }

  #resized() {
    const { clientWidth, clientHeight } = this.scroller;
    const anchor = this.#anchor();
    this.#height = clientHeight;
    if (clientWidth !== this.#width) {
      this.#width = clientWidth;
      for (const n of [...this.#heights.keys()]) if (!this.#rows.has(n)) this.#heights.delete(n);
      this.#place();
      this.#measureNow();
      this.#hold(anchor);
    }
    this.draw();
    if (anchor.isInSight) this.squeezed();
  }
}
