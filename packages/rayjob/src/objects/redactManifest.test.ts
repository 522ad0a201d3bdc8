import { isRedacted, redactManifest } from './redactManifest';

const SECRET = 'hunter2';

const reference = { secretKeyRef: { name: 'wandb', key: 'token' } };

function container(name: string) {
  return {
    name,
    env: [
      { name: 'TOKEN', value: SECRET },
      { name: 'EMPTY', value: '' },
      { name: 'FROM', valueFrom: reference },
    ],
    envFrom: [{ secretRef: { name: 'all-of-it' } }],
  };
}

const template = (name: string) => ({
  spec: { containers: [container(name)], initContainers: [container('init')] },
});

const MANIFEST = {
  apiVersion: 'ray.io/v1',
  kind: 'RayJob',
  metadata: {
    name: 'j',
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': `{"value":"${SECRET}"}`,
      'ml-platform.dev/requester': 'user:default/ada',
    },
  },
  spec: {
    entrypoint: `pip install git+https://${SECRET}@example.com/x.git && python train.py`,
    runtimeEnvYAML: [
      'env_vars:',
      `  API_KEY: ${SECRET}`,
      'pip:',
      `  - --index-url=https://me:${SECRET}@example.com/simple`,
      'working_dir: s3://bucket/code.zip',
    ].join('\n'),
    submitterPodTemplate: template('submitter'),
    rayClusterSpec: {
      autoscalerOptions: { env: [{ name: 'A', value: SECRET }] },
      gcsFaultToleranceOptions: { redisPassword: { value: SECRET } },
      headGroupSpec: {
        rayStartParams: { 'redis-password': SECRET, 'num-cpus': '0' },
        template: template('head'),
      },
      workerGroupSpecs: [{ groupName: 'w', template: template('worker') }],
    },
  },
};

describe('redactManifest', () => {
  const redacted = redactManifest(MANIFEST);
  const text = JSON.stringify(redacted);

  it('leaves no value anywhere', () => {
    expect(text).not.toContain(SECRET);
    expect(isRedacted(redacted)).toBe(true);
  });

  it('keeps names, references to secrets, and all else', () => {
    const { headGroupSpec } = redacted.spec.rayClusterSpec;
    expect(headGroupSpec.template.spec.containers[0]).toEqual({
      name: 'head',
      env: [
        { name: 'TOKEN', value: '[redacted]' },
        { name: 'EMPTY', value: '' },
        { name: 'FROM', valueFrom: reference },
      ],
      envFrom: [{ secretRef: { name: 'all-of-it' } }],
    });
    expect(headGroupSpec.rayStartParams['num-cpus']).toBe('0');
    expect(redacted.spec.runtimeEnvYAML).toContain('API_KEY');
    expect(redacted.spec.runtimeEnvYAML).toContain('s3://bucket/code.zip');
    expect(redacted.metadata.annotations).toEqual({
      'ml-platform.dev/requester': 'user:default/ada',
    });
  });

  it('leaves the original as it is', () => {
    expect(JSON.stringify(MANIFEST)).toContain(SECRET);
  });

  it.each([
    `env_vars: [${SECRET}`,
    `env_vars: ${SECRET}`,
    `env_vars: {A: &a ${SECRET}, B: *a}`,
    `{"env_vars": {"A": "${SECRET}"}}`,
  ])('leaves no value in the runtime environment %s', runtimeEnvYAML => {
    const job = redactManifest({ spec: { runtimeEnvYAML } });
    expect(JSON.stringify(job)).not.toContain(SECRET);
  });

  it('takes nothing from a manifest without values', () => {
    const spec = {
      entrypoint:
        'git clone ssh://git@example.com/x.git; python train.py @home',
      rayClusterSpec: {
        headGroupSpec: {
          template: {
            spec: {
              containers: [{ name: 'ray', env: [{ name: 'E', value: '' }] }],
            },
          },
        },
      },
      runtimeEnvYAML: 'working_dir: https://example.com/a@b.zip\n',
    };
    expect(redactManifest({ spec })).toEqual({ spec });
    expect(isRedacted({ spec })).toBe(false);
  });
});
