import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError } from '@backstage/errors';

/** What `npm start` was asked for. */
export interface PlatformOptions {
  /** Port of the portal; the embedded services take the four after it. */
  readonly port: number;
  /** Command of the Python that environments are made from. */
  readonly python: string;
  /** Registry to push real images to, instead of environments for the embedded cluster. */
  readonly registry?: string;
  /** Folder of all state, absolute. */
  readonly stateDir: string;
  /** Serve the portal with hot reload. */
  readonly dev: boolean;
}

/**
 * Reads the command line. Throws InputError with a sentence for people where
 * it, or the environment, is not one that the embedded platform accepts.
 */
export function parseOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  root: string,
): PlatformOptions {
  if (env.NODE_ENV === 'production') {
    throw new InputError(
      'The embedded platform is for development and refuses to run with NODE_ENV=production. Unset NODE_ENV, or deploy the portal with app-config.production.yaml.',
    );
  }
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '7007' },
      python: { type: 'string', default: 'python3' },
      registry: { type: 'string' },
      state: { type: 'string', default: '.local' },
      dev: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1024 || port > 65_531) {
    throw new InputError(
      `--port ${values.port} is not a port that can be used: take a number from 1024 to 65531, as the four ports after it are taken too.`,
    );
  }
  if (
    values.registry !== undefined &&
    !/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._/-]+)?$/.test(values.registry)
  ) {
    throw new InputError(
      `--registry ${values.registry} is not a registry: give its host, port and path, as localhost:5000/ml-platform.`,
    );
  }
  return {
    port,
    python: values.python,
    dev: values.dev,
    stateDir: resolve(root, values.state),
    ...(values.registry === undefined ? {} : { registry: values.registry }),
  };
}
