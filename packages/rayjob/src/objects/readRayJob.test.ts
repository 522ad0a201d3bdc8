import { jobSummary } from '../summary/jobSummary';
import { readRayJob } from './readRayJob';

const metadata = { name: 'j', namespace: 'training' };

describe('readRayJob', () => {
  it('takes a null for what is left out, and leaves the status out', () => {
    expect(
      readRayJob({
        kind: 'RayJob',
        metadata: { ...metadata, labels: null },
        spec: { entrypoint: null, later: { x: [1, null] } },
        status: { jobDeploymentStatus: 'Complete' },
      }),
    ).toEqual({
      kind: 'RayJob',
      metadata,
      spec: { later: { x: [1, null] } },
    });
  });

  it.each<[string, unknown]>([
    ['the document: Invalid input: expected object', 'text'],
    ['the document: Invalid input: expected object', null],
    ['kind: Invalid input: expected "RayJob"', { kind: 'Pod', metadata }],
    ['metadata.name: ', { metadata: { name: 1 } }],
    ['metadata.labels.a: ', { metadata: { ...metadata, labels: { a: true } } }],
    ['spec.entrypoint: ', { metadata, spec: { entrypoint: ['python'] } }],
    [
      'spec.rayClusterSpec.workerGroupSpecs: ',
      { metadata, spec: { rayClusterSpec: { workerGroupSpecs: {} } } },
    ],
    [
      'spec.submitterPodTemplate.spec.containers.0: ',
      {
        metadata,
        spec: { submitterPodTemplate: { spec: { containers: [1] } } },
      },
    ],
  ])('says %s', (problem, value) => {
    expect(() => readRayJob(value)).toThrow(`This is not a RayJob: ${problem}`);
  });

  it('gives what the other rules can read, whatever the text in it', () => {
    const odd = 'https://sso.example/users/42?a=:%0\u202e\u0000';
    const job = readRayJob({
      metadata: {
        ...metadata,
        labels: { 'app.kubernetes.io/name': odd },
        annotations: { 'ml-platform.dev/requester': odd },
      },
      spec: { entrypoint: odd, submissionMode: odd, managedBy: odd },
    });
    expect(jobSummary('c', job)).toMatchObject({ owner: odd, workload: odd });
  });
});
