import { Backoff, sleep } from '@ml-platform/kube';
import type { Image } from '@ml-platform/embedded-images';
import { ContainerConfigError } from '../environment/ContainerConfigError';
import type { AttemptParts, ContainerContext } from './ContainerContext';
import type { ContainerRunner } from './ContainerRunner';
import { exactly } from './kubeletBackoff';

/** How long kubelet shows ErrImagePull before it shows ImagePullBackOff, in ms. */
const PULL_ERROR_SHOWN_MS = 1000;
/** How often a long pull tells of its progress, in ms. */
const PROGRESS_EVERY_MS = 10_000;

/**
 * Gets what an attempt of a container needs: its image, the addresses of the
 * services that it names, its environment. Waits for what is missing, as
 * Kubernetes does; undefined on the signal.
 */
export async function prepareAttempt(
  runner: ContainerRunner,
  context: ContainerContext,
  containerId: string,
  signal: AbortSignal,
): Promise<AttemptParts | undefined> {
  const image = await obtainImage(runner, context, signal);
  if (!image) {
    return undefined;
  }
  await awaitServices(runner, context, signal);
  const backoff = new Backoff(exactly(context.deps.backoff.setup));
  while (!signal.aborted) {
    try {
      const spec = await context.deps.setup.prepare({
        pod: context.pod(),
        container: runner.container,
        image,
        place: context.place,
        ports: context.ports(),
        containerId,
      });
      return { image, spec };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      runner.events.failed(message);
      runner.waitingFor(
        error instanceof ContainerConfigError
          ? 'CreateContainerConfigError'
          : 'CreateContainerError',
        message,
      );
      await sleep(backoff.next(), signal);
    }
  }
  return undefined;
}

async function obtainImage(
  runner: ContainerRunner,
  { deps }: ContainerContext,
  signal: AbortSignal,
): Promise<Image | undefined> {
  const { container, events } = runner;
  const ref = container.image ?? '';
  const backoff = new Backoff(exactly(deps.backoff.pull));
  while (!signal.aborted) {
    let told = Date.now();
    const outcome = await deps.puller.obtain(
      ref,
      container.imagePullPolicy,
      {
        pulling: () => events.pulling(ref),
        progress: message => {
          if (Date.now() - told > PROGRESS_EVERY_MS) {
            told = Date.now();
            events.pullProgress(ref, message);
          }
        },
      },
      signal,
    );
    if (signal.aborted) {
      return undefined;
    }
    if ('image' in outcome) {
      events.pulled(ref, outcome.pulledMs);
      return outcome.image;
    }
    events.pullFailed(ref, outcome.error);
    runner.waitingFor('ErrImagePull', outcome.error);
    const wait = backoff.next();
    const shown = Math.min(PULL_ERROR_SHOWN_MS, wait);
    await sleep(shown, signal);
    if (!signal.aborted && wait > shown) {
      events.pullBackOff(ref);
      runner.waitingFor(
        'ImagePullBackOff',
        `Back-off pulling image "${ref}": ErrImagePull: ${outcome.error}`,
      );
      await sleep(wait - shown, signal);
    }
  }
  return undefined;
}

/**
 * A pod network would let the container start and resolve a name later; here
 * the address is a part of its command, so it starts when there is one.
 */
async function awaitServices(
  runner: ContainerRunner,
  { deps, pod }: ContainerContext,
  signal: AbortSignal,
): Promise<void> {
  const missing = () => deps.setup.unresolvedServices(pod(), runner.container);
  let names = missing();
  while (names.length > 0 && !signal.aborted) {
    runner.waitingFor(
      'ContainerCreating',
      `waiting for an endpoint of ${names.join(', ')}`,
    );
    await deps.servicesChanged(signal);
    names = missing();
  }
}
