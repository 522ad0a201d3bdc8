import type { Container, Pod } from '@ml-platform/embedded-controller-runtime';
import { ConfigSource } from './ConfigSource';
import { containerEnv } from './containerEnv';
import { expandVariables } from './expand';

const container: Container = {
  name: 'main',
  resources: { limits: { memory: '2Gi', cpu: '1500m' } },
};
const pod: Pod = {
  metadata: {
    name: 'p-1',
    namespace: 'ns',
    uid: 'u',
    resourceVersion: '1',
    labels: { 'ray.io/cluster': 'c' },
  },
  spec: { containers: [container] },
};
const node = {
  nodeName: 'embedded',
  podIP: '127.0.0.1',
  hostIP: '127.0.0.1',
  allocatable: { milliCpu: 8000, memory: 2 ** 33 },
};

class FakeConfig extends ConfigSource {
  override async configMap(_: string, name: string, optional = false) {
    if (name !== 'cm' && !optional) {
      return super.configMap(_, name);
    }
    return new Map(name === 'cm' ? [['a', Buffer.from('1')]] : []);
  }
  override async secret() {
    return new Map([['token', Buffer.from('s3')]]);
  }
}
const missing = { find: async () => undefined };
const config = new FakeConfig({ api: missing as never });
const env = (given: Partial<Container>) =>
  containerEnv({ pod, container: { ...container, ...given }, node, config });

describe('containerEnv', () => {
  it('takes values from everywhere that a pod can name', async () => {
    const variables = await env({
      envFrom: [{ prefix: 'CM_', configMapRef: { name: 'cm' } }],
      env: [
        { name: 'PLAIN', value: 'x' },
        { name: 'BOTH', value: '$(PLAIN)-$(CM_a)-$$(PLAIN)-$(NONE)' },
        {
          name: 'NAME',
          valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
        },
        {
          name: 'CLUSTER',
          valueFrom: {
            fieldRef: { fieldPath: "metadata.labels['ray.io/cluster']" },
          },
        },
        { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        {
          name: 'MEM',
          valueFrom: {
            resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' },
          },
        },
        {
          name: 'CPU',
          valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } },
        },
        {
          name: 'KEY',
          valueFrom: { configMapKeyRef: { name: 'cm', key: 'a' } },
        },
        {
          name: 'SECRET',
          valueFrom: { secretKeyRef: { name: 's', key: 'token' } },
        },
        {
          name: 'MAYBE',
          valueFrom: {
            configMapKeyRef: { name: 'cm', key: 'b', optional: true },
          },
        },
      ],
    });
    expect(Object.fromEntries(variables)).toEqual({
      CM_a: '1',
      PLAIN: 'x',
      BOTH: 'x-1-$(PLAIN)-$(NONE)',
      NAME: 'p-1',
      CLUSTER: 'c',
      IP: '127.0.0.1',
      MEM: '2048',
      CPU: '2',
      KEY: '1',
      SECRET: 's3',
    });
  });

  it.each([
    [
      { configMapKeyRef: { name: 'cm', key: 'b' } },
      "couldn't find key b in ConfigMap ns/cm",
    ],
    [
      { configMapKeyRef: { name: 'none', key: 'b' } },
      'configmap "none" not found',
    ],
  ])('says what is missing: %j', async (valueFrom, message) => {
    await expect(env({ env: [{ name: 'X', valueFrom }] })).rejects.toThrow(
      message,
    );
  });
});

describe('expandVariables', () => {
  it.each([
    ['$(A)$(A)', '11'],
    ['$A ${A} $(B)', '$A ${A} $(B)'],
    ['$$(A) $$$(A)', '$(A) $1'],
  ])('%s becomes %s', (text, expected) => {
    expect(expandVariables(text, new Map([['A', '1']]))).toBe(expected);
  });
});
