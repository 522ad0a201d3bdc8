/** One line that says something, without its indentation. */
interface Line {
  readonly indent: number;
  readonly text: string;
}

/** Thrown for what only a whole reader of YAML understands. */
class NotPlain extends Error {}

const ENTRY = /^([A-Za-z][\w.-]*):(?: +(\S.*))?$/;
/** A word that is a text in every version of YAML, unless it is one of the next. */
const WORD = /^(?:--?)?[A-Za-z/][\w./:=+@-]*$/;
const OTHER_WORD = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')$/;

function readLines(text: string): Line[] {
  return text.split('\n').flatMap(line => {
    const content = line.trim();
    if (!content || content.startsWith('#')) {
      return [];
    }
    const indent = line.search(/[^ ]/);
    return { indent, text: line.slice(indent).trimEnd() };
  });
}

function readScalar(text: string): unknown {
  const [, double, single] = QUOTED.exec(text) ?? [];
  if (double !== undefined || single !== undefined) {
    return double ?? single;
  }
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  if (text === '{}' || text === '[]') {
    return text === '{}' ? {} : [];
  }
  if (text === 'null') {
    return null;
  }
  if (WORD.test(text) && !OTHER_WORD.test(text) && !text.endsWith(':')) {
    return text;
  }
  throw new NotPlain();
}

/** Reads lines from the front, for as long as they belong to one value. */
class Reader {
  readonly #lines: Line[];

  constructor(lines: Line[]) {
    this.#lines = lines;
  }

  get #next(): Line | undefined {
    return this.#lines[0];
  }

  whole(): unknown {
    const value = this.#block(0);
    if (this.#next) {
      throw new NotPlain();
    }
    return value;
  }

  /** What begins at this depth: a list, a mapping, or nothing. */
  #block(indent: number): unknown {
    if (this.#next?.indent !== indent) {
      return null;
    }
    return this.#isItem(indent) ? this.#list(indent) : this.#mapping(indent);
  }

  #isItem(indent: number): boolean {
    return this.#next?.indent === indent && this.#next.text.startsWith('- ');
  }

  #list(indent: number): unknown[] {
    const items: unknown[] = [];
    while (this.#isItem(indent)) {
      const text = this.#lines.shift()?.text.slice(2) ?? '';
      if (ENTRY.test(text)) {
        this.#lines.unshift({ indent: indent + 2, text });
        items.push(this.#mapping(indent + 2));
      } else {
        items.push(this.#scalar(text, indent));
      }
    }
    return items;
  }

  #mapping(indent: number): object {
    const entries = new Map<string, unknown>();
    while (this.#next?.indent === indent && !this.#isItem(indent)) {
      const [, key, value] = ENTRY.exec(this.#next.text) ?? [];
      if (key === undefined || entries.has(key)) {
        throw new NotPlain();
      }
      this.#lines.shift();
      entries.set(
        key,
        value === undefined ? this.#under(indent) : this.#scalar(value, indent),
      );
    }
    return Object.fromEntries(entries);
  }

  /** The value below a key: a list may begin at the key's own depth. */
  #under(indent: number): unknown {
    const deeper = this.#next?.indent ?? 0;
    return this.#block(
      deeper > indent || !this.#isItem(indent)
        ? Math.max(deeper, indent + 1)
        : indent,
    );
  }

  #scalar(text: string, indent: number): unknown {
    // It would go on in a deeper line.
    if (this.#next && this.#next.indent > indent) {
      throw new NotPlain();
    }
    return readScalar(text);
  }
}

/**
 * Reads the YAML that kubectl, gcloud and `ml-platform init` write: mappings and
 * lists in blocks, words and quoted texts. A whole reader takes longer for a
 * kubeconfig than a cluster for its answer.
 *
 * @returns `undefined` for all other YAML, right or wrong
 */
export function readPlainYaml(
  text: string,
): { readonly value: unknown } | undefined {
  try {
    return { value: new Reader(readLines(text)).whole() };
  } catch (error) {
    if (error instanceof NotPlain) {
      return undefined;
    }
    throw error;
  }
}
