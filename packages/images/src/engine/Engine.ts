import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isLoopbackRegistry, splitImageReference } from '../imageReference';
import { engineFailure } from './engineFailure';
import type { EngineKind, EngineName } from './engines';
import { runProcess } from './runProcess';

/** A log that takes what an engine says, command by command. */
export interface EngineLog {
  step(title: string): {
    line(text: string): void;
    done(): void;
    failed(reason: string): void;
  };
}

/** What to build, from a folder that holds the context and nothing else. */
export interface EngineBuild {
  readonly ref: string;
  readonly contextDir: string;
  /** Path of the Dockerfile in the context. */
  readonly dockerfile: string;
  readonly labels: Readonly<Record<string, string>>;
  /** For example `linux/arm64`; that of the machine where absent. */
  readonly platform?: string;
  /** An empty folder for this build alone, outside of the context. */
  readonly workDir: string;
}

interface Running {
  readonly log: EngineLog;
  /** Ends the engine's process, and what it has started. */
  readonly signal?: AbortSignal;
}

const readIfThere = (file: string) =>
  readFile(file, 'utf8').then(
    text => text.trim(),
    () => '',
  );

/**
 * Builds and pushes with docker, podman or buildah. Its own environment variables, as
 * BUILDAH_ISOLATION, DOCKER_HOST and STORAGE_DRIVER, and its logins to registries are
 * the user's.
 */
export class Engine {
  readonly #kind: EngineKind;
  readonly #env: NodeJS.ProcessEnv;

  constructor(options: {
    readonly kind: EngineKind;
    readonly env: NodeJS.ProcessEnv;
  }) {
    this.#kind = options.kind;
    this.#env = options.env;
  }

  get name(): EngineName {
    return this.#kind.name;
  }

  /**
   * Builds an image, which stays on the machine.
   *
   * @returns its ID, where the engine tells
   * @throws {InputError} when a step of the Dockerfile fails
   * @throws {NotAllowedError} when the registry of the base image refuses
   * @throws {ServiceUnavailableError} when the machine or the network is the cause
   */
  async build(order: EngineBuild, running: Running): Promise<string> {
    const { ref, contextDir, dockerfile, labels, platform, workDir } = order;
    await mkdir(workDir, { recursive: true });
    const idFile = join(workDir, 'image-id');
    await this.#run('build', running, [
      ...this.#kind.build,
      ...['--file', join(contextDir, dockerfile), '--tag', ref],
      ...['--iidfile', idFile],
      ...(platform ? ['--platform', platform] : []),
      ...Object.entries(labels).flatMap(([name, value]) => [
        '--label',
        `${name}=${value}`,
      ]),
      contextDir,
    ]);
    return readIfThere(idFile);
  }

  /**
   * Pushes an image.
   *
   * @returns its digest, where the engine tells
   * @throws {NotAllowedError} when the registry refuses
   * @throws {ServiceUnavailableError} when the registry doesn't answer
   */
  async push(
    order: Pick<EngineBuild, 'ref' | 'workDir'> & {
      /** Whether the registry speaks plain HTTP; default: one of this machine does. */
      readonly plainHttp?: boolean;
    },
    running: Running,
  ): Promise<string> {
    const { insecurePush, digestFile } = this.#kind;
    const { ref, workDir } = order;
    const file = join(workDir, 'digest');
    const { registry = '' } = splitImageReference(ref) ?? {};
    const { plainHttp = isLoopbackRegistry(registry) } = order;
    const output = await this.#run('push', running, [
      'push',
      ...(plainHttp ? insecurePush : []),
      ...(digestFile ? ['--digestfile', file] : []),
      ref,
    ]);
    const [, said = ''] =
      /\bdigest: (sha256:[0-9a-f]{64})\b/.exec(output) ?? [];
    return digestFile ? readIfThere(file) : said;
  }

  async #run(
    action: 'build' | 'push',
    { log, signal }: Running,
    args: readonly string[],
  ): Promise<string> {
    const step = log.step(`${this.name} ${args.join(' ')}`);
    const { code, output } = await runProcess(this.name, args, {
      env: this.#env,
      signal,
      onLine: line => step.line(line),
    });
    if (code !== 0) {
      step.failed(`${this.name} ended with code ${code}`);
      throw engineFailure(this.name, action, output);
    }
    step.done();
    return output;
  }
}
