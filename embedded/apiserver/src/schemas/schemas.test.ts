import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CUSTOM_RESOURCES } from '../model/customResources';
import { factsOf } from './__testUtils__/schemaFacts';
import { kubernetesSchema } from './kubernetesSchema';
import { Schema } from './Schema';

/** What the CRDs of KubeRay 1.7 say of each field that we declare. */
const FIXTURE = resolve(__dirname, '__fixtures__/kuberay-1.7-fields.json');

describe('our schemas of the Ray kinds', () => {
  it('say of each field what KubeRay 1.7 says', () => {
    const recorded = JSON.parse(readFileSync(FIXTURE, 'utf8'));
    const seen = new Set<Schema>();
    for (const plural of ['rayclusters', 'rayjobs']) {
      const schema = CUSTOM_RESOURCES.find(
        one => one.plural === plural,
      )?.schema;
      const facts = schema ? factsOf(schema, seen) : new Map();
      expect(Object.fromEntries(facts)).toEqual(recorded[plural]);
    }
  });
});

describe("schemas of Kubernetes' own types", () => {
  it('are one for all that ask for a type', () => {
    const { properties } = kubernetesSchema('V1PodTemplateSpec');
    expect(properties?.spec).toBe(kubernetesSchema('V1PodSpec'));
  });

  it('tell apart lists, sets, maps, quantities and conditions', () => {
    const status = kubernetesSchema('V1NodeStatus').properties;
    expect(status).toMatchObject({
      addresses: { 'x-kubernetes-list-map-keys': ['type'] },
      conditions: { 'x-kubernetes-list-map-keys': ['type'] },
      images: { 'x-kubernetes-list-type': 'atomic' },
      capacity: {
        additionalProperties: { 'x-kubernetes-int-or-string': true },
      },
    });
    expect(kubernetesSchema('V1NodeSpec').properties?.podCIDRs).toMatchObject({
      'x-kubernetes-list-type': 'set',
    });
    expect(kubernetesSchema('V1ServiceSpec').properties).toMatchObject({
      selector: { 'x-kubernetes-map-type': 'atomic' },
      ports: {
        'x-kubernetes-list-map-keys': ['port', 'protocol'],
        items: { required: ['port'] },
      },
    });
  });

  it('are refused for a type that there is not', () => {
    expect(() => kubernetesSchema('V1Nothing')).toThrow(
      'The Kubernetes client has no type V1Nothing',
    );
  });
});
