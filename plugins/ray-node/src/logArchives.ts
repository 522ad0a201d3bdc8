import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { JobRef } from '@ml-platform/rayjob';
import type { Readable } from 'node:stream';

/** Names one log in an archive: the driver's log from one attempt of one job. */
export interface LogArchiveKey extends JobRef {
  /** UID of the RayJob: another job can have the same name later. */
  readonly uid: string;
  /** From 1. */
  readonly attempt: number;
  /**
   * Number of a part, from 1, of a log that is still being written, or the index of the
   * whole log; absent for the whole log itself.
   */
  readonly part?: number | 'index';
}

/** Some bytes of what is in an archive. */
export interface ByteRange {
  /** From 0. */
  readonly offset: number;
  /** At least 1. */
  readonly length: number;
}

/** A place where the logs of jobs stay when their pods are gone. */
export interface LogArchive {
  /** For messages to people. */
  readonly name: string;
  /**
   * Keeps a log or a part of it, as gzip. It appears whole or not at all: when
   * the stream fails, or the archive does, this rejects and nothing is left.
   * Replaces what is there, unless `ifAbsent` is set.
   *
   * @throws {ConflictError} with `ifAbsent`, when the archive has it: what is
   * there stays, also when two backends write it at the same time
   */
  write(
    key: LogArchiveKey,
    body: Readable,
    options?: { readonly ifAbsent?: boolean },
  ): Promise<void>;
  /**
   * A log or a part of it, as gzip; `undefined` when the archive lacks it.
   * @param range - only these of its bytes
   */
  read(key: LogArchiveKey, range?: ByteRange): Promise<Readable | undefined>;
  /** Removes a log or a part of it, if the archive has it. */
  delete(key: LogArchiveKey): Promise<void>;
}

/** Lets modules add archives; `ray.logs.archive.type` says which is used. */
export interface RayLogArchivesExtensionPoint {
  addLogArchive(type: string, archive: LogArchive): void;
}

export const rayLogArchivesExtensionPoint =
  createExtensionPoint<RayLogArchivesExtensionPoint>({
    id: 'ray.log-archives',
  });

/** The name of a log as a path, for archives that have paths or object names. */
export function logArchivePath(key: LogArchiveKey): string {
  const { cluster, namespace, name, uid, attempt, part } = key;
  const folders = [cluster, namespace, name, uid].map(folder =>
    // A dot alone would be a way out of the folder.
    encodeURIComponent(folder).replace(/^\.+$/, '_'),
  );
  if (part === 'index') {
    return `${folders.join('/')}/driver-${attempt}.index.json.gz`;
  }
  const suffix = part === undefined ? '' : `.part-${part}`;
  return `${folders.join('/')}/driver-${attempt}${suffix}.log.gz`;
}
