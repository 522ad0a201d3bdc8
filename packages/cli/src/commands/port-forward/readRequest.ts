import { isIP } from 'node:net';
import { InputError } from '@backstage/errors';
import { SERVICE_NAMES, type ServiceName } from '@ml-platform/sdk';
import type { PortForwardOptions } from './command';

/** What is to be forwarded. */
export interface ForwardRequest {
  readonly names: readonly ServiceName[];
  /** True where what isn't there is left out. */
  readonly all: boolean;
  readonly port?: number;
  /** Local address to listen on. */
  readonly host: string;
  readonly job?: string;
  readonly rayCluster?: string;
}

const isName = (text: string): text is ServiceName =>
  SERVICE_NAMES.some(name => name === text);

/** @throws {InputError} for options that don't fit together */
export function readRequest(
  { job, cluster, port, address }: PortForwardOptions,
  service: string | undefined,
): ForwardRequest {
  const ofRay = job !== undefined || cluster !== undefined;
  const wanted = service ?? (ofRay ? 'ray' : 'all');
  if (job !== undefined && cluster !== undefined) {
    throw new InputError('Give either --job or --cluster, not both');
  }
  if (ofRay && wanted !== 'ray' && wanted !== 'all') {
    throw new InputError(
      `--job and --cluster choose a Ray dashboard; leave them out with ${wanted}`,
    );
  }
  if (port !== undefined && wanted === 'all') {
    throw new InputError(
      `--port is for one page; name it, for example 'port-forward ray --port ${port}'`,
    );
  }
  const number = port === undefined ? undefined : Number(port);
  if (
    number !== undefined &&
    !(Number.isInteger(number) && number >= 1 && number <= 65_535)
  ) {
    throw new InputError(
      `--port takes a number from 1 to 65535, not '${port}'`,
    );
  }
  if (address !== 'localhost' && isIP(address) === 0) {
    throw new InputError(
      `--address takes an IP address of this machine or localhost, not '${address}'`,
    );
  }
  return {
    names: isName(wanted) ? [wanted] : SERVICE_NAMES,
    all: !isName(wanted),
    port: number,
    host: address,
    job,
    rayCluster: cluster,
  };
}
