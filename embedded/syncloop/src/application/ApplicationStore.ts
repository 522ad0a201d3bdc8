import { NotFoundError } from '@backstage/errors';
import {
  KubeClient,
  resourcePath,
  Watcher,
  type Logger,
} from '@ml-platform/kube';
import { REFRESH } from '../types';
import { Application, ApplicationStatus } from './Application';

export const APPLICATIONS = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  kind: 'Application',
  plural: 'applications',
};

const EVENTS = { group: '', version: 'v1', kind: 'Event', plural: 'events' };

export interface ApplicationStoreOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** An Application came, or what it asks for has changed. */
  readonly onWanted: (name: string) => void;
}

/** What of an Application makes us act; its status is our own writing. */
function wish({ metadata, spec, operation }: Application): string {
  return JSON.stringify([
    spec,
    operation,
    metadata.uid,
    metadata.deletionTimestamp,
    metadata.annotations?.[REFRESH],
  ]);
}

/** The Application objects of the management cluster. */
export class ApplicationStore {
  readonly #applications = new Map<string, Application>();
  readonly #wishes = new Map<string, string>();

  readonly #options: ApplicationStoreOptions;

  constructor(options: ApplicationStoreOptions) {
    this.#options = options;
  }

  /** Follows the objects until the signal aborts. */
  watch(): Promise<void> {
    const { client, namespace, logger, signal, onWanted } = this.#options;
    const watcher = new Watcher<Application>({
      client,
      logger,
      path: resourcePath(APPLICATIONS, namespace),
      backoff: { min: 250, max: 5_000 },
      handler: {
        upsert: (_key, application) => {
          const { name } = application.metadata;
          this.#applications.set(name, application);
          const wanted = wish(application);
          if (this.#wishes.get(name) === wanted) return;
          this.#wishes.set(name, wanted);
          onWanted(name);
        },
        remove: key => {
          const name = key.slice(key.indexOf('/') + 1);
          this.#applications.delete(name);
          this.#wishes.delete(name);
        },
        synced: () => undefined,
        status: ({ ok, error }) => {
          if (!ok) logger.warn(`Can't follow the Applications: ${error}`);
        },
      },
    });
    return watcher.run(signal);
  }

  get(name: string): Application | undefined {
    return this.#applications.get(name);
  }

  names(): string[] {
    return [...this.#applications.keys()];
  }

  /** Writes the status and takes away what asked for it: annotation and operation. */
  async write(
    application: Application,
    status: ApplicationStatus,
  ): Promise<void> {
    const { name, annotations } = application.metadata;
    const written = await this.#patch(application, {
      ...(annotations?.[REFRESH]
        ? { metadata: { annotations: { [REFRESH]: null } } }
        : {}),
      ...(application.operation === undefined ? {} : { operation: null }),
      status: replacing(application.status, status),
    });
    if (written) this.#applications.set(name, written);
  }

  /** Lets a deleted Application go. */
  async release(application: Application, finalizer: string): Promise<void> {
    const finalizers = application.metadata.finalizers?.filter(
      name => name !== finalizer,
    );
    await this.#patch(application, { metadata: { finalizers } });
  }

  /** Adds a Kubernetes event to an Application. */
  async event(
    application: Application,
    event: { type: 'Normal' | 'Warning'; reason: string; message: string },
  ): Promise<void> {
    const { namespace, client, signal } = this.#options;
    const { name, uid } = application.metadata;
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
    await client.text({
      method: 'POST',
      path: resourcePath(EVENTS, namespace),
      signal,
      body: {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { generateName: `${name}.`, namespace },
        involvedObject: {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          namespace,
          name,
          uid,
        },
        source: { component: 'argocd-application-controller' },
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
        ...event,
        message: event.message.slice(0, 1_000),
      },
    });
  }

  async #patch(
    { metadata: { name } }: Application,
    body: object,
  ): Promise<Application | undefined> {
    const { client, namespace, signal } = this.#options;
    try {
      return await client.json<Application>({
        method: 'PATCH',
        path: resourcePath(APPLICATIONS, namespace, name),
        contentType: 'application/merge-patch+json',
        body,
        signal,
      });
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A merge patch that makes the old value the new one: what is gone becomes null. */
function replacing(before: unknown, after: unknown): unknown {
  if (!isRecord(before) || !isRecord(after)) return after;
  const gone = Object.keys(before).filter(name => after[name] === undefined);
  return {
    ...Object.fromEntries(gone.map(name => [name, null])),
    ...Object.fromEntries(
      Object.entries(after).map(([name, value]) => [
        name,
        replacing(before[name], value),
      ]),
    ),
  };
}
