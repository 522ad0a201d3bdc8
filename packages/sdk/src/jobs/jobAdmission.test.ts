import {
  DEFAULT_JOB_POLICY,
  jobSummary,
  readJobPolicy,
} from '@ml-platform/rayjob';
import { admissionProblems, checkAdmission } from './jobAdmission';

const RULES = {
  clusters: [
    { name: 'a', holdsJobs: true, namespaces: ['training', 'lab'] },
    { name: 'b', holdsJobs: true },
    { name: 'management', holdsJobs: false },
  ],
  complete: true,
  policy: DEFAULT_JOB_POLICY,
  allowedMetadata: [],
};
const job = (namespace = 'training', name = 'hello-1') => ({
  metadata: { name, namespace },
});

describe('admission of jobs', () => {
  it.each([
    ['a', 'training'],
    ['a', 'lab'],
    ['b', 'anywhere'],
  ])('lets a job onto %s in %s', (cluster, namespace) => {
    expect(admissionProblems(RULES, cluster, job(namespace))).toEqual([]);
  });

  it.each([
    [
      'a namespace that is not watched',
      'a',
      job('default'),
      "The portal doesn't watch the namespace default on a; use one of training, lab",
    ],
    [
      'a cluster that is not known',
      'moon',
      job(),
      'No jobs run on the cluster moon; use one of a, b',
    ],
    [
      'a cluster that holds no jobs',
      'management',
      job(),
      'No jobs run on the cluster management; use one of a, b',
    ],
  ])('refuses %s', (_, cluster, request, problem) => {
    expect(admissionProblems(RULES, cluster, request)).toEqual([problem]);
  });

  it('lets a job onto a cluster that may be found later', () => {
    const rules = { ...RULES, complete: false };
    expect(admissionProblems(rules, 'moon', job())).toEqual([]);
    expect(admissionProblems(rules, 'management', job())).toHaveLength(1);
  });

  it('refuses a job for which its namespace has no room', () => {
    const policy = readJobPolicy({ quotas: { training: { jobs: 1 } } });
    const jobs = [jobSummary('a', job('training', 'hello-0'))];
    const rules = { ...RULES, policy, jobs };
    expect(admissionProblems(rules, 'a', job())).toEqual([
      expect.stringMatching(/^In training on a, there are 1 job/),
    ]);
    expect(admissionProblems(rules, 'a', job('lab'))).toEqual([]);
  });

  it('says all that is wrong at once', () => {
    const request = {
      metadata: {
        ...job('Training', 'Hello').metadata,
        finalizers: ['x/y'],
        labels: { 'argocd.argoproj.io/instance': 'x' },
      },
      spec: {
        rayClusterSpec: {
          headGroupSpec: {
            template: {
              spec: {
                containers: [{ name: 'head' }],
                volumes: [{ name: 'host', hostPath: { path: '/' } }],
              },
            },
          },
        },
      },
    };
    const problems = admissionProblems(RULES, 'a', request);
    expect(problems).toHaveLength(5);
    expect(() => checkAdmission(RULES, 'a', request)).toThrow(
      problems.join('; '),
    );
  });
});
