import {
  evicted,
  memoryToAskFor,
  moreMemory,
  outOfMemory,
} from './memoryProblem';

describe('moreMemory', () => {
  it.each([
    ['8Gi', '12Gi'],
    ['10Gi', '16Gi'],
    ['2Gi', '3Gi'],
    ['64Gi', '96Gi'],
    ['512Mi', '768Mi'],
    ['9016472Ki', '16Gi'],
    ['1.5Ti', '3Ti'],
    [2_000_000_000, '3Gi'],
    ['1', '1Mi'],
  ])('makes more of %s: %s', (little, more) => {
    expect(moreMemory(little)).toBe(more);
  });

  it.each([undefined, '', 'much', '0', '-2Gi'])('is none for %s', none => {
    expect(moreMemory(none)).toBeUndefined();
  });
});

describe('memoryToAskFor', () => {
  it('reads what the messages say, among others', () => {
    const pod = {
      metadata: { name: 'w' },
      spec: {
        containers: [{ name: 'c', resources: { limits: { memory: '8Gi' } } }],
      },
    };
    const status = { name: 'c', ready: false, restartCount: 0 };
    const killed = outOfMemory(pod, status)('w');
    expect(memoryToAskFor(`${killed}. It failed`)).toBe('12Gi');
    const low =
      'The node was low on resource: memory. Container c was using 10Gi, request is 2Gi, has larger consumption of memory. ';
    expect(memoryToAskFor(evicted(low)('w'))).toBe('16Gi');
  });

  it.each([
    undefined,
    'Container c of w was killed because it was out of memory; ask for more memory',
    'w was evicted: The node was low on resource: ephemeral-storage. Container c was using 100Gi, request is 0',
  ])('is none where the message names none: %s', message => {
    expect(memoryToAskFor(message)).toBeUndefined();
  });
});
