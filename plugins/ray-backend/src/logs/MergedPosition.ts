import type { LogLine } from '@ml-platform/backstage-plugin-ray-common';
import { encodeLogCursor, type LogCursor } from '@ml-platform/kube';

/** Stands for pod and container in the cursors of merged logs. */
const ALL = 'all';

/** The place in merged logs: a time, and how many lines of it were given out. */
export class MergedPosition {
  private time: string;
  private count = 0;
  private toSkip: number;

  constructor(after: LogCursor | undefined) {
    this.time = after?.time ?? '';
    this.toSkip = after?.count ?? 0;
  }

  get cursor(): string {
    const { time, count } = this;
    const place = { podUid: ALL, container: ALL, restartCount: 0 };
    return encodeLogCursor({ ...place, time, count });
  }

  /** Moves past a line; false for one that was given out before. */
  accept({ time }: LogLine): boolean {
    if (time === this.time) {
      this.count += 1;
      this.toSkip -= 1;
      return this.toSkip < 0;
    }
    if (time !== undefined && time > this.time) {
      this.time = time;
      this.count = 1;
      this.toSkip = 0;
    }
    return true;
  }
}
