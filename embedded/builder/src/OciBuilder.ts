import { join } from 'node:path';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
  isError,
} from '@backstage/errors';
import {
  explainFailure,
  lastLines,
  runProcess,
} from '@ml-platform/embedded-images';
import type { BuildJob, ImageBuilder } from './ImageBuilder';
import { publishedLabel } from './publishedLabel';
import type { StepLog } from './StepLog';

/** Label of each image with the digest of the content that it was built from. */
const DIGEST_LABEL = 'dev.ml-platform.content-digest';

interface Tool {
  readonly command: string;
  readonly build: readonly string[];
  /** Arguments before the reference where the registry speaks plain HTTP. */
  readonly insecurePush: readonly string[];
}

/** The first that is installed is used. */
const TOOLS: readonly Tool[] = [
  {
    command: 'buildah',
    build: ['build', '--format', 'oci'],
    insecurePush: ['--tls-verify=false'],
  },
  {
    command: 'docker',
    build: ['build', '--progress', 'plain'],
    // docker takes loopback registries without TLS by itself.
    insecurePush: [],
  },
  {
    command: 'podman',
    build: ['build', '--format', 'oci'],
    insecurePush: ['--tls-verify=false'],
  },
];

const isLoopback = (ref: string) =>
  /^(localhost|127\.\d+\.\d+\.\d+)[:/]/.test(ref);

/**
 * Builds real images with buildah, docker or podman and pushes them. The
 * tool's own environment variables, as BUILDAH_ISOLATION and STORAGE_DRIVER,
 * and its login to the registry are the user's.
 */
export class OciBuilder implements ImageBuilder {
  readonly #env: NodeJS.ProcessEnv;

  constructor(options: { readonly env: NodeJS.ProcessEnv }) {
    this.#env = options.env;
  }

  async publishedDigest(
    ref: string,
    remembered: string | undefined,
  ): Promise<string | undefined> {
    const found = await publishedLabel(ref, DIGEST_LABEL, isLoopback(ref));
    return found.visible ? found.label : remembered;
  }

  async build(job: BuildJob, log: StepLog, signal: AbortSignal): Promise<void> {
    const tool = await this.#tool();
    const { ref, digest, contextDir, dockerfile } = job;
    await this.#run(log, signal, tool.command, [
      ...tool.build,
      ...['--file', join(contextDir, dockerfile), '--tag', ref],
      ...['--label', `${DIGEST_LABEL}=${digest}`, contextDir],
    ]);
    const insecure = isLoopback(ref) ? tool.insecurePush : [];
    await this.#run(log, signal, tool.command, ['push', ...insecure, ref]);
  }

  async #tool(): Promise<Tool> {
    for (const tool of TOOLS) {
      try {
        const { code } = await runProcess(tool.command, ['--version'], {
          env: this.#env,
        });
        if (code === 0) return tool;
      } catch (error) {
        if (!isError(error) || error.code !== 'ENOENT') throw error;
      }
    }
    throw new NotFoundError(
      'Neither buildah nor docker nor podman is installed, one of which builds real images: install one, or start without --registry',
    );
  }

  async #run(
    log: StepLog,
    signal: AbortSignal,
    command: string,
    args: readonly string[],
  ): Promise<void> {
    const step = log.step(`${command} ${args.join(' ')}`);
    const { code, output } = await runProcess(command, args, {
      env: this.#env,
      signal,
      onLine: line => step.line(line),
    });
    if (code === 0) {
      step.done();
      return;
    }
    step.failed(`${command} ended with code ${code}`);
    const said = lastLines(output, 8);
    if (/unauthorized|authentication required|denied/i.test(said)) {
      throw new ServiceUnavailableError(
        `The registry refuses the push: log in with \`${command} login\`, then start again.\n${said}`,
      );
    }
    if (
      /x509|http: server gave HTTP response|connection refused|no such host/i.test(
        said,
      )
    ) {
      throw new ServiceUnavailableError(
        `Couldn't reach the registry, or that of the base image.\n${said}`,
      );
    }
    const cause = explainFailure(said);
    throw cause
      ? new ServiceUnavailableError(`${cause}\n${said}`)
      : new InputError(`${command} ${args[0]} failed:\n${said}`);
  }
}
