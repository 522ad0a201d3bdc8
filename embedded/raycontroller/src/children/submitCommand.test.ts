import { rayCluster, rayJob } from '../__testUtils__/objects';
import { submitCommand } from './submitCommand';

const status = { jobId: 'job-abcde', dashboardURL: 'head:8265' };

describe('the submit command', () => {
  it('carries what the spec says of the job, quoted for the shell', () => {
    const job = rayJob(
      {
        entrypoint: '  python train.py --lr 0.1  ',
        runtimeEnvYAML: 'pip: ["numpy"]\nenv_vars:\n  A: "1"\n',
        metadata: { team: 'plasma', run: 'x' },
        entrypointNumCpus: 0.5,
        entrypointNumGpus: 1,
        entrypointResources: '{"TPU": 1}',
      },
      status,
    );
    expect(submitCommand(job, 'K8sJobMode')).toContain(
      [
        'then ray job submit --address http://head:8265 --no-wait',
        String.raw`--runtime-env-json "{\"env_vars\":{\"A\":\"1\"},\"pip\":[\"numpy\"]}"`,
        String.raw`--metadata-json "{\"run\":\"x\",\"team\":\"plasma\"}"`,
        '--submission-id job-abcde',
      ].join(' '),
    );
    expect(submitCommand(job, 'K8sJobMode')).toContain(
      String.raw`--entrypoint-num-cpus 0.500000 --entrypoint-num-gpus 1.000000 --entrypoint-resources "{\"TPU\": 1}" -- python train.py --lr 0.1 ; fi`,
    );
  });

  it('finds the dashboard of a sidecar at the port that its head declares', () => {
    const [head] = rayCluster().spec.headGroupSpec.template.spec.containers;
    const ports = [{ name: 'dashboard', containerPort: 9265 }];
    const spec = {
      ...rayCluster().spec,
      headGroupSpec: {
        template: { spec: { containers: [{ ...head, ports }] } },
      },
    };
    const command = submitCommand(
      rayJob({ rayClusterSpec: spec }, status),
      'SidecarMode',
    );
    expect(command).toContain('http://localhost:9265/api/gcs_healthz');
    expect(command).toContain('ray job submit --address http://127.0.0.1:9265');
    expect(command).not.toContain('ray job status');
  });

  it('refuses metadata for a Ray that does not know it', () => {
    const rayClusterSpec = { ...rayCluster().spec, rayVersion: '2.5.0' };
    const job = rayJob({ metadata: { a: 'b' }, rayClusterSpec }, status);
    expect(() => submitCommand(job, 'K8sJobMode')).toThrow(/at least 2\.6\.0/);
  });
});
