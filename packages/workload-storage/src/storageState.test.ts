import { summarizeStorage } from './storageState';
import type { Condition } from './WorkloadStorage';

const metadata = { namespace: 'training', name: 'galaxies' };
const withConditions = (...conditions: Condition[]) =>
  summarizeStorage({ metadata, status: { conditions } });

describe('summarizeStorage', () => {
  it('tells of bucket, account and rules', () => {
    const spec = {
      storageClass: 'NEARLINE',
      versioning: true,
      deleteAfterDays: 7,
      deletion: 'Keep',
    } as const;
    const status = {
      bucket: 'b',
      account: 'a@p.iam.gserviceaccount.com',
      conditions: [{ type: 'Ready', status: 'True' }],
    };
    expect(summarizeStorage({ metadata, spec, status })).toEqual({
      ...metadata,
      ...spec,
      state: 'ready',
      bucket: 'b',
      account: 'a@p.iam.gserviceaccount.com',
    });
  });

  it('waits for Crossplane while it is new', () => {
    expect(summarizeStorage({ metadata })).toMatchObject({
      state: 'waiting',
      message: 'Crossplane has not looked at it yet.',
    });
  });

  it('says what it waits for', () => {
    const summary = withConditions(
      { type: 'Synced', status: 'True' },
      { type: 'Ready', status: 'False', message: 'Unready resources: x' },
      {
        type: 'StorageReady',
        status: 'False',
        reason: 'Waiting',
        message: 'W',
      },
    );
    expect(summary).toMatchObject({ state: 'waiting', message: 'W' });
  });

  it.each<[string, Condition[]]>([
    [
      'a part fails',
      [
        { type: 'Synced', status: 'True' },
        { type: 'StorageReady', reason: 'Failed', message: 'why' },
      ],
    ],
    ['Crossplane fails', [{ type: 'Synced', status: 'False', message: 'why' }]],
    [
      'it fails after it was ready',
      [
        { type: 'Ready', status: 'True' },
        { type: 'Synced', status: 'False', message: 'why' },
      ],
    ],
  ])('says why when %s', (_, conditions) => {
    expect(withConditions(...conditions)).toMatchObject({
      state: 'failed',
      message: 'why',
    });
  });

  it('says that it goes', () => {
    const deleted = { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z' };
    expect(summarizeStorage({ metadata: deleted }).state).toBe('deleting');
  });
});
