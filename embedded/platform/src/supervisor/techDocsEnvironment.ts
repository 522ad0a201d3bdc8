import { mkdirSync } from 'node:fs';
import { rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PythonEnvironments } from '@ml-platform/embedded-images';
import type { Logger } from '@ml-platform/kube';

const REQUIREMENTS = ['mkdocs-techdocs-core==1.6.1'];

/**
 * Provides MkDocs for the portal's documentation. It is made while the portal
 * starts, which does not wait for it; `binDir` is where it will appear.
 */
export function techDocsEnvironment(options: {
  readonly environments: PythonEnvironments;
  readonly stateDir: string;
  readonly logger: Logger;
}): { readonly binDir: string } {
  const { environments, stateDir, logger } = options;
  const toolsDir = join(stateDir, 'tools');
  const link = join(toolsDir, 'techdocs');
  mkdirSync(toolsDir, { recursive: true });
  const provide = async () => {
    const environment = await environments.ensureEnvironment({
      name: 'techdocs',
      requirements: REQUIREMENTS,
      onProgress: message => logger.info(message),
    });
    await rm(`${link}.new`, { force: true });
    await symlink(environment.envDir, `${link}.new`);
    await rename(`${link}.new`, link);
    logger.info('The documentation can be built');
  };
  provide().catch(error =>
    logger.error(
      `Couldn't prepare the tools that build the documentation: ${error}`,
    ),
  );
  return { binDir: join(link, 'bin') };
}
