import type express from 'express';
import Router from 'express-promise-router';
import type { PublishedImages } from '@ml-platform/embedded-images';
import { registryManifest } from './registryManifest';

type Refusal = 'NAME_UNKNOWN' | 'MANIFEST_UNKNOWN' | 'BLOB_UNKNOWN';

function refuse(res: express.Response, code: Refusal, message: string): void {
  res.status(404).json({ errors: [{ code, message }] });
}

/**
 * What a registry says of its images: which there are, and what they are. They are
 * made by builds and can't be pushed or pulled.
 *
 * Source: OCI distribution specification, "Endpoints" 1, 2, 3 and 8.
 */
export function createRegistryRouter(
  images: Pick<PublishedImages, 'names' | 'versions' | 'find'>,
): express.Router {
  const router = Router();

  async function read(name: string, versions: readonly string[]) {
    const found = await Promise.all(
      versions.map(version => images.find(name, version)),
    );
    return found.flatMap(image => (image ? registryManifest(image) : []));
  }
  const all = async (name: string) => read(name, await images.versions(name));

  router.get('/', (_req, res) => {
    res.set('docker-distribution-api-version', 'registry/2.0').json({});
  });

  router.get('/_catalog', async (_req, res) => {
    res.json({ repositories: await images.names() });
  });

  router.get('/:name/tags/list', async (req, res) => {
    const { name } = req.params;
    const tags = await images.versions(name);
    if (tags.length === 0) {
      refuse(res, 'NAME_UNKNOWN', `No version of ${name} was built here`);
      return;
    }
    res.json({ name, tags });
  });

  // Express answers HEAD with the same, without the body.
  router.get('/:name/manifests/:reference', async (req, res) => {
    const { name, reference } = req.params;
    const [found] = reference.includes(':')
      ? (await all(name)).filter(
          ({ manifest }) => manifest.digest === reference,
        )
      : await read(name, [reference]);
    if (!found) {
      refuse(
        res,
        'MANIFEST_UNKNOWN',
        `${name}:${reference} was not built here`,
      );
      return;
    }
    const { digest, type, bytes } = found.manifest;
    res.set('docker-content-digest', digest).type(type).send(bytes);
  });

  router.get('/:name/blobs/:digest', async (req, res) => {
    const { name, digest } = req.params;
    const found = (await all(name)).find(
      ({ config }) => config.digest === digest,
    );
    if (!found) {
      refuse(
        res,
        'BLOB_UNKNOWN',
        'Images of the embedded platform are environments on this machine, and have no layers to pull',
      );
      return;
    }
    res.type(found.config.type).send(found.config.bytes);
  });
  return router;
}
