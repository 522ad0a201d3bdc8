import { podTroubles } from './podTroubles';
import type { JobPod } from './types';

const pod = (name: string, message?: string): JobPod => ({
  name,
  role: 'worker',
  phase: 'Pending',
  createdAt: '2025-12-01T12:00:00Z',
  reason: message && 'Unschedulable',
  message,
  containers: [],
});

const noRoom = (name: string) => `No node has room for ${name}: no CPU free`;

describe('podTroubles', () => {
  it('tells a problem once for all pods that have it', () => {
    const names = ['w-1', 'w-2', 'w-3'];
    const pods = names.map(name => pod(name, noRoom(name)));
    expect(podTroubles([pod('h'), ...pods])).toEqual([
      {
        reason: 'Unschedulable',
        message: noRoom('w-1 and 2 more pods'),
        pods: names,
      },
    ]);
  });

  it('leaves out what the job says itself', () => {
    const pods = [pod('w-1', noRoom('w-1')), pod('w-2', 'It is lost')];
    const told = `${noRoom('w-1')}. Too late`;
    expect(podTroubles(pods, told).map(one => one.message)).toEqual([
      'It is lost',
    ]);
  });
});
