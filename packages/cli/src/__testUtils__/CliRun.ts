import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../program';
import type { Output } from '../terminal/Io';

/** What one command said, and how it ended. */
export interface CliAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

class Collected {
  text = '';
  readonly stream: Output;

  constructor(isTTY: boolean) {
    const stream = new PassThrough();
    stream.on('data', chunk => {
      this.text += String(chunk);
    });
    this.stream = Object.assign(stream, isTTY && { isTTY, columns: 100 });
  }
}

/** A command that runs in this process, with streams that tests hold. */
export class CliRun {
  readonly #out: Collected;
  readonly #err: Collected;
  readonly #in: PassThrough;
  readonly #interrupt = new AbortController();
  readonly done: Promise<CliAnswer>;

  constructor(
    args: readonly string[],
    where: {
      readonly cwd: string;
      readonly env?: Readonly<Record<string, string>>;
      /** Where a person sits at it. */
      readonly terminal?: boolean;
    },
  ) {
    const { cwd, env = {}, terminal = false } = where;
    this.#out = new Collected(terminal);
    this.#err = new Collected(terminal);
    this.#in = Object.assign(new PassThrough(), { isTTY: terminal });
    this.done = run(args, {
      stdout: this.#out.stream,
      stderr: this.#err.stream,
      stdin: this.#in,
      env: { HOME: cwd, NO_COLOR: '1', ...env },
      cwd,
      now: () => new Date('2026-11-28T12:00:00Z'),
      signal: this.#interrupt.signal,
    }).then(code => ({ code, stdout: this.stdout, stderr: this.stderr }));
  }

  get stdout(): string {
    return this.#out.text;
  }

  get stderr(): string {
    return this.#err.text;
  }

  /** Types a line. */
  type(line: string): void {
    this.#in.write(`${line}\n`);
  }

  /** Presses Ctrl-C. */
  interrupt(): void {
    this.#interrupt.abort();
  }
}

/** A folder of a project whose kubeconfig leads to a cluster. */
export class CliProject {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** @param clusters - addresses by the names of their contexts; the first is current */
  static async create(
    clusters: Readonly<Record<string, string>>,
  ): Promise<CliProject> {
    const folder = await mkdtemp(join(tmpdir(), 'ml-platform-cli-'));
    const project = new CliProject(folder);
    const names = Object.keys(clusters);
    await project.write(
      'kubeconfig',
      JSON.stringify({
        clusters: names.map(name => ({
          name,
          cluster: { server: clusters[name] },
        })),
        users: [{ name: 'ada', user: { token: 'secret' } }],
        contexts: names.map(name => ({
          name,
          context: { cluster: name, user: 'ada', namespace: 'training' },
        })),
        'current-context': names[0],
      }),
    );
    return project;
  }

  async write(file: string, text: string): Promise<void> {
    await writeFile(join(this.folder, file), text);
  }

  start(
    args: readonly string[],
    options: {
      readonly env?: Readonly<Record<string, string>>;
      /** Where a person sits at it. */
      readonly terminal?: boolean;
    } = {},
  ): CliRun {
    const { env, terminal } = options;
    return new CliRun(args, {
      cwd: this.folder,
      env: { KUBECONFIG: join(this.folder, 'kubeconfig'), ...env },
      terminal,
    });
  }

  run(...args: string[]): Promise<CliAnswer> {
    return this.start(args).done;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
