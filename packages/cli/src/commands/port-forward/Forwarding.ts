import { isIP } from 'node:net';
import { forwardService, type FoundService } from '@ml-platform/sdk';

/** Milliseconds in which the same failure is said once. */
const QUIET = 5_000;

/** One service on a local port, and how it is. */
export class Forwarding {
  readonly service: FoundService;
  readonly url: string;
  /** Resolves after the signal, when all connections are closed. */
  readonly done: Promise<void>;
  /** The pod that answers, or why none does. */
  state = '';

  private constructor(
    service: FoundService,
    {
      host,
      port,
      done,
    }: {
      readonly host: string;
      readonly port: number;
      readonly done: Promise<void>;
    },
  ) {
    this.service = service;
    this.url = `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
    this.done = done;
  }

  /** @throws {ConflictError} when the port is taken */
  static async start(
    service: FoundService,
    options: {
      readonly port?: number;
      readonly host?: string;
      readonly signal: AbortSignal;
      readonly now: () => Date;
      /** Is told in a sentence when connections fail. */
      readonly onProblem: (problem: string) => void;
    },
  ): Promise<Forwarding> {
    const { now, onProblem, ...where } = options;
    let last = { message: '', at: 0 };
    const forward = await forwardService(service, {
      ...where,
      onError: message => {
        const at = now().getTime();
        if (message !== last.message || at - last.at > QUIET) {
          onProblem(message);
          last = { message, at };
        }
      },
    });
    return new Forwarding(service, forward);
  }

  /** Looks which pod would answer now. */
  async look(signal: AbortSignal): Promise<void> {
    try {
      const { pod } = await this.service.target(signal);
      this.state = `pod ${pod}`;
    } catch (error) {
      this.state = error instanceof Error ? error.message : String(error);
    }
  }
}
