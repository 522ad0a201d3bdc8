import { isDeepStrictEqual } from 'node:util';
import type { ReconcileResult } from '@ml-platform/embedded-controller-runtime';
import type { Logger } from '@ml-platform/kube';
import { Application } from './application/Application';
import {
  ApplicationReconciler,
  Outcome,
} from './application/ApplicationReconciler';
import { ApplicationStore } from './application/ApplicationStore';
import { CASCADE, REFRESH } from './types';

export interface ApplicationWorkerOptions {
  readonly store: ApplicationStore;
  readonly reconciler: ApplicationReconciler;
  /** Looks at the branches, and asks for all Applications where one has moved. */
  readonly look: () => Promise<void>;
  readonly logger: Logger;
}

/** As it comes back from an API server: without the fields that are undefined. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Handles one Application: reconciles it, and writes down what came of it. */
export class ApplicationWorker {
  readonly #options: ApplicationWorkerOptions;

  constructor(options: ApplicationWorkerOptions) {
    this.#options = options;
  }

  /** @throws {Error} when it should be tried again */
  async work(name: string): Promise<ReconcileResult> {
    const application = this.#options.store.get(name);
    return application
      ? { requeueAfterMs: await this.#handle(application) }
      : {};
  }

  async #handle(application: Application): Promise<number | undefined> {
    const { store, reconciler, look } = this.#options;
    const { deletionTimestamp, finalizers, annotations } = application.metadata;
    if (deletionTimestamp) {
      if (!finalizers?.includes(CASCADE)) return undefined;
      await reconciler.cascade(application);
      await store.release(application, CASCADE);
      return undefined;
    }
    const asked = Boolean(annotations?.[REFRESH] || application.operation);
    if (asked) await look();
    const outcome = await reconciler.reconcile(application);
    const changed = !isDeepStrictEqual(
      application.status,
      plain(outcome.status),
    );
    if (changed || asked) {
      const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
      await store.write(application, { ...outcome.status, reconciledAt: now });
    }
    await this.#report(application, outcome);
    return outcome.againIn;
  }

  /** Says in the log and as events what is new. */
  async #report(
    application: Application,
    { status, operation }: Outcome,
  ): Promise<void> {
    const { store, logger } = this.#options;
    const { name } = application.metadata;
    const known = new Set(
      application.status?.conditions?.map(({ message }) => message),
    );
    for (const { type, message } of status.conditions ?? []) {
      if (known.has(message)) continue;
      logger.warn(`${name}: ${message}`);
      await store.event(application, {
        type: 'Warning',
        reason: type,
        message,
      });
    }
    if (operation) {
      const message = `Sync operation to ${operation.syncResult?.revision}: ${operation.message}`;
      logger.info(`${name}: ${message}`);
      await store.event(application, {
        type: operation.phase === 'Succeeded' ? 'Normal' : 'Warning',
        reason: 'OperationCompleted',
        message,
      });
    }
  }
}
