import { createHash } from 'node:crypto';
import type { ImageSource } from '../ImageBuilder';
import { splitImageReference } from '../imageReference';
import { BUILD_SCRIPT, SCRIPT_FAILURES } from './buildScript';
import { buildVolumes, GIT_SECRET, PARTS, WORK } from './buildVolumes';
import type { BuildJob } from './buildJobTypes';
import type { KubernetesBuilderSettings } from './kubernetesSettings';

export const CONTAINER = 'build';

/** Annotations of a build's Job. */
export const BUILD_ID = 'ml-platform.dev/build-id';
export const BUILD_IMAGE = 'ml-platform.dev/image';
export const BUILD_CONTENT = 'ml-platform.dev/content-digest';
export const BUILD_CANCELLED = 'ml-platform.dev/cancelled';
/** What its pod mounts; see {@link contextToken}. */
export const BUILD_CONTEXT = 'ml-platform.dev/context';
/** Label of a Job that hasn't been told to begin. */
export const BUILD_WAITING = 'ml-platform.dev/waiting';
/** Labels of all that belongs to a build. */
export const BUILD_LABELS = {
  'app.kubernetes.io/name': 'image-build',
  'app.kubernetes.io/managed-by': 'ml-platform',
};

/** Pods that may be lost before a build counts as failed, beside those that a node loses. */
const LOST_PODS = 3;
/** Looks and pushes, each with so many seconds in between. */
const ATTEMPTS = 10;
const PAUSE = 6;

/** What chroot isolation and the owners of files in layers need, and nothing else. */
const CAPABILITIES = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'SETFCAP',
  'SETGID',
  'SETUID',
  'SYS_CHROOT',
];

const jobName = (version: string) => `image-build-${version}`;

const hash = (text: string) =>
  createHash('sha256').update(text).digest('hex').slice(0, 20);

/**
 * Names of the build of a version from some content. The Job is named after the version
 * alone, so that the API server lets only one build of a version be there.
 */
export function buildNames(ref: string, content: string) {
  return { id: `${hash(ref)}${hash(content)}`, job: jobName(hash(ref)) };
}

/** The Job that a build's id belongs to; `undefined` for what is no id. */
export function jobNameOf(id: string): string | undefined {
  return /^[0-9a-f]{40}$/.test(id) ? jobName(id.slice(0, 20)) : undefined;
}

/** What a Job is to build. */
export interface BuildJobOrder {
  readonly id: string;
  readonly name: string;
  readonly ref: string;
  readonly content: string;
  readonly dockerfile: string;
  readonly labels: Readonly<Record<string, string>>;
  /** From git, or else from these ConfigMaps. */
  readonly context:
    { readonly source: ImageSource } | { readonly parts: readonly string[] };
  readonly contextToken: string;
  readonly timeoutSeconds: number;
  /** Whether the registry speaks plain HTTP. */
  readonly plainHttp: boolean;
}

function environment(
  order: BuildJobOrder,
  settings: KubernetesBuilderSettings,
): Readonly<Record<string, string>> {
  const { context, plainHttp, ref } = order;
  return {
    WORK,
    PARTS,
    GIT_SECRET,
    REF: ref,
    DOCKERFILE: order.dockerfile,
    TLS: String(!plainHttp),
    ATTEMPTS: String(ATTEMPTS),
    PAUSE: String(PAUSE),
    ...(settings.registrySecret
      ? { REGISTRY_AUTH_FILE: '/registry/.dockerconfigjson' }
      : {}),
    ...(settings.googleIdentity
      ? { GOOGLE_REGISTRY: splitImageReference(ref)?.registry ?? '' }
      : {}),
    ...('source' in context
      ? {
          GIT_REPOSITORY: context.source.repository,
          // No other host gets the credentials, wherever the repository leads.
          GIT_ORIGIN: new URL(context.source.repository).origin,
          GIT_COMMIT: context.source.commit,
          CONTEXT_PATH: context.source.path,
          GIT_TERMINAL_PROMPT: '0',
        }
      : {}),
  };
}

/** Arguments of `buildah build` that differ between builds. */
function buildArguments(
  { labels }: BuildJobOrder,
  { cache }: KubernetesBuilderSettings,
): readonly string[] {
  return [
    // A layer for each step costs a copy of the whole image: only where they are kept.
    ...(cache ? ['--layers', '--cache-from', cache, '--cache-to', cache] : []),
    ...Object.entries(labels).flatMap(([name, value]) => [
      '--label',
      `${name}=${value}`,
    ]),
  ];
}

/**
 * The Job of a build. It waits until it is told to begin, because what its pod mounts
 * belongs to it and so comes later.
 */
export function buildJob(
  order: BuildJobOrder,
  settings: KubernetesBuilderSettings,
): BuildJob {
  const mounted = buildVolumes(order, settings);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: order.name,
      namespace: settings.namespace,
      labels: { ...BUILD_LABELS, [BUILD_WAITING]: 'true' },
      annotations: {
        [BUILD_ID]: order.id,
        [BUILD_IMAGE]: order.ref,
        [BUILD_CONTENT]: order.content,
        [BUILD_CONTEXT]: order.contextToken,
      },
    },
    spec: {
      suspend: true,
      backoffLimit: LOST_PODS,
      activeDeadlineSeconds: order.timeoutSeconds,
      ttlSecondsAfterFinished: settings.keepSeconds,
      // One pod of a build at a time.
      podReplacementPolicy: 'Failed',
      podFailurePolicy: {
        rules: [
          {
            action: 'FailJob',
            onExitCodes: {
              containerName: CONTAINER,
              operator: 'In',
              values: Object.values(SCRIPT_FAILURES),
            },
          },
          {
            action: 'Ignore',
            onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
          },
        ],
      },
      template: {
        metadata: { labels: BUILD_LABELS },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 5,
          serviceAccountName: settings.serviceAccount,
          nodeSelector: settings.nodeSelector,
          tolerations: settings.tolerations,
          containers: [
            {
              name: CONTAINER,
              image: settings.image,
              command: ['/bin/sh', '-c', BUILD_SCRIPT, CONTAINER],
              args: buildArguments(order, settings),
              env: Object.entries(environment(order, settings)).map(
                ([name, value]) => ({ name, value }),
              ),
              resources: settings.resources,
              terminationMessagePolicy: 'FallbackToLogsOnError',
              securityContext: {
                runAsUser: 0,
                allowPrivilegeEscalation: false,
                privileged: false,
                capabilities: { drop: ['ALL'], add: CAPABILITIES },
              },
              volumeMounts: mounted.map(({ name, mountPath }) => ({
                name,
                mountPath,
                readOnly: mountPath !== WORK,
              })),
            },
          ],
          volumes: mounted.map(({ name, source }) => ({ name, ...source })),
        },
      },
    },
  };
}
