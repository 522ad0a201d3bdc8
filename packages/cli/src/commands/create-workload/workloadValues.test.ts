import type { CreateWorkloadOptions } from './command';
import { workloadValues } from './workloadValues';

const OPTIONS: CreateWorkloadOptions = {
  description: 'Sorts galaxies.',
  storageClass: 'STANDARD',
  versioning: true,
  output: 'table',
};

describe('workloadValues', () => {
  it('takes the title from the name, and leaves the owner to the template', () => {
    expect(workloadValues('galaxy_classifier', OPTIONS, undefined)).toEqual({
      name: 'galaxy_classifier',
      title: 'Galaxy classifier',
      description: 'Sorts galaxies.',
    });
  });

  it.each([
    ['research', 'group:default/research'],
    ['user:default/ada', 'user:default/ada'],
  ])('refers to the owner %s', (owner, ref) => {
    const values = workloadValues('a', { ...OPTIONS, owner }, undefined);
    expect(values.owner).toBe(ref);
  });

  it.each([
    [undefined, 'training'],
    ['research', 'research'],
  ])('asks for a bucket for the jobs of %s', (namespace, expected) => {
    const options = { ...OPTIONS, bucket: true, deleteAfter: 30 };
    const { storage } = workloadValues('a', options, namespace);
    expect(storage).toEqual({
      create: true,
      namespace: expected,
      storageClass: 'STANDARD',
      versioning: true,
      deleteAfterDays: 30,
    });
  });
});
