import { EventEmitter } from 'node:events';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { LineSplitter, type Piece } from './LineSplitter';
import { formatEntry, type LogStream } from './logLine';
import type { NanoClock } from './NanoClock';

export interface LogRotation {
  /** Bytes after which a new file is begun. */
  readonly maxBytes: number;
  /** Files kept, the current one included. */
  readonly maxFiles: number;
}

/** What kubelet does unless it is told otherwise. */
export const defaultRotation: LogRotation = {
  maxBytes: 10 * 1024 * 1024,
  maxFiles: 5,
};

/** How long a line may stay without its end before its part is written, in ms. */
const PARTIAL_AFTER_MS = 25;

/**
 * Writes one attempt of a container's output into its log file, and tells
 * followers of every write. Writes are synchronous: a line is in the file before
 * anything that the process does next.
 */
export class ContainerLog {
  readonly path: string;
  readonly #rotation: LogRotation;
  readonly #clock: NanoClock;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #flushers = new Map<LogStream, () => void>();
  #file: number;
  #bytes: number;
  #generation = 0;
  #closed = false;

  constructor(options: {
    readonly path: string;
    readonly clock: NanoClock;
    readonly rotation?: LogRotation;
  }) {
    this.path = options.path;
    this.#clock = options.clock;
    this.#rotation = options.rotation ?? defaultRotation;
    mkdirSync(dirname(this.path), { recursive: true });
    this.#file = openSync(this.path, 'a', 0o600);
    this.#bytes = fstatSync(this.#file).size;
  }

  /** Number of rotations so far. */
  get generation(): number {
    return this.#generation;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Takes the output over; resolves at its end. */
  attach(stream: LogStream, output: Readable): Promise<void> {
    const splitter = new LineSplitter();
    let timer: NodeJS.Timeout | undefined;
    const flush = () => this.#write(stream, splitter.flush());
    this.#flushers.set(stream, flush);
    output.on('data', (chunk: Buffer) => {
      clearTimeout(timer);
      this.#write(stream, splitter.push(chunk));
      if (splitter.pending) {
        timer = setTimeout(flush, PARTIAL_AFTER_MS);
      }
    });
    return new Promise(resolve => {
      const end = () => {
        clearTimeout(timer);
        this.#flushers.delete(stream);
        this.#write(stream, splitter.end());
        resolve();
      };
      output.once('end', end);
      output.once('close', end);
      output.once('error', end);
    });
  }

  /** Adds a line of the node itself. */
  note(text: string): void {
    this.#write('stderr', [{ text, partial: false }]);
  }

  /** Calls back after each write, rotation and the close; returns its undoing. */
  onChange(callback: () => void): () => void {
    this.#changes.on('change', callback);
    return () => this.#changes.off('change', callback);
  }

  /** Nothing is written any more. */
  close(): void {
    if (!this.#closed) {
      for (const flush of this.#flushers.values()) {
        flush();
      }
      this.#closed = true;
      closeSync(this.#file);
      this.#changes.emit('change');
    }
  }

  #write(stream: LogStream, pieces: readonly Piece[]): void {
    if (this.#closed || pieces.length === 0) {
      return;
    }
    const lines = pieces.map(piece =>
      formatEntry({ time: this.#clock.now(), stream, ...piece }),
    );
    try {
      this.#append(Buffer.from(lines.join(''), 'utf8'));
    } catch {
      // A full disk must not end the node: the log has a gap, and continues later.
      return;
    }
    this.#changes.emit('change');
  }

  #append(data: Buffer): void {
    if (
      this.#bytes > 0 &&
      this.#bytes + data.length > this.#rotation.maxBytes
    ) {
      this.#rotate();
    }
    writeSync(this.#file, data);
    this.#bytes += data.length;
  }

  #rotate(): void {
    closeSync(this.#file);
    this.#generation += 1;
    renameSync(this.path, rotatedPath(this.path, this.#generation));
    const oldest = this.#generation - this.#rotation.maxFiles + 1;
    if (oldest > 0) {
      rmSync(rotatedPath(this.path, oldest), { force: true });
    }
    this.#file = openSync(this.path, 'a', 0o600);
    this.#bytes = 0;
  }
}

/** The file that the n-th rotation (from 1) moved away. */
export function rotatedPath(path: string, generation: number): string {
  return `${path}.${generation}`;
}
