import { type FileHandle, open } from 'node:fs/promises';
import { rotatedPath } from './ContainerLog';
import { FileLines } from './FileLines';
import { parseEntry } from './logLine';
import type { LogQuery } from './LogQuery';
import { tailStart } from './tailStart';

/** The writer of a log that still grows. */
export interface GrowingLog {
  readonly generation: number;
  readonly closed: boolean;
  onChange(callback: () => void): () => void;
}

/**
 * The log as kubelet serves it: of the current file, in pieces as they come.
 * With `follow`, continues until the container ended or the signal, through
 * rotations of the file.
 */
export async function* readLog(options: {
  readonly path: string;
  /** Undefined where the container has ended. */
  readonly growing: GrowingLog | undefined;
  readonly query: LogQuery;
  readonly signal: AbortSignal;
}): AsyncGenerator<Buffer> {
  const { path, growing, query, signal } = options;
  const render = renderer(query);
  let left = query.limitBytes ?? Infinity;
  let { file, generation } = await openFile(
    path,
    growing,
    growing?.generation ?? 0,
  );
  try {
    const lines = new FileLines(
      file,
      query.tailLines === undefined
        ? 0
        : await tailStart(file, query.tailLines),
    );
    while (!signal.aborted) {
      // Asked before reading: what is written later wakes the next round.
      const ended = !growing || growing.closed;
      const rotated = growing && growing.generation !== generation;
      const wake = nextChange(growing, signal);
      try {
        for await (const batch of lines.read()) {
          const data = render(batch);
          if (data.length > 0) {
            yield data.subarray(0, left);
            left -= data.length;
          }
          if (left <= 0 || signal.aborted) {
            return;
          }
        }
        if (rotated) {
          await file.close();
          ({ file, generation } = await openFile(
            path,
            growing,
            generation + 1,
          ));
          lines.continueWith(file);
        } else if (ended || !query.follow) {
          return;
        } else {
          await wake.promise;
        }
      } finally {
        wake.cancel();
      }
    }
  } finally {
    await file.close();
  }
}

/** The file of a generation, or the oldest after it where it was removed. */
async function openFile(
  path: string,
  growing: GrowingLog | undefined,
  first: number,
): Promise<{ file: FileHandle; generation: number }> {
  let generation = first;
  for (;;) {
    const current = growing?.generation ?? generation;
    if (generation >= current) {
      const file = await open(path, 'r').catch((cause: unknown) => {
        if (!growing || growing.generation === current) {
          throw cause;
        }
        return undefined;
      });
      if (file && (!growing || growing.generation === current)) {
        return { file, generation };
      }
      // Rotated while it was opened: it has another path now, or had none for a moment.
      await file?.close();
    } else {
      try {
        const file = await open(rotatedPath(path, generation + 1), 'r');
        return { file, generation };
      } catch {
        // A reader so far behind loses what was removed, as with kubelet.
        generation += 1;
      }
    }
  }
}

function nextChange(growing: GrowingLog | undefined, signal: AbortSignal) {
  let cancel = () => {};
  const promise = new Promise<void>(resolve => {
    const done = () => {
      cancel();
      resolve();
    };
    const off = growing?.onChange(done);
    signal.addEventListener('abort', done, { once: true });
    cancel = () => {
      off?.();
      signal.removeEventListener('abort', done);
    };
  });
  return { promise, cancel: () => cancel() };
}

/** Turns lines of the file into what is sent. */
function renderer(query: LogQuery): (lines: readonly string[]) => Buffer {
  // Parts of a line follow each other: only the first carries the time.
  let continued = false;
  return lines => {
    const parts: string[] = [];
    for (const line of lines) {
      const entry = parseEntry(line);
      if (entry && !(query.since && entry.time < query.since)) {
        if (query.timestamps && !continued) {
          parts.push(entry.time, ' ');
        }
        parts.push(entry.text, entry.partial ? '' : '\n');
        continued = entry.partial;
      }
    }
    return Buffer.from(parts.join(''), 'utf8');
  };
}
