import { InputError } from '@backstage/errors';
import type { PodLogCursor } from '@ml-platform/kube';

/** A place in what the driver wrote in one run of a job. */
export interface DriverCursor {
  readonly kind: 'driver';
  /** Names the run, as {@link runName} does. */
  readonly run: string;
  /** In the submitter's container, or the lines of Ray's own file that were read. */
  readonly place: PodLogCursor | number;
}

/** A place in the archived log of one attempt. */
export interface ArchiveCursor {
  readonly kind: 'archive';
  readonly attempt: number;
  readonly lines: number;
}

/** A place in the merged logs of all containers. */
export interface MergedCursor {
  readonly kind: 'merged';
  /** As in {@link PodLogCursor}. */
  readonly time: string;
  /** Lines from that time that were read. */
  readonly count: number;
}

/** A place in a log that a module brings, in its own words. */
export interface SourceCursor {
  readonly kind: 'source';
  readonly text: string;
}

/** A place in a log: everything up to and including it has been read. */
export type LogCursor =
  PodLogCursor | DriverCursor | ArchiveCursor | MergedCursor | SourceCursor;

const podFields = (place: PodLogCursor) => [
  place.podUid,
  place.container,
  place.restartCount,
  place.time,
  place.count,
];

function fieldsOf(cursor: LogCursor): readonly (string | number)[] {
  switch (cursor.kind) {
    case 'container':
      return podFields(cursor);
    case 'driver':
      return [
        cursor.run,
        ...(typeof cursor.place === 'number'
          ? [cursor.place]
          : podFields(cursor.place)),
      ];
    case 'archive':
      return [cursor.attempt, cursor.lines];
    case 'merged':
      return [cursor.time, cursor.count];
    default:
      return [cursor.text];
  }
}

/**
 * The cursor as text that fits a URL, a line and an SSE `id:`.
 * @param uid - of the RayJob: another job can have the same name later
 */
export function encodeLogCursor(uid: string, cursor: LogCursor): string {
  return [uid, cursor.kind, ...fieldsOf(cursor)]
    .map(field => encodeURIComponent(field).replaceAll('~', '%7E'))
    .join('~');
}

/** Takes the fields of a cursor one after the other. */
class Fields {
  readonly #fields: readonly string[];
  #at = 0;

  /** @throws {URIError} when the text isn't encoded as a cursor is */
  constructor(text: string) {
    this.#fields = text.split('~').map(decodeURIComponent);
  }

  get left(): number {
    return this.#fields.length - this.#at;
  }

  text(): string {
    const field = this.#fields[this.#at] ?? '';
    this.#at += 1;
    return field;
  }

  /** @throws {RangeError} when the field isn't a count */
  count(): number {
    const field = this.text();
    if (!/^\d{1,15}$/.test(field)) {
      throw new RangeError(`${field} is not a count`);
    }
    return Number(field);
  }

  /** @throws {RangeError} when the field is neither empty nor a time */
  time(): string {
    const field = this.text();
    if (field && Number.isNaN(Date.parse(field))) {
      throw new RangeError(`${field} is not a time`);
    }
    return field;
  }

  place(): PodLogCursor {
    return {
      kind: 'container',
      podUid: this.text(),
      container: this.text(),
      restartCount: this.count(),
      time: this.time(),
      count: this.count(),
    };
  }
}

function read(fields: Fields): LogCursor {
  const kind = fields.text();
  switch (kind) {
    case 'container':
      return fields.place();
    case 'driver': {
      const run = fields.text();
      return {
        kind,
        run,
        place: fields.left === 1 ? fields.count() : fields.place(),
      };
    }
    case 'archive':
      return { kind, attempt: fields.count(), lines: fields.count() };
    case 'merged':
      return { kind, time: fields.time(), count: fields.count() };
    case 'source':
      return { kind, text: fields.text() };
    default:
      throw new RangeError(`There is no kind of cursor ${kind}`);
  }
}

/**
 * The cursor that {@link encodeLogCursor} wrote.
 * @throws {InputError} when the text isn't a cursor
 */
export function decodeLogCursor(text: string): {
  readonly uid: string;
  readonly cursor: LogCursor;
} {
  try {
    const fields = new Fields(text);
    const uid = fields.text();
    const cursor = read(fields);
    if (fields.left !== 0) {
      throw new RangeError('The text has more or fewer fields than a cursor');
    }
    return { uid, cursor };
  } catch {
    throw new InputError(
      'The cursor of the log is damaged; read the log again without it',
    );
  }
}
