import { createHash } from 'node:crypto';
import type { PublishedImage } from '@ml-platform/embedded-images';
import { CONTENT_LABEL } from '@ml-platform/images';

/** Something that a registry keeps under the digest of its bytes. */
export interface RegistryContent {
  readonly digest: string;
  readonly type: string;
  readonly bytes: Buffer;
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
/** Says that it isn't a layer: an engine that pulls it says so too. */
const ENVIRONMENT = 'application/vnd.ml-platform.environment.v1';

function contentOf(type: string, value: object): RegistryContent {
  const bytes = Buffer.from(JSON.stringify(value));
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { digest, type, bytes };
}

/**
 * An image of the embedded platform as a registry shows it: with a manifest and a
 * configuration, but without layers to pull, because it is an environment.
 *
 * Source: OCI image specification, "Guidelines for Artifact Usage".
 */
export function registryManifest(image: PublishedImage): {
  readonly manifest: RegistryContent;
  readonly config: RegistryContent;
} {
  const { digest, createdAt, size, env, workingDir } = image;
  const config = contentOf(CONFIG, {
    created: createdAt,
    architecture: 'unknown',
    os: 'linux',
    config: {
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      Entrypoint: image.entrypoint,
      Cmd: image.command,
      WorkingDir: workingDir,
      Labels: { [CONTENT_LABEL]: digest },
    },
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const manifest = contentOf(MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    artifactType: ENVIRONMENT,
    config: {
      mediaType: CONFIG,
      digest: config.digest,
      size: config.bytes.length,
    },
    layers: [{ mediaType: ENVIRONMENT, digest, size }],
  });
  return { manifest, config };
}
