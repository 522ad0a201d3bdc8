/** A step of a build, as its log names it. */
export interface BuildStep {
  /** From 1, where the log counts. */
  readonly number?: number;
  readonly total?: number;
  /** The instruction, or what the builder does besides. */
  readonly text: string;
}

/** Lines of a step that are kept. */
const LINES = 12;

/** BuildKit: `#7 [builder 3/5] RUN make`; also of the build service. */
const VERTEX = /^#(\d+) (?:\[(?:[^\]]* )?(\d+)\/(\d+)\] )?(.*)$/;
/** BuildKit: what a vertex says, with the seconds since it began. */
const SAID = /^#(\d+) \d+\.\d+ (.*)$/;
const STATE = /^(?:DONE|CACHED|CANCELED|ERROR:|sha256:|\.\.\.)/;
/** podman and buildah: `STEP 3/5: RUN make`; docker without BuildKit: `Step 3/5 : …`. */
const STEP = /^(?:\[\d+\/\d+\] )?step (\d+)(?:\/(\d+))? ?: (.*)$/i;

interface Told {
  readonly step: BuildStep;
  readonly lines: string[];
}

/**
 * Reads from a build's log which step it is at, whichever builder writes it. What it
 * doesn't know is output of the step.
 */
export class BuildSteps {
  readonly #vertices = new Map<string, Told>();
  #current: Told | undefined;
  #failed: Told | undefined;

  /** Takes a line, and answers the step that it begins. */
  push(line: string): BuildStep | undefined {
    // What comes after a failure tells it again.
    return this.#failed ? undefined : this.#read(line, '');
  }

  #read(line: string, scope: string): BuildStep | undefined {
    const said = SAID.exec(line);
    if (said) {
      const [, number, text] = said;
      const id = `${scope}#${number}`;
      this.#current = this.#vertices.get(id) ?? this.#current;
      // A service shows what its engine says, which may count steps of its own.
      const step = this.#read(text, id);
      this.#keep(id);
      return step;
    }
    const vertex = VERTEX.exec(line);
    if (!vertex) {
      return this.#plain(line);
    }
    const [, vertexNumber, number, total, text] = vertex;
    const id = `${scope}#${vertexNumber}`;
    const known = this.#vertices.get(id);
    if (text.startsWith('ERROR:')) {
      this.#failed = known ?? this.#current;
    } else if (STATE.test(text)) {
      return undefined;
    } else if (known) {
      this.#current = known;
    } else {
      const step = this.#begin(text, number, total);
      this.#keep(id);
      return step;
    }
    return undefined;
  }

  /** Remembers the current step as what a vertex is at. */
  #keep(id: string): void {
    if (this.#current) {
      this.#vertices.set(id, this.#current);
    }
  }

  /** Where the build is; where it ended, once it has. */
  get step(): BuildStep | undefined {
    return (this.#failed ?? this.#current)?.step;
  }

  /** The last that this step has said. */
  get lastLines(): readonly string[] {
    return (this.#failed ?? this.#current)?.lines ?? [];
  }

  #begin(text: string, number?: string, total?: string): BuildStep {
    const step = {
      text,
      ...(number ? { number: Number(number) } : {}),
      ...(total ? { total: Number(total) } : {}),
    };
    this.#current = { step, lines: [] };
    return step;
  }

  #plain(line: string): BuildStep | undefined {
    const step = STEP.exec(line);
    if (step) {
      const [, number, total, text] = step;
      return this.#begin(text, number, total);
    }
    const { lines } = this.#current ?? {};
    if (lines && line.trim()) {
      lines.push(line.trimEnd());
      lines.splice(0, lines.length - LINES);
    }
    return undefined;
  }
}
