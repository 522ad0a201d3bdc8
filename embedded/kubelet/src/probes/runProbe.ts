import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { connect } from 'node:net';
import type { Probe } from '@ml-platform/embedded-controller-runtime';
import type { CommandResult } from '../process/runInContainer';

export interface ProbeResult {
  readonly ok: boolean;
  /** Why not, in kubelet's words. */
  readonly output: string;
}

/** How a probe reaches its container. */
export interface ProbeTarget {
  /** The local port that stands for a port of the container. */
  port(port: number | string): number;
  /** Runs a command in the container's environment. */
  exec(command: readonly string[], timeoutMs: number): Promise<CommandResult>;
}

/** Runs a probe once; never throws. */
export async function runProbe(
  probe: Probe,
  target: ProbeTarget,
): Promise<ProbeResult> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  try {
    if (probe.exec) {
      return await execProbe(probe.exec.command ?? [], target, timeoutMs);
    }
    if (probe.httpGet) {
      return await httpProbe(probe.httpGet, target, timeoutMs);
    }
    if (probe.tcpSocket) {
      return await tcpProbe(target.port(probe.tcpSocket.port), timeoutMs);
    }
  } catch (error) {
    return { ok: false, output: String(error) };
  }
  return { ok: true, output: '' };
}

async function execProbe(
  command: readonly string[],
  target: ProbeTarget,
  timeoutMs: number,
): Promise<ProbeResult> {
  const { exitCode, output } = await target.exec(command, timeoutMs);
  return exitCode === undefined
    ? {
        ok: false,
        output: `command timed out: ${JSON.stringify(command.join(' '))} timed out after ${timeoutMs / 1000}s`,
      }
    : { ok: exitCode === 0, output };
}

function httpProbe(
  action: NonNullable<Probe['httpGet']>,
  target: ProbeTarget,
  timeoutMs: number,
): Promise<ProbeResult> {
  const port = target.port(action.port);
  const secure = action.scheme === 'HTTPS';
  const path = action.path?.startsWith('/')
    ? action.path
    : `/${action.path ?? ''}`;
  const url = `${secure ? 'https' : 'http'}://127.0.0.1:${port}${path}`;
  return new Promise(resolve => {
    const failed = (reason: string) =>
      resolve({ ok: false, output: `Get "${url}": ${reason}` });
    const request = (secure ? httpsGet : httpGet)(
      url,
      {
        headers: {
          'user-agent': 'kube-probe/1.34',
          ...Object.fromEntries(
            (action.httpHeaders ?? []).map(({ name, value }) => [name, value]),
          ),
        },
        agent: false,
        rejectUnauthorized: false,
        timeout: timeoutMs,
      },
      response => {
        response.resume();
        const code = response.statusCode ?? 0;
        resolve(
          code >= 200 && code < 400
            ? { ok: true, output: '' }
            : {
                ok: false,
                output: `HTTP probe failed with statuscode: ${code}`,
              },
        );
      },
    );
    request.once('timeout', () => {
      failed(
        'context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      );
      request.destroy();
    });
    request.once('error', (error: NodeJS.ErrnoException) =>
      failed(dialError(error, port)),
    );
  });
}

function tcpProbe(port: number, timeoutMs: number): Promise<ProbeResult> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1', timeout: timeoutMs });
    const end = (result: ProbeResult) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => end({ ok: true, output: '' }));
    socket.once('timeout', () =>
      end({ ok: false, output: `dial tcp 127.0.0.1:${port}: i/o timeout` }),
    );
    socket.once('error', error =>
      end({ ok: false, output: dialError(error, port) }),
    );
  });
}

function dialError(error: NodeJS.ErrnoException, port: number): string {
  return error.code === 'ECONNREFUSED'
    ? `dial tcp 127.0.0.1:${port}: connect: connection refused`
    : error.message;
}
