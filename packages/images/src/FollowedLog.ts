import { BuildFailedError } from './BuildFailedError';
import { BuildSteps, type BuildStep } from './BuildSteps';
import { dockerfileLine } from './dockerfileLine';
import type { ImageBuild } from './ImageBuilder';

/** Lines that are remembered, so that an error doesn't repeat them. */
const REMEMBERED = 50;

/** `#7 12.34 ` before a line of BuildKit or of the build service. */
const PREFIX = /^#\d+ \d+\.\d+ /;

/** What the log of a build has come to. */
export class FollowedLog {
  readonly #steps = new BuildSteps();
  readonly #lines: string[] = [];

  /** Takes a line, and answers the step that it begins. */
  push(line: string): BuildStep | undefined {
    this.#lines.push(line.replace(PREFIX, '').trimEnd());
    this.#lines.splice(0, this.#lines.length - REMEMBERED);
    return this.#steps.push(line);
  }

  /** The error of a build that has failed, with the place in its Dockerfile. */
  failure(
    { image, error = 'its log says why' }: ImageBuild,
    dockerfile: { readonly path: string; readonly text: string },
  ): BuildFailedError {
    const { step, lastLines } = this.#steps;
    const line = step && dockerfileLine(dockerfile.text, step.text);
    const [cause, ...details] = error.split('\n');
    const fresh = details.filter(
      detail => !this.#lines.includes(detail.trimEnd()),
    );
    return new BuildFailedError({
      image,
      reason: [cause, ...fresh].join('\n'),
      step,
      place: line === undefined ? undefined : `${dockerfile.path}:${line}`,
      lastLines,
    });
  }
}
