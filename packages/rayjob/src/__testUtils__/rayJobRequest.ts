import type { RayJobRequest } from '../render/renderRayJob';

/** A good run, with what the test is about in place of the usual. */
export function rayJobRequest(
  overrides: Partial<RayJobRequest> = {},
): RayJobRequest {
  return {
    name: 'hello-ray-20260102-030405',
    namespace: 'training',
    workload: 'hello-ray',
    version: '1.0.0',
    image: 'localhost:7009/hello-ray:1.0.0',
    entrypoint: 'python train.py',
    workers: 2,
    resources: { cpu: '1', memory: '2Gi', gpu: 0 },
    environment: [{ name: 'SEED', value: '7' }],
    ttlSecondsAfterFinished: 300,
    gitopsPath:
      'gitops/clusters/workload-cluster/jobs/training/hello-ray-20260102-030405.yaml',
    taskId: 'task-1',
    requester: 'user:default/guest',
    sourceCommit: 'a'.repeat(40),
    ...overrides,
  };
}
