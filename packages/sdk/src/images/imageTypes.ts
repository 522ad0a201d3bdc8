import type { BuildStep } from '@ml-platform/images';
import type { CallOptions } from '../platform/Platform';

export { type BuildStep, type ImageVersion } from '@ml-platform/images';

/** What builds: an engine on this machine, Jobs of a cluster, a build service, or the portal. */
export const BUILDER_TYPES = [
  'docker',
  'podman',
  'buildah',
  'kubernetes',
  'service',
  'portal',
] as const;
export type BuilderType = (typeof BUILDER_TYPES)[number];

/** What to build. Name the workload, its folder, or both. */
export interface BuildOptions extends CallOptions {
  /** Name of a workload in this checkout, and of its image. */
  readonly workload?: string;
  /** Folder to build; default: that of the workload. */
  readonly context?: string;
  /** A version never changes; new code needs a new one. */
  readonly version: string;
  /** Path of the Dockerfile in the folder; default: `Dockerfile`. */
  readonly dockerfile?: string;
  /** False leaves the image on this machine. */
  readonly push?: boolean;
  /** For example `linux/amd64`; default: that of the builder. */
  readonly platform?: string;
  /** Default: that of the settings, or else the first that this machine has. */
  readonly builder?: BuilderType;
  /** Is told once the build has begun. */
  readonly onStart?: (build: {
    readonly id: string;
    readonly image: string;
    readonly builder: BuilderType;
  }) => void;
  /** True returns once the build has begun; not for builders of this machine. */
  readonly detach?: boolean;
  /** Gets each line of the build's log. */
  readonly onLog?: (line: string) => void;
  /** Gets each step as it begins. */
  readonly onStep?: (step: BuildStep) => void;
}

/** An image that is built. */
export interface BuiltImage {
  /** Of the build, at its builder. */
  readonly id: string;
  /** False where nobody waited for its end. */
  readonly ended: boolean;
  readonly workload: string;
  readonly version: string;
  /** Full reference, for example `registry.example.com/hello-ray:1.0.0`. */
  readonly image: string;
  /** `sha256:…` in the registry; absent where the image stays on this machine. */
  readonly digest?: string;
  /** ID on this machine, where it was built here. */
  readonly imageId?: string;
  /** True where the version exists already, from the same content. */
  readonly reused: boolean;
  readonly pushed: boolean;
  /** Bytes of its layers, where the builder tells. */
  readonly size?: number;
  readonly builder: BuilderType;
}
