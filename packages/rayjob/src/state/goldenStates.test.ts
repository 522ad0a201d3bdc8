import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { furtherScenarios, scenarios } from '@ml-platform/recordings';
import { moments } from '../__testUtils__/moments';
import type { Pod, RayJob } from '../objects/kubernetes';
import { compactJob } from './compactJob';
import { compactPod } from './compactPod';
import { jobState } from './jobState';
import { keepCause } from './keepCause';
import type { JobStateResult } from './stateResult';
import { statusMessage } from './statusMessage';

type Told = JobStateResult & { readonly attempt: number };
type Moment = JobStateResult & { readonly scenario: string; t: number };

function golden<T>(file: string): T[] {
  const path = join(__dirname, '../../golden/states', `${file}.ndjson`);
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map(line => JSON.parse(line) as T);
}

/** The states of a recording, each with the time when it began. */
function story(scenario: string): Moment[] {
  const told: Moment[] = [];
  for (const { t, job, pods } of moments(scenario)) {
    const { state, reason, message } = jobState(job, pods);
    const last = told.at(-1);
    if (
      last?.state !== state ||
      last.reason !== reason ||
      last.message !== message
    ) {
      told.push({ scenario, t, state, reason, message });
    }
  }
  return told;
}

// The Python SDK reads the same files.
describe('the golden states', () => {
  it('tell what jobState tells of an object and its pods', () => {
    const cases = golden<{ job: RayJob; pods: Pod[]; is: JobStateResult }>(
      'cases',
    );
    expect(cases.map(({ job, pods }) => jobState(job, pods))).toEqual(
      cases.map(one => one.is),
    );
  });

  it('tell it also of what is kept of an object and its pods', () => {
    const cases = golden<{ job: RayJob; pods: Pod[]; is: JobStateResult }>(
      'cases',
    );
    expect(
      cases.map(({ job, pods }) =>
        jobState(compactJob(job), pods.map(compactPod)),
      ),
    ).toEqual(cases.map(one => one.is));
  });

  it('tell what jobState tells over the recordings', () => {
    expect([...scenarios, ...furtherScenarios].flatMap(story)).toEqual(
      golden<Moment>('recordings'),
    );
  });

  it('tell which cause is kept', () => {
    const cases = golden<{ next: Told; before?: Told; is: Told }>('causes');
    expect(cases.map(({ next, before }) => keepCause(next, before))).toEqual(
      cases.map(one => one.is),
    );
  });

  it('tell what is kept of a message', () => {
    const cases = golden<{ message: string; is?: string }>('messages');
    expect(cases.map(({ message }) => statusMessage(message))).toEqual(
      cases.map(one => one.is),
    );
  });
});
