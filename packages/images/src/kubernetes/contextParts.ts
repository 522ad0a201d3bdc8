import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { createGunzip, createGzip } from 'node:zlib';
import { InputError } from '@backstage/errors';
import { BUILD_CONTEXT, BUILD_LABELS } from './buildJob';
import { CONFIG_MAPS, type BuildJob } from './buildJobTypes';

/** Bytes of one part: base64 of it fits into an object of Kubernetes, which may have 1 MiB. */
const PART = 700 * 1024;
/** Parts at most, for etcd's sake. */
const MOST_PARTS = 16;
const GZIP = 0x1f8b;

/**
 * A packed context in pieces that fit into ConfigMaps.
 * @throws {InputError} when it is too large for them
 */
export async function contextParts(
  contextFile: string,
): Promise<readonly Buffer[]> {
  const head = await buffer(createReadStream(contextFile, { end: 1 }));
  const isPacked = head.length === 2 && head.readUInt16BE() === GZIP;
  const file = createReadStream(contextFile);
  const plain = isPacked ? file.pipe(createGunzip()) : file;
  const packed = await buffer(plain.pipe(createGzip({ level: 9 })));
  const count = Math.ceil(packed.length / PART);
  if (count > MOST_PARTS) {
    const mib = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);
    throw new InputError(
      `The build context is ${mib(packed.length)} MiB when packed, and this builder takes ${mib(MOST_PARTS * PART)} MiB along: leave data out with a .dockerignore, or push the code and set ray.builder.kubernetes.git`,
    );
  }
  return Array.from({ length: count }, (_, part) =>
    packed.subarray(part * PART, (part + 1) * PART),
  );
}

/**
 * Stands for what the pod of one Job mounts: the digest of the parts, and something that
 * no other Job has. Names with it in them can't meet those of an earlier Job of the same
 * version, whatever is left of that one, so nobody has to wait for it to be collected.
 */
export function contextToken(parts: readonly Buffer[]): string {
  const hash = createHash('sha256');
  parts.forEach(part => hash.update(part));
  const digest = hash.digest('hex').slice(0, 20);
  return `${digest}-${randomBytes(6).toString('hex')}`;
}

/** Instead of a token, where the pod fetches its context from git. */
export const GIT_CONTEXT = 'git';

/** Whether the parts of one are those of the other, whatever they are called. */
export function isSameContext(token: string, other: string): boolean {
  return token.split('-')[0] === other.split('-')[0];
}

const partName = (job: string, token: string, part: number) =>
  `${job}-${token}-${part}`;

/** Names of the ConfigMaps of a Job, in order. */
export function partNames(
  job: string,
  token: string,
  count: number,
): readonly string[] {
  return Array.from({ length: count }, (_, part) => partName(job, token, part));
}

/** One part of a context, which goes when its Job goes. */
export function partObject(job: BuildJob, part: number, content: Buffer) {
  const { name, namespace, uid = '', annotations = {} } = job.metadata;
  return {
    resource: CONFIG_MAPS,
    object: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: partName(name, annotations[BUILD_CONTEXT], part),
        namespace,
        labels: BUILD_LABELS,
        ownerReferences: [
          { apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: true },
        ],
      },
      immutable: true,
      binaryData: {
        [`part-${String(part).padStart(3, '0')}`]: content.toString('base64'),
      },
    },
  };
}
