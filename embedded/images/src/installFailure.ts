import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { lastLines } from '@ml-platform/images';
import { explainFailure } from './explainFailure';

/**
 * What a failed run of uv means: ServiceUnavailableError where the machine or
 * the network is the cause, InputError where the requirements are.
 */
export function installFailure(
  args: readonly string[],
  output: string,
): InputError | ServiceUnavailableError {
  const cause = explainFailure(output);
  if (cause)
    return new ServiceUnavailableError(`${cause}\n${lastLines(output, 4)}`);
  if (/No solution found when resolving/i.test(output)) {
    const [, because] = /cause: ([^]*)$/.exec(output) ?? [];
    return new InputError(
      `The requirements can't be met together on this machine: change their versions. ${because ?? lastLines(output, 12)}`,
    );
  }
  const command = `uv ${args.slice(0, 2).join(' ')}`;
  return new InputError(`${command} failed:\n${lastLines(output, 20)}`);
}
