import { isError } from '@backstage/errors';
import { explainFailure } from '@ml-platform/embedded-images';
import type { Logger } from '@ml-platform/kube';
import type { Build } from './Build';
import type { BuildFolder, BuildRecord } from './BuildFolder';
import type { ImageBuilder } from './ImageBuilder';
import { StepLog } from './StepLog';

function describe(error: unknown): string {
  const message = isError(error) ? error.message : String(error);
  const cause = explainFailure(message);
  return !cause || message.startsWith(cause) ? message : `${cause} ${message}`;
}

/**
 * Runs a build to its end and keeps how it ended. Aborted, it stays as it is:
 * interrupted, not failed. Does not throw.
 */
export async function runBuild(options: {
  readonly record: BuildRecord;
  readonly folder: BuildFolder;
  readonly builder: ImageBuilder;
  readonly keep: (record: BuildRecord) => Promise<void>;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { record, folder, builder, keep, now, logger, signal } = options;
  const { build, dockerfile, labels = {} } = record;
  const change = (changes: Partial<Build>) =>
    keep({ ...record, build: { ...build, ...changes } });
  const end = (changes: Partial<Build>) =>
    change({ endedAt: now().toISOString(), ...changes });
  try {
    await change({ state: 'running' });
    await folder.clearWork();
    await builder.build(
      {
        ref: build.image,
        digest: build.digest,
        contextDir: folder.contextDir,
        workDir: folder.workDir,
        dockerfile,
        labels,
      },
      new StepLog({ write: text => folder.appendLog(text) }),
      signal,
    );
    folder.appendLog(`\nBuilt ${build.image}\n`);
    await end({ state: 'succeeded' });
    await folder.clean();
  } catch (error) {
    if (signal.aborted) return;
    const text = describe(error);
    logger.warn('A build failed', {
      id: build.id,
      ref: build.image,
      error: text,
    });
    try {
      await end({ state: 'failed', error: text });
      await folder.clean();
    } catch (problem) {
      logger.error(`The state of build ${build.id} was not kept: ${problem}`);
    }
  }
}
