/** What builds images on a machine. */
export interface EngineKind {
  readonly name: EngineName;
  readonly build: readonly string[];
  /** Arguments of a push to a registry that speaks plain HTTP. */
  readonly insecurePush: readonly string[];
  /** Whether a push can leave the digest in a file; it is in the output otherwise. */
  readonly digestFile: boolean;
}

/** Builders on a machine; the first that answers is used, those without root first. */
export const ENGINE_NAMES = ['podman', 'buildah', 'docker'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

const libpod = (name: EngineName): EngineKind => ({
  name,
  build: ['build', '--format', 'oci'],
  insecurePush: ['--tls-verify=false'],
  digestFile: true,
});

export const ENGINES: Readonly<Record<EngineName, EngineKind>> = {
  podman: libpod('podman'),
  buildah: libpod('buildah'),
  docker: {
    name: 'docker',
    build: ['build', '--progress', 'plain'],
    // docker's daemon is told of others than those of its machine (insecure-registries).
    insecurePush: [],
    digestFile: false,
  },
};

export function isEngineName(name: string): name is EngineName {
  return Object.hasOwn(ENGINES, name);
}
