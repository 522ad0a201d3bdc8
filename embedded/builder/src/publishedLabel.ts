import { z } from 'zod';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import { parseImageReference } from '@ml-platform/embedded-images';

const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const manifestSchema = z.object({ config: z.object({ digest: z.string() }) });
const configSchema = z.object({
  config: z.object({ Labels: z.record(z.string()).nullish() }).nullish(),
});

/** A label of a published image, as far as it can be seen. */
export type PublishedLabel =
  | {
      readonly visible: true;
      /** Undefined when the image doesn't exist. */
      readonly label: string | undefined;
    }
  | { readonly visible: false };

/**
 * Looks up a label of an image in a registry. It is not visible where the
 * registry asks for a login, which is the building tool's alone. Throws
 * ServiceUnavailableError where the registry does not answer.
 *
 * Source: OCI distribution specification, "Pulling manifests" and "blobs".
 */
export async function publishedLabel(
  ref: string,
  label: string,
  insecure: boolean,
): Promise<PublishedLabel> {
  const { registry, repository, tag } = parseImageReference(ref);
  const base = `${insecure ? 'http' : 'https'}://${registry}/v2/${repository}`;
  const get = async (path: string): Promise<Response> =>
    fetch(`${base}${path}`, {
      headers: { accept: MANIFESTS },
      signal: AbortSignal.timeout(15_000),
    }).catch(error => {
      throw new ServiceUnavailableError(
        `Couldn't reach the registry ${registry}: check --registry`,
        toError(error),
      );
    });
  const answer = await get(`/manifests/${tag}`);
  if (answer.status === 404) return { visible: true, label: undefined };
  if (!answer.ok) return { visible: false };
  const manifest = manifestSchema.safeParse(await answer.json());
  // Somebody else's image has that version: other content, whatever it is.
  if (!manifest.success) return { visible: true, label: 'unknown' };
  const blob = await get(`/blobs/${manifest.data.config.digest}`);
  if (!blob.ok) return { visible: false };
  const { data } = configSchema.safeParse(await blob.json());
  return { visible: true, label: data?.config?.Labels?.[label] ?? 'unknown' };
}
