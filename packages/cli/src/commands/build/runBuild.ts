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

/** What becomes of a build that Ctrl-C ends. */
function interruption(builder: BuilderType): string {
  return builder === 'service'
    ? 'The build continues at the build service; run the same command to follow it'
    : 'The build was cancelled';
}

function facts(built: BuiltImage): readonly (readonly [string, string])[] {
  const { image, digest, imageId } = built;
  return [
    ['Image', image],
    ...(digest ? [['Digest', digest] as const] : []),
    ...(!digest && imageId ? [['ID', imageId] as const] : []),
  ];
}

function sayNext(cli: Cli, built: BuiltImage, ms: number): void {
  const { workload, version, reused, pushed, builder } = built;
  const paint = painter(cli.io.stderr, cli.io.env);
  if (reused) {
    cli.say('This version exists already, from the same content');
  } else {
    const done = pushed ? 'Built and pushed' : 'Built';
    const by = builder === 'service' ? 'the build service' : builder;
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
  const { contextDir, dockerfile, push, platform, builder } = options;
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
      signal: io.signal,
      onStart: build => {
        cli.onInterrupt(interruption(build.builder));
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
