/** How a process ended: with an exit code, or by a signal. */
export interface PortalEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The end as the rest of a sentence, for example "was ended by SIGKILL". */
export function describeEnd({ code, signal }: PortalEnd): string {
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
}
