import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { CUSTOM_RESOURCES } from '../model/customResources';
import { getPath, JsonObject } from '../model/json';
import { factsAt, factsOf } from './__testUtils__/schemaFacts';
import { Schema } from './Schema';

const FIXTURE = resolve(__dirname, '__fixtures__/kuberay-1.7-fields.json');
const CRDS = resolve(__dirname, '../../../../../shared/cluster/crds');
const PLURALS = ['rayclusters', 'rayjobs'];

function schemaNamed(plural: string): Schema {
  const schema = CUSTOM_RESOURCES.find(one => one.plural === plural)?.schema;
  expect(schema).toBeDefined();
  return schema ?? {};
}

/** The CRDs of KubeRay where they are at hand: a clone of this repository alone has none. */
function crdSchemas(): ReadonlyMap<string, JsonObject> {
  const plurals = existsSync(CRDS) ? PLURALS : [];
  return new Map(
    plurals.map(plural => {
      const text = readFileSync(`${CRDS}/ray.io_${plural}.yaml`, 'utf8');
      const versions = getPath(parse(text), 'spec.versions') as JsonObject[];
      const v1 = versions.find(version => version.name === 'v1');
      return [plural, getPath(v1, 'schema.openAPIV3Schema') as JsonObject];
    }),
  );
}

describe('our schemas of the Ray kinds', () => {
  it('say of each field what KubeRay 1.7 says', () => {
    const recorded = JSON.parse(readFileSync(FIXTURE, 'utf8'));
    const seen = new Set<Schema>();
    for (const plural of PLURALS) {
      expect(Object.fromEntries(factsOf(schemaNamed(plural), seen))).toEqual(
        recorded[plural],
      );
    }
    for (const [plural, crd] of crdSchemas()) {
      const ours = factsOf(schemaNamed(plural));
      expect(Object.fromEntries(ours)).toEqual(
        Object.fromEntries(factsAt(crd, ours.keys())),
      );
    }
  });
});
