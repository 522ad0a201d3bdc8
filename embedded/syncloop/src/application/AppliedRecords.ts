import { createHash } from 'node:crypto';
import { KubeManifest } from '../types';

interface Applied {
  readonly digest: string;
  readonly uid: string | undefined;
  readonly generation: number | undefined;
}

const digestOf = (manifest: KubeManifest) =>
  createHash('sha256').update(JSON.stringify(manifest)).digest('hex');

const idOf = ({ apiVersion, kind, metadata }: KubeManifest) =>
  [apiVersion, kind, metadata.namespace, metadata.name].join('/');

/**
 * What was applied, and which generation it made. A server may write a value in
 * another way than git does (`1000m` as `1`): what it has not changed since is
 * no drift, or it would be applied over and over.
 */
export class AppliedRecords {
  readonly #records = new Map<string, Applied>();

  note(manifest: KubeManifest, live: KubeManifest): void {
    const { uid, generation } = live.metadata;
    this.#records.set(idOf(manifest), {
      digest: digestOf(manifest),
      uid,
      generation,
    });
  }

  isAsApplied(manifest: KubeManifest, live: KubeManifest): boolean {
    const record = this.#records.get(idOf(manifest));
    return (
      record !== undefined &&
      record.generation !== undefined &&
      record.uid === live.metadata.uid &&
      record.generation === live.metadata.generation &&
      record.digest === digestOf(manifest)
    );
  }
}
