import { z } from 'zod';

const descriptor = z.object({
  digest: z.string(),
  size: z.number().default(0),
  platform: z.object({ os: z.string() }).nullish(),
});

/** A manifest of one image, or an index of several. */
export const manifestSchema = z.object({
  config: descriptor.optional(),
  layers: z.array(descriptor).default([]),
  manifests: z.array(descriptor).optional(),
});

export const configSchema = z.object({
  created: z.string().optional(),
  config: z
    .object({ Labels: z.record(z.string(), z.string()).nullish() })
    .nullish(),
});

export const tagsSchema = z.object({ tags: z.array(z.string()).nullish() });

export const tokenSchema = z
  .object({ token: z.string(), access_token: z.string() })
  .partial();

/**
 * What a registry answers with, for a manifest.
 *
 * Source: OCI image specification, "Media Types".
 */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
