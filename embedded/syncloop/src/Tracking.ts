import { KubeManifest, ResourceKey } from './types';

/** Annotation by which Argo CD knows the objects of an Application. */
export const TRACKING_ID = 'argocd.argoproj.io/tracking-id';

const idOn = (object: KubeManifest) =>
  object.metadata.annotations?.[TRACKING_ID];

/**
 * Which Application an object belongs to, by Argo CD's annotation
 * `<app>:<group>/<kind>:<namespace>/<name>`.
 *
 * On a cluster that others use too, an installation has a name, which comes
 * before that of its Applications: an Argo CD there may have Applications of the
 * same names, and neither must take or prune the other's objects.
 */
export class Tracking {
  readonly #prefix: string;

  readonly #installation?: string;

  constructor(installation?: string) {
    this.#installation = installation;

    this.#prefix = installation ? `${installation}-` : '';
  }

  id(application: string, key: ResourceKey): string {
    const { group, kind, namespace = '', name } = key;
    return `${this.#prefix}${application}:${group}/${kind}:${namespace}/${name}`;
  }

  /** The Application of this installation that an object belongs to. */
  applicationOf(object: KubeManifest): string | undefined {
    const id = idOn(object);
    return id?.startsWith(this.#prefix)
      ? id.slice(this.#prefix.length).split(':')[0]
      : undefined;
  }

  /** Who else an object belongs to, where this installation shares its cluster. */
  strangerOf(object: KubeManifest): string | undefined {
    const id = idOn(object);
    return this.#installation && id && !id.startsWith(this.#prefix)
      ? id.split(':')[0]
      : undefined;
  }
}
