import { z } from 'zod';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import { parseImageReference } from '../images';

const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const manifestSchema = z.object({ config: z.object({ digest: z.string() }) });
const configSchema = z.object({
  config: z.object({ Labels: z.record(z.string()).nullish() }).nullish(),
});

/**
 * A label of an image in a registry; undefined where there is no such image,
 * and where the registry asks for a login, which is the building tool's alone:
 * there the registry's own rule for immutable tags is what protects a version.
 * Throws ServiceUnavailableError where the registry does not answer.
 *
 * Source: OCI distribution specification, "Pulling manifests" and "blobs".
 */
export async function publishedLabel(
  ref: string,
  label: string,
  insecure: boolean,
): Promise<string | undefined> {
  const { registry, repository, tag } = parseImageReference(ref);
  const base = `${insecure ? 'http' : 'https'}://${registry}/v2/${repository}`;
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${base}${path}`, {
      headers: { accept: MANIFESTS },
      signal: AbortSignal.timeout(15_000),
    }).catch(error => {
      throw new ServiceUnavailableError(
        `The registry ${registry} cannot be reached: see whether --registry is right`,
        toError(error),
      );
    });
    return response.ok ? response.json() : undefined;
  };
  const manifest = manifestSchema.safeParse(await get(`/manifests/${tag}`));
  if (!manifest.success) return undefined;
  const config = configSchema.safeParse(
    await get(`/blobs/${manifest.data.config.digest}`),
  );
  // Somebody else's image has that version: other content, whatever it is.
  return config.data?.config?.Labels?.[label] ?? 'unknown';
}
