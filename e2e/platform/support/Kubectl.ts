import { execFile } from 'node:child_process';

export interface Answer {
  readonly ok: boolean;
  /** Everything that kubectl printed. */
  readonly text: string;
}

/** kubectl against one cluster. */
export class Kubectl {
  readonly #command: string;
  readonly #kubeconfig: string;

  constructor(command: string, kubeconfig: string) {
    this.#command = command;
    this.#kubeconfig = kubeconfig;
  }

  /** Runs a command, and tells what came of it. */
  async try(args: readonly string[], input?: object): Promise<Answer> {
    const { status, stdout, stderr } = await this.#run(args, input);
    return { ok: status === 0, text: stdout + stderr };
  }

  /** @throws {Error} with what kubectl printed when it fails */
  async run(args: readonly string[], input?: object): Promise<string> {
    const { status, stdout, stderr } = await this.#run(args, input);
    if (status !== 0) {
      throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    }
    return stdout;
  }

  /** An object, or undefined where it is not there. */
  async get<T>(...args: readonly string[]): Promise<T | undefined> {
    const all = ['get', ...args, '--ignore-not-found', '-o', 'json'];
    const text = await this.run(all);
    return text ? (JSON.parse(text) as T) : undefined;
  }

  /** What creating the object would say, without creating it. */
  dryRun(object: object): Promise<Answer> {
    return this.try(['create', '--dry-run=server', '-f', '-'], object);
  }

  async apply(object: object): Promise<void> {
    await this.run(['apply', '--server-side', '-f', '-'], object);
  }

  #run(args: readonly string[], input?: object) {
    return new Promise<{ status: number; stdout: string; stderr: string }>(
      resolve => {
        const child = execFile(
          this.#command,
          ['--kubeconfig', this.#kubeconfig, ...args],
          { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
          (error, stdout, stderr) =>
            resolve({ status: error ? 1 : 0, stdout, stderr }),
        );
        child.stdin?.end(input ? JSON.stringify(input) : '');
      },
    );
  }
}
