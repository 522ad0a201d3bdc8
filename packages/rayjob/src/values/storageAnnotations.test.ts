import { readStorageAnnotations, storageOfRun } from './storageAnnotations';

const PLACE = 'ml-platform.dev/storage';
const BUCKET = 'ml-platform.dev/bucket';

describe('the storage of a workload', () => {
  const storage = {
    namespace: 'training',
    name: 'galaxies',
    bucket: 'gs://b-1',
  };

  it('comes from the annotations of its entity', () => {
    expect(
      readStorageAnnotations({
        [PLACE]: 'training/galaxies',
        [BUCKET]: 'gs://b-1',
      }),
    ).toEqual(storage);
    expect(readStorageAnnotations({ other: 'x' })).toBeUndefined();
  });

  it.each([
    [{ [PLACE]: 'galaxies', [BUCKET]: 'gs://b-1' }, 'namespace/name'],
    [{ [PLACE]: 'a/b/c', [BUCKET]: 'gs://b-1' }, 'namespace/name'],
    [{ [PLACE]: '../b', [BUCKET]: 'gs://b-1' }, 'namespace/name'],
    [{ [BUCKET]: 'gs://b-1' }, 'namespace/name'],
    [{ [PLACE]: 'training/galaxies' }, 'gs://my-bucket'],
    [{ [PLACE]: 'training/galaxies', [BUCKET]: 's3://b' }, 'gs://my-bucket'],
    [
      { [PLACE]: 'training/galaxies', [BUCKET]: ['gs://b-1', 2] },
      'gs://my-bucket',
    ],
  ])('is refused where they are wrong: %j', (annotations, message) => {
    expect(() => readStorageAnnotations(annotations)).toThrow(message);
  });

  it('gives a run its account and its bucket', () => {
    expect(storageOfRun(storage, 'training')).toEqual({
      serviceAccount: 'galaxies',
      bucket: 'gs://b-1',
    });
    expect(storageOfRun(undefined, 'training')).toEqual({});
  });

  it('leaves a run the account that it names itself', () => {
    expect(storageOfRun(storage, 'training', 'trainer')).toEqual({
      serviceAccount: 'trainer',
      bucket: 'gs://b-1',
    });
    expect(storageOfRun(undefined, 'training', 'trainer')).toEqual({
      serviceAccount: 'trainer',
    });
  });

  it('is of no use in another namespace', () => {
    expect(() => storageOfRun(storage, 'research')).toThrow(
      'choose the namespace training',
    );
  });
});
