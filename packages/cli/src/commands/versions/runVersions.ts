import { describeBytes } from '@ml-platform/rayjob';
import type { ImageVersion } from '@ml-platform/sdk';
import type { Cli } from '../../Cli';
import { openImages } from '../../openImages';
import { writeValue } from '../../output/formats';
import { table, type Column } from '../../output/table';
import { age } from '../../output/time';
import { write } from '../../output/write';
import { plain } from '../../terminal/plain';
import type { VersionsOptions } from './command';

/** Letters of a digest or a commit that tell it from others. */
const SHORT = 12;

const shortDigest = (digest: string) =>
  digest.replace(
    /^(\w+:)(\w+)$/,
    (_, kind: string, hex: string) => `${kind}${hex.slice(0, SHORT)}`,
  );

const shortRevision = (revision = '') =>
  revision.replace(/^[0-9a-f]{40}/, commit => commit.slice(0, SHORT));

function columns(now: Date, wide: boolean): readonly Column<ImageVersion>[] {
  return [
    { title: 'VERSION', value: ({ version }) => version },
    {
      title: 'DIGEST',
      value: ({ digest }) => (wide ? digest : shortDigest(digest)),
      rank: 1,
    },
    { title: 'SIZE', value: ({ size }) => describeBytes(size), rank: 2 },
    { title: 'AGE', value: ({ createdAt }) => age(createdAt, now) },
    ...(wide
      ? [
          {
            title: 'CREATED',
            value: ({ createdAt = '' }: ImageVersion) => createdAt,
          },
          {
            title: 'COMMIT',
            value: ({ revision }: ImageVersion) => shortRevision(revision),
          },
          {
            title: 'IMAGE',
            value: ({ reference }: ImageVersion) => reference,
          },
        ]
      : []),
  ];
}

export async function runVersions(
  cli: Cli,
  { output }: VersionsOptions,
  workload: string,
): Promise<void> {
  const { io } = cli;
  const images = await openImages(cli.given, { cwd: io.cwd, env: io.env });
  const versions = await images.versions(workload, { signal: io.signal });
  switch (output) {
    case 'json':
    case 'yaml':
      await writeValue(io, versions, output);
      break;
    case 'name':
      await write(
        io.stdout,
        versions
          .map(({ version }) => `${workload}:${plain(version)}\n`)
          .join(''),
      );
      break;
    default: {
      const wide = output === 'wide';
      const width = wide ? undefined : io.stdout.columns;
      await write(io.stdout, table(versions, columns(io.now(), wide), width));
    }
  }
}
