import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MOST_DAYS } from './manifests';
import {
  STORAGE_CLASSES,
  WORKLOAD_STORAGE_KIND,
  WORKLOAD_STORAGES,
} from './WorkloadStorage';

const FOLDER = join(
  __dirname,
  '../../../gitops/infrastructure/crossplane/workload-storage',
);
const read = (file: string) =>
  parse(readFileSync(join(FOLDER, file), 'utf8')).spec;

describe('the definition on the cluster', () => {
  const { group, names, versions } = read('definition.yaml');

  it('is of the kind that the code means', () => {
    const [{ name: version }] = versions;
    expect({ group, version, plural: names.plural }).toEqual(WORKLOAD_STORAGES);
    expect(names.kind).toBe(WORKLOAD_STORAGE_KIND);
    expect(read('composition.yaml').compositeTypeRef).toEqual({
      apiVersion: `${group}/${version}`,
      kind: names.kind,
    });
  });

  it('takes what the code takes', () => {
    const { storageClass, deleteAfterDays, keepVersionsDays } =
      versions[0].schema.openAPIV3Schema.properties.spec.properties;
    expect(storageClass.enum).toEqual(STORAGE_CLASSES);
    for (const days of [deleteAfterDays, keepVersionsDays]) {
      expect(days).toMatchObject({ minimum: 1, maximum: MOST_DAYS });
    }
  });
});
