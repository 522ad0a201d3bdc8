const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Depth of what `items` holds: the document is 1, the list 2. */
const INSIDE = 2;
const BEFORE_ITEMS = /"items"\s*:\s*$/;

/**
 * Takes the objects of `items` out of the JSON of a list as it comes in, so that
 * never more than one of them has to be in memory.
 */
export class ItemSplitter {
  #depth = 0;
  #inText = false;
  #escaped = false;
  #inItems = false;
  /** Parts of the item that goes on in the next piece. */
  #begun: Buffer[] = [];
  /** Parts of everything around the items. */
  readonly #around: Buffer[] = [];

  /** The items that a piece completes, as JSON. */
  split(piece: Buffer): string[] {
    const items: string[] = [];
    // Where the item, or what is around the items, begins in this piece.
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      if (this.#inText) {
        at = this.#endOfText(piece, at);
        this.#inText = at === piece.length;
        continue;
      }
      const byte = piece[at];
      if (byte === QUOTE) {
        this.#inText = true;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        this.#depth += 1;
        if (this.#depth === INSIDE && byte === OPEN_LIST) {
          const before = this.#text(piece.subarray(from, at));
          if (BEFORE_ITEMS.test(before)) {
            this.#around.push(Buffer.from(piece.subarray(from, at + 1)));
            this.#inItems = true;
            from = at + 1;
          }
        }
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        this.#depth -= 1;
        if (this.#inItems && this.#depth === INSIDE) {
          items.push(this.#item(piece.subarray(from, at + 1)));
          from = at + 1;
        } else if (this.#inItems && this.#depth < INSIDE) {
          this.#inItems = false;
          this.#begun = [];
          from = at;
        }
      } else if (byte === COMMA && this.#inItems && this.#depth === INSIDE) {
        from = at + 1;
      }
    }
    const rest = Buffer.from(piece.subarray(from));
    (this.#inItems ? this.#begun : this.#around).push(rest);
    return items;
  }

  /** The list without its items, as JSON. */
  around(): string {
    return Buffer.concat(this.#around).toString();
  }

  /** Where the text ends that `start` is in; the length of the piece if not in it. */
  #endOfText(piece: Buffer, start: number): number {
    let from = this.#escaped ? start + 1 : start;
    this.#escaped = false;
    for (;;) {
      const quote = piece.indexOf(QUOTE, from);
      const end = quote < 0 ? piece.length : quote;
      let slashes = 0;
      while (end - slashes > from && piece[end - slashes - 1] === BACKSLASH) {
        slashes += 1;
      }
      const isEscaped = slashes % 2 === 1;
      if (quote < 0) {
        this.#escaped = isEscaped;
      }
      if (quote < 0 || !isEscaped) {
        return end;
      }
      from = quote + 1;
    }
  }

  #text(end: Buffer): string {
    return Buffer.concat([...this.#around, end]).toString();
  }

  #item(end: Buffer): string {
    if (this.#begun.length === 0) {
      return end.toString();
    }
    const whole = Buffer.concat([...this.#begun, end]);
    this.#begun = [];
    return whole.toString();
  }
}
