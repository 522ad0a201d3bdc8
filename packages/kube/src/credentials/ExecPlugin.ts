import { spawn } from 'node:child_process';
import { AuthenticationError, isError } from '@backstage/errors';
import type { Environment } from '../Environment';
import type { Identity } from './connect';
import type { ClusterEntry, ExecEntry } from './entries';

export interface ExecPluginOptions {
  readonly exec: ExecEntry;
  readonly cluster: ClusterEntry;
  /** Environment of the command; what the kubeconfig sets comes on top. */
  readonly env: Environment;
  /** Lets the command use this process's terminal. */
  readonly terminal: boolean;
  /** Milliseconds; default `Date.now`. */
  readonly now?: () => number;
}

/** What a command prints (`client.authentication.k8s.io`, `ExecCredential`). */
interface ExecCredential {
  readonly status?: {
    readonly token?: string;
    readonly clientCertificateData?: string;
    readonly clientKeyData?: string;
    readonly expirationTimestamp?: string;
  };
}

/** Bytes of a command's complaint that are kept. */
const MAX_COMPLAINT = 4_096;

/**
 * Credentials from a command, which is run as kubectl runs it. What it gave stays
 * good until the time that it names, or else for as long as this object.
 */
export class ExecPlugin {
  #given: { readonly identity: Identity; readonly until: number } | undefined;

  readonly #options: ExecPluginOptions;

  constructor(options: ExecPluginOptions) {
    this.#options = options;
  }

  /**
   * @throws {AuthenticationError} when the command isn't there or gives nothing
   * @throws {Error} with what the command complained about
   * @throws {SyntaxError} when its answer is no JSON
   */
  async identity(): Promise<Identity> {
    const { exec, now = Date.now } = this.#options;
    if (this.#given && now() < this.#given.until) {
      return this.#given.identity;
    }
    const { status } = JSON.parse(await this.#run()) as ExecCredential;
    const { token, clientCertificateData, clientKeyData } = status ?? {};
    if (!token && !(clientCertificateData && clientKeyData)) {
      throw new Error(`${exec.command} gave no credentials`);
    }
    const until = Date.parse(status?.expirationTimestamp ?? '');
    this.#given = {
      identity: { token, cert: clientCertificateData, key: clientKeyData },
      until: Number.isNaN(until) ? Infinity : until,
    };
    return this.#given.identity;
  }

  #run(): Promise<string> {
    const { exec, env, terminal } = this.#options;
    const interactive = terminal && exec.interactiveMode !== 'Never';
    if (exec.interactiveMode === 'Always' && !interactive) {
      throw new AuthenticationError(
        `${exec.command} has to ask you for the credentials, and there is no terminal; run this in one`,
      );
    }
    const child = spawn(exec.command, exec.args, {
      env: {
        ...env,
        ...exec.env,
        KUBERNETES_EXEC_INFO: JSON.stringify(this.#info(interactive)),
      },
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    });
    const output: Buffer[] = [];
    let complaint = '';
    child.stdout.on('data', (data: Buffer) => output.push(data));
    child.stderr.on('data', (data: Buffer) => {
      complaint = (complaint + data).slice(-MAX_COMPLAINT);
      if (interactive) {
        process.stderr.write(data);
      }
    });
    return new Promise((resolve, reject) => {
      child.once('error', error => reject(notStarted(exec, error)));
      child.once('close', (code, signal) => {
        if (code === 0) {
          resolve(Buffer.concat(output).toString());
        } else {
          reject(
            new Error(
              complaint.trim() ||
                `${exec.command} ended with ${signal ?? `exit code ${code}`}`,
            ),
          );
        }
      });
    });
  }

  /** What kubectl tells the command (`ExecCredential`, `spec`). */
  #info(interactive: boolean): object {
    const { exec, cluster } = this.#options;
    return {
      kind: 'ExecCredential',
      apiVersion: exec.apiVersion,
      spec: {
        interactive,
        ...(exec.provideClusterInfo && {
          cluster: {
            server: cluster.server,
            'tls-server-name': cluster.tlsServerName,
            'insecure-skip-tls-verify': cluster.skipTLSVerify,
            'certificate-authority-data': cluster.caData,
            'proxy-url': cluster.proxyUrl,
            config: cluster.pluginConfig,
          },
        }),
      },
    };
  }
}

function notStarted({ command, installHint }: ExecEntry, error: Error): Error {
  const missing = isError(error) && error.code === 'ENOENT';
  return new Error(
    missing
      ? `${command} isn't installed, or isn't on the PATH. ${installHint ?? ''}`
      : error.message,
  );
}
