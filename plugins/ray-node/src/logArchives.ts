import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { JobRef } from '@ml-platform/rayjob';
import type { Readable } from 'node:stream';

/** Names one log in an archive: the driver's of one attempt of one job. */
export interface LogArchiveKey extends JobRef {
  /** UID of the RayJob: another job may have the same name later. */
  readonly uid: string;
  /** From 1. */
  readonly attempt: number;
}

/** A place where the logs of jobs stay when their pods are gone. */
export interface LogArchive {
  /** For messages to people. */
  readonly name: string;
  /**
   * Keeps a log, as gzip. It appears whole or not at all: when the stream fails,
   * or the archive does, this rejects and nothing is left. Replaces what is there.
   */
  write(key: LogArchiveKey, body: Readable): Promise<void>;
  /** The log, as gzip; `undefined` when it is not there. */
  read(key: LogArchiveKey): Promise<Readable | undefined>;
  /** Removes a log; that it is not there is no error. */
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
  const { cluster, namespace, name, uid, attempt } = key;
  const folders = [cluster, namespace, name, uid].map(part =>
    // A dot alone would be a way out of the folder.
    encodeURIComponent(part).replace(/^\.+$/, '_'),
  );
  return `${folders.join('/')}/driver-${attempt}.log.gz`;
}
