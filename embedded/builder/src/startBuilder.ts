import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import type {
  FileImageStore,
  PublishedImages,
  PythonEnvironments,
} from '@ml-platform/embedded-images';
import type { Logger } from '@ml-platform/kube';
import { Builds } from './Builds';
import type { ImageBuilder } from './ImageBuilder';
import { NoBuilder } from './NoBuilder';
import { OciBuilder } from './OciBuilder';
import { createRegistryRouter } from './registryRouter';
import { createRouter } from './router';
import { VenvBuilder } from './VenvBuilder';

/**
 * `venv` makes environments for the embedded node, `oci` builds real images and
 * pushes them to the registry, `none` says that there is no registry.
 */
export type BuilderKind = 'venv' | 'oci' | 'none';

/** A builder that listens. */
export interface RunningBuilder {
  readonly url: string;
  /** Stops the builds, which begin again with the next start, and what they run. */
  close(): Promise<void>;
}

/** Starts the builder on the loopback interface. */
export async function startBuilder(options: {
  /** 0 takes a free one. */
  readonly port: number;
  /** Folder of the builder's own state, for example `.local/state/builder`. */
  readonly dataDir: string;
  readonly images: Pick<FileImageStore, 'add' | 'digestOf'>;
  readonly environments: Pick<PythonEnvironments, 'ensure'>;
  /** What the registry routes show, where images are on this machine. */
  readonly published?: PublishedImages;
  /** First part of each image's reference, for example `localhost:7009`. */
  readonly registry: string;
  /** `venv` by default. */
  readonly kind?: BuilderKind;
  readonly token: string;
  readonly logger: Logger;
}): Promise<RunningBuilder> {
  const { port, dataDir, images, environments, registry, kind } = options;
  const { token, logger } = options;
  const builds = await Builds.open({
    dir: join(dataDir, 'builds'),
    registry,
    builder: builderOf(kind ?? 'venv', { images, environments }),
    logger,
  });
  const app = express();
  app.disable('x-powered-by');
  const shown = kind === 'oci' ? undefined : options.published;
  app.use(
    createRouter({
      builds,
      registry: shown && createRegistryRouter(shown),
      token,
      logger,
    }),
  );
  const server = createServer(app);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    await builds.close();
    throw error;
  }
  const { port: actual } = server.address() as AddressInfo;
  logger.info('The builder listens', { port: actual });
  return {
    url: `http://localhost:${actual}`,
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, builds.close()]);
    },
  };
}

function builderOf(
  kind: BuilderKind,
  parts: ConstructorParameters<typeof VenvBuilder>[0],
): ImageBuilder {
  switch (kind) {
    case 'oci':
      return new OciBuilder({ env: process.env });
    case 'venv':
      return new VenvBuilder(parts);
    default:
      return new NoBuilder();
  }
}
