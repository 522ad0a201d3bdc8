import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { Backoff, sleep, type KubeClient } from '@ml-platform/kube';

/** Milliseconds between two looks at a server that answers. */
const EVERY = 20_000;
/** Versions of the core API: a few bytes, for those who have signed in. */
const API_VERSIONS = '/api';

export interface ProbeOptions {
  readonly client: KubeClient;
  /** Paths of collections that the reader must be allowed to list. */
  readonly collections?: () => readonly string[];
  /** Told of the server's version, as `v1.34.4`, each time that it answers. */
  readonly onVersion: (version: string | undefined) => void;
  /** Told why the server does not answer, or which right is missing. */
  readonly onError: (error: string) => void;
  /** Milliseconds between two looks at a server that answers. */
  readonly everyMs?: number;
  /** Milliseconds: shortest and longest wait after a failure. */
  readonly backoff?: { readonly min: number; readonly max: number };
}

/**
 * Asks an API server for its version again and again, until the signal aborts,
 * and for one object of each collection. An open watch tells neither that the
 * credentials or the right to watch were revoked since it was opened nor that
 * the server hangs.
 */
export async function probeServer(
  options: ProbeOptions,
  signal: AbortSignal,
): Promise<void> {
  const { client, collections, everyMs = EVERY } = options;
  const backoff = new Backoff(options.backoff ?? { min: 1_000, max: 30_000 });
  while (!signal.aborted) {
    try {
      const version = await readVersion(client, signal);
      await checkRights(client, collections?.() ?? [], signal);
      options.onVersion(version);
      backoff.reset();
      await sleep(everyMs * (0.9 + 0.2 * Math.random()), signal);
    } catch (error) {
      if (!signal.aborted) {
        options.onError(error instanceof Error ? error.message : String(error));
        await sleep(backoff.next(), signal);
      }
    }
  }
}

/**
 * Looks at what only those see who are let in, as the version is for everybody at
 * times. @returns `undefined` where the version is for others only
 */
async function readVersion(
  client: KubeClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  await unlessKept(client.json({ path: API_VERSIONS, signal }));
  const version = await unlessKept(
    client.json<{ gitVersion?: string }>({ path: '/version', signal }),
  );
  return version?.gitVersion;
}

/** @throws {NotAllowedError} with the API server's sentence, for a missing right */
async function checkRights(
  client: KubeClient,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const path of paths) {
    try {
      await client.text({ path, query: { limit: 1 }, signal });
    } catch (error) {
      // The watch tells of a kind that is no longer served.
      if (!(error instanceof NotFoundError)) {
        throw error;
      }
    }
  }
}

/** An answer, or `undefined` from a server that keeps it to itself. */
async function unlessKept<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotAllowedError || error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}
