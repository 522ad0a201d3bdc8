import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import {
  BuildFailedError,
  CANCELLED_BUILD,
  followBuild,
  FollowedLog,
  type ImageBuild,
  type ImageBuilder,
} from '@ml-platform/images';

/** A build that was handed in, with what its errors point at. */
export interface StartedBuild {
  readonly build: ImageBuild;
  /** The text of the Dockerfile. */
  readonly dockerfileText: string;
}

const hasEnded = ({ state }: ImageBuild) =>
  state === 'succeeded' || state === 'failed';

/**
 * Hands in the one build of a task, keeps it with the task, and follows it to its end. A
 * task that continues follows the same build, and starts it again if it came to nothing
 * meanwhile. A task that is cancelled cancels its build. Other tasks with the same content
 * follow the same build; they start it again.
 *
 * @throws {BuildFailedError} when the build failed
 * @throws {Error} when the task was cancelled
 */
export async function followTaskBuild(
  ctx: Pick<
    ActionContext<Record<string, never>>,
    'checkpoint' | 'logger' | 'signal'
  >,
  options: {
    readonly builder: ImageBuilder;
    /** Hands the build in; the same content gives the same build. */
    readonly start: () => Promise<StartedBuild>;
    /** Path of the Dockerfile. */
    readonly dockerfile: string;
    /** Milliseconds between two looks at the build. */
    readonly pollMs?: number;
  },
): Promise<ImageBuild> {
  const { builder, start, dockerfile, pollMs } = options;
  const { logger, signal } = ctx;

  async function follow({
    build,
    dockerfileText,
  }: StartedBuild): Promise<ImageBuild> {
    logger.info(`Following build ${build.id}`);
    const log = new FollowedLog();
    const ended = hasEnded(build)
      ? build
      : await followBuild({
          builder,
          id: build.id,
          signal,
          pollMs,
          onLine: line => {
            log.push(line);
            logger.info(line);
          },
        });
    if (ended.state === 'failed') {
      throw log.failure(ended, { path: dockerfile, text: dockerfileText });
    }
    return ended;
  }

  let isNew = false;
  let started = await ctx.checkpoint({
    key: 'build',
    fn: async () => {
      isNew = true;
      const { build, dockerfileText } = await start();
      return { build: { ...build }, dockerfileText };
    },
  });
  try {
    if (!isNew && (await hasFailed(builder, started.build.id, signal))) {
      logger.warn(`Build ${started.build.id} had failed; starting it again`);
      started = await start();
    }
    return await follow(started).catch(async error => {
      const event = comeToNothing(error);
      if (!event || signal?.aborted) {
        throw error;
      }
      logger.warn(`${event}; starting it again`);
      started = await start();
      return follow(started);
    });
  } catch (error) {
    if (!signal?.aborted) {
      throw error;
    }
    await cancelBuild(builder, started.build.id, logger);
    throw new Error('The task was cancelled', { cause: error });
  }
}

/** What happened to a build that is no fault of what it builds. */
function comeToNothing(error: unknown): string | undefined {
  if (error instanceof NotFoundError) {
    return 'The builder lost the build';
  }
  return error instanceof BuildFailedError && error.reason === CANCELLED_BUILD
    ? 'Somebody else cancelled the build'
    : undefined;
}

/** True for a build that failed, or was cancelled, before anybody followed it again. */
async function hasFailed(
  builder: ImageBuilder,
  id: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    return (await builder.get(id, { signal })).state === 'failed';
  } catch (error) {
    // Whoever follows the build waits for the builder, and sees what it lost.
    if (
      error instanceof ServiceUnavailableError ||
      error instanceof NotFoundError
    ) {
      return false;
    }
    throw error;
  }
}

/**
 * Cancels the build of a cancelled task, and says so.
 * @throws {Error} when it may go on; says what to do
 */
async function cancelBuild(
  builder: ImageBuilder,
  id: string,
  logger: LoggerService,
): Promise<void> {
  if (!builder.cancel) {
    logger.warn(
      `The task was cancelled; its build ${id} goes on, because its builder can't cancel`,
    );
    return;
  }
  try {
    await builder.cancel(id);
  } catch (error) {
    if (!(error instanceof NotFoundError)) {
      throw new Error(
        `The task was cancelled, but its build ${id} couldn't be; to end it, start the task again and cancel it`,
        { cause: error },
      );
    }
  }
  logger.info(`The task was cancelled, and its build ${id} doesn't go on`);
}
