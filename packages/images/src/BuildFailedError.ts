import { CustomErrorBase } from '@backstage/errors';
import type { BuildStep } from './BuildSteps';

/** What is known of a build that failed. */
export interface BuildFailure {
  readonly image: string;
  /** What the builder says of it, with what to do. */
  readonly reason: string;
  /** The step at which it failed. */
  readonly step?: BuildStep;
  /** Where the step is, for example `Dockerfile:5`. */
  readonly place?: string;
  /** What the step said last. */
  readonly lastLines: readonly string[];
}

function sentence(failure: BuildFailure): string {
  const { image, reason, step, place, lastLines } = failure;
  const [cause, ...details] = reason.split('\n');
  return [
    `Couldn't build ${image}: ${cause.replace(/:$/, '')}`,
    ...(step && place ? [`  ${place}: ${step.text}`] : []),
    ...[...details, ...lastLines].map(line => `    ${line}`),
  ].join('\n');
}

/** The build has failed. The message holds the cause, the step and its last lines. */
export class BuildFailedError extends CustomErrorBase {
  name = 'BuildFailedError' as const;
  /** What the builder says of it. */
  readonly reason: string;
  readonly step: BuildStep | undefined;
  readonly place: string | undefined;
  readonly lastLines: readonly string[];

  constructor(failure: BuildFailure) {
    super(sentence(failure));
    this.reason = failure.reason;
    this.step = failure.step;
    this.place = failure.place;
    this.lastLines = failure.lastLines;
  }
}
