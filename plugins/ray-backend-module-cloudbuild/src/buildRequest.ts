import { createHash } from 'node:crypto';
import type { protos } from '@google-cloud/cloudbuild';
import { BUILD_SCRIPT } from './buildScript';
import type { CloudBuildConfig } from './readCloudBuildConfig';

type Build = protos.google.devtools.cloudbuild.v1.IBuild;

/** What is to be built. */
export interface CloudBuildOrder {
  readonly ref: string;
  readonly content: string;
  readonly dockerfile: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the object in the bucket that holds the context. */
  readonly object: string;
  readonly timeoutSeconds: number;
}

const DOCKER = 'gcr.io/cloud-builders/docker';
const SECONDS_IN_QUEUE = 3_600;

/** Cloud Build replaces \`$NAME\` in what a step is given; two dollars are one. */
const literal = (text: string) => text.replaceAll('$', '$$$$');

const short = (text: string) =>
  createHash('sha256').update(text).digest('hex').slice(0, 40);

/** Tags by which the builds of a version, and of some content, are found. */
export const versionTag = (ref: string) => `version-${short(ref)}`;
export const contentTag = (content: string) => `content-${short(content)}`;

/** Where the logs of a build lie in the bucket. */
export const LOGS = 'logs';

/** A build as Cloud Build takes it. */
export function buildRequest(
  order: CloudBuildOrder,
  config: CloudBuildConfig,
): Build {
  const { ref, content, dockerfile, labels, object } = order;
  const { bucket, cache, machineType, workerPool, serviceAccount, project } =
    config;
  const args = [
    ...Object.entries(labels).flatMap(([name, value]) => [
      '--label',
      `${name}=${value}`,
    ]),
    ...(cache
      ? [
          '--cache-from',
          `type=registry,ref=${cache}`,
          '--cache-to',
          `type=registry,ref=${cache},mode=max`,
        ]
      : []),
  ];
  return {
    source: { storageSource: { bucket, object } },
    steps: [
      {
        id: 'build',
        name: DOCKER,
        entrypoint: 'bash',
        args: ['-c', BUILD_SCRIPT, 'build', ...args].map(literal),
        env: [
          `REF=${ref}`,
          `CONTENT=${content}`,
          `DOCKERFILE=${dockerfile}`,
        ].map(literal),
      },
    ],
    tags: ['ml-platform', versionTag(ref), contentTag(content)],
    timeout: { seconds: order.timeoutSeconds },
    queueTtl: { seconds: SECONDS_IN_QUEUE },
    logsBucket: `gs://${bucket}/${LOGS}`,
    options: {
      logging: 'GCS_ONLY',
      ...(machineType ? { machineType: machineType as 'E2_HIGHCPU_8' } : {}),
      ...(workerPool ? { pool: { name: workerPool } } : {}),
    },
    ...(serviceAccount
      ? {
          serviceAccount: `projects/${project}/serviceAccounts/${serviceAccount}`,
        }
      : {}),
  };
}

/** What a build was asked for. */
export function orderOf(build: Build): { ref: string; content: string } {
  const env = new Map(
    (build.steps?.[0]?.env ?? []).map(entry => {
      const [name = '', ...value] = entry.split('=');
      return [name, value.join('=').replaceAll('$$', '$')];
    }),
  );
  return { ref: env.get('REF') ?? '', content: env.get('CONTENT') ?? '' };
}
