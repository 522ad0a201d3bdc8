import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

interface StampedLine {
  readonly time: string;
  readonly text: string;
}

export interface PastLines {
  readonly stamped: readonly Buffer[];
  readonly plain: readonly Buffer[];
}

/** The log of one container, as the kubelet gives it out. */
export class FakePodLog {
  /**
   * Lines from before all others with and without their times, given out as
   * they are: a long log costs its reader's time, not that of the server.
   */
  past: PastLines | undefined;
  /** Each answer breaks after so many lines of what there is. */
  breaksAfter = Infinity;
  #lines: StampedLine[] = [];
  readonly #followers = new Map<ServerResponse, boolean>();
  #ended = false;

  get followerCount(): number {
    return this.#followers.size;
  }

  append(time: string, text: string): void {
    this.#lines.push({ time, text });
    for (const [response, stamped] of this.#followers) {
      response.write(`${stamped ? `${time} ` : ''}${text}\n`);
    }
  }

  /** The container ended: followers are let go. */
  end(): void {
    this.#ended = true;
    for (const response of this.#followers.keys()) {
      response.end();
    }
  }

  /** A proxy closes the connections, orderly. */
  closeFollowers(): void {
    for (const response of this.#followers.keys()) {
      this.#followers.delete(response);
      response.end();
    }
  }

  /** The connections break in the middle of a line. */
  tearFollowers(half: string): void {
    for (const response of this.#followers.keys()) {
      this.#followers.delete(response);
      response.write(half);
      setImmediate(() => response.destroy());
    }
  }

  /** The file was rotated: what was written before is gone. */
  rotate(): void {
    this.#lines = [];
  }

  async serve(query: URLSearchParams, response: ServerResponse): Promise<void> {
    const stamped = query.get('timestamps') === 'true';
    const since = Date.parse(query.get('sinceTime') ?? '') || 0;
    const tail = Number(query.get('tailLines') ?? Infinity);
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.flushHeaders();
    if (this.past) {
      const pieces = stamped ? this.past.stamped : this.past.plain;
      try {
        await pipeline(pieces, response, { end: false });
      } catch {
        // The reader has gone.
        return;
      }
    }
    const lines = this.#lines
      .filter(line => Date.parse(line.time) >= since)
      .slice(-tail);
    for (const line of lines.slice(0, this.breaksAfter)) {
      response.write(`${stamped ? `${line.time} ` : ''}${line.text}\n`);
    }
    if (lines.length > this.breaksAfter) {
      setImmediate(() => response.destroy());
      return;
    }
    if (query.get('follow') !== 'true' || this.#ended) {
      response.end();
      return;
    }
    this.#followers.set(response, stamped);
    response.on('close', () => this.#followers.delete(response));
  }
}
