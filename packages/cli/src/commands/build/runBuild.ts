import { describeBytes } from '@ml-platform/rayjob';
import type { BuilderType, BuiltImage } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { openImages } from '../../openImages';
import { writeValue } from '../../output/formats';
import { duration } from '../../output/time';
import { write } from '../../output/write';
import { plain } from '../../terminal/plain';
import { painter } from '../../terminal/style';
import { createProgress } from './BuildProgress';
import type { BuildCommandOptions } from './command';
import { TITLES } from './titles';

/** What becomes of a build that Ctrl-C ends. */
function interruption(builder: BuilderType, id: string): string {
  const title = TITLES[builder];
  return title
    ? `The build continues at ${title}; run the same command to follow it, or end it with: ml-platform build --cancel ${plain(id)}`
    : 'The build was cancelled';
}

function facts(built: BuiltImage): readonly (readonly [string, string])[] {
  const { image, digest, imageId } = built;
  return [
    ['Image', image],
    ...(built.ended ? [] : [['Build', built.id] as const]),
    ...(digest ? [['Digest', digest] as const] : []),
    ...(!digest && imageId ? [['ID', imageId] as const] : []),
    ...(built.size === undefined
      ? []
      : [['Size', describeBytes(built.size)] as const]),
  ];
}

function sayNext(cli: Cli, built: BuiltImage, ms: number): void {
  const { workload, version, reused, pushed, builder } = built;
  const paint = painter(cli.io.stderr, cli.io.env);
  if (!built.ended) {
    cli.say(interruption(builder, built.id));
    return;
  }
  if (reused) {
    cli.say('This version exists already, from the same content');
  } else {
    const done = pushed ? 'Built and pushed' : 'Built';
    const by = TITLES[builder] ?? builder;
    cli.say(paint('green', `${done} in ${duration(ms)} by ${by}`));
  }
  cli.say(
    pushed
      ? `Next: ml-platform submit ${workload}:${version}`
      : 'The image stays on this machine; to run it on a cluster, build it without --no-push',
  );
}

export async function runBuild(
  cli: Cli,
  options: BuildCommandOptions,
  workload: string,
  version: string,
): Promise<void> {
  const { io } = cli;
  const { contextDir, dockerfile, push, platform, builder, detach } = options;
  const started = io.now().getTime();
  const images = await openImages(cli.given, { cwd: io.cwd, env: io.env });
  const progress = createProgress(io, options);
  let built: BuiltImage;
  try {
    built = await images.build({
      workload,
      version,
      context: contextDir,
      dockerfile,
      push,
      platform,
      builder,
      detach,
      signal: io.signal,
      onStart: build => {
        cli.onInterrupt(interruption(build.builder, build.id));
        progress.begin(build);
      },
      onLog: line => progress.line(line),
      onStep: step => progress.step(step),
    });
  } finally {
    progress.end();
  }
  if (options.output === 'json') {
    await writeValue(io, built, 'json');
  } else {
    await write(
      io.stdout,
      facts(built)
        .map(([name, value]) => `${name.padEnd(8)}${plain(value)}\n`)
        .join(''),
    );
  }
  sayNext(cli, built, io.now().getTime() - started);
}

/** Ends a build at a service, in a cluster or at the portal. */
export async function runCancel(
  cli: Cli,
  { builder }: BuildCommandOptions,
  id: string,
): Promise<void> {
  const { io } = cli;
  const images = await openImages(cli.given, { cwd: io.cwd, env: io.env });
  await images.cancel(id, { builder, signal: io.signal });
  cli.say(`The build ${plain(id)} was cancelled`);
}
