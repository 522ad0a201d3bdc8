import {
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { resourcePath, sleep, type KubeClient } from '@ml-platform/kube';
import { RAYJOBS, type JobRef } from '@ml-platform/rayjob';
import { APPLICATIONS, type Application } from './application';
import { applicationFacts, type ApplicationFacts } from './applicationFacts';

export interface SyncRequest {
  /** Of the management cluster. */
  readonly client: KubeClient;
  readonly application: Pick<ApplicationFacts, 'namespace' | 'name'>;
  readonly job: JobRef;
  /** Who asks, as Argo CD notes it. */
  readonly requester: string;
  readonly signal?: AbortSignal;
}

/** Times that a change is tried that others get in the way of. */
const TRIES = 5;
/** Milliseconds before the second try, and more before each further one. */
const PAUSE = 50;

/**
 * The sync of one job alone, with what the Application says of automated ones: others'
 * files neither hold it up nor are applied by it.
 */
function operationFor({ spec }: Application, request: SyncRequest): object {
  const { namespace, name } = request.job;
  const { automated, syncOptions } = spec?.syncPolicy ?? {};
  return {
    initiatedBy: { username: request.requester },
    info: [{ name: 'Reason', value: `Asked for in the portal, for ${name}` }],
    sync: {
      resources: [
        { group: RAYJOBS.group, kind: RAYJOBS.kind, namespace, name },
      ],
      prune: automated?.prune ?? false,
      ...(syncOptions ? { syncOptions } : {}),
    },
  };
}

/** Somebody else changed the Application between a look and the change. */
class ChangedError extends Error {}

/**
 * Asks Argo CD to sync a job now. Of several who ask at once, one is heard.
 *
 * @throws {ConflictError} while another sync runs
 * @throws {NotFoundError} when the Application is gone
 * @throws {ServiceUnavailableError} when Argo CD's resources can't be reached or changed
 */
export async function requestSync(request: SyncRequest): Promise<void> {
  const { namespace, name } = request.application;
  for (let tries = 1; ; tries++) {
    try {
      await ask(request);
      return;
    } catch (error) {
      if (error instanceof ChangedError && tries < TRIES) {
        await sleep(PAUSE * tries, request.signal);
      } else {
        throw explained(error, `${namespace}/${name}`);
      }
    }
  }
}

async function ask(request: SyncRequest): Promise<void> {
  const { client, application, signal } = request;
  const { namespace, name } = application;
  const path = resourcePath(APPLICATIONS, namespace, name);
  const current = await client.json<Application>({ path, signal });
  const { inOperation, attempt } = applicationFacts(current);
  if (inOperation) {
    const words = attempt?.phase === 'Running' && attempt.message;
    throw new ConflictError(
      `Argo CD syncs ${name} already; wait until that has ended${words ? ` (${words})` : ''}`,
    );
  }
  try {
    await client.text({
      method: 'PATCH',
      path,
      contentType: 'application/merge-patch+json',
      body: {
        // Refused if anything has changed since, another sync above all.
        metadata: { resourceVersion: current.metadata.resourceVersion },
        operation: operationFor(current, request),
      },
      signal,
    });
  } catch (error) {
    throw error instanceof ConflictError
      ? new ChangedError(error.message)
      : error;
  }
}

/** The same error, with what to do about it. */
function explained(error: unknown, application: string): unknown {
  if (error instanceof ConflictError) {
    return error;
  }
  if (error instanceof ChangedError) {
    return new ConflictError(
      `The Application ${application} changes all the time; try again in a moment`,
    );
  }
  if (error instanceof NotFoundError) {
    return new NotFoundError(
      `The Application ${application} is gone from Argo CD; reload the page`,
    );
  }
  const reason = isError(error) ? error.message : String(error);
  return error instanceof NotAllowedError || error instanceof InputError
    ? new ServiceUnavailableError(
        `The portal itself may not ask Argo CD for a sync; ask whoever runs the platform to give it the rights (${reason})`,
      )
    : new ServiceUnavailableError(
        `Couldn't ask Argo CD for a sync; try again when its cluster answers (${reason})`,
      );
}
