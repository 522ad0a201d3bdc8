import { kubernetesSchema } from '../schemas/kubernetesSchema';
import { object, setOf, string } from '../schemas/build';
import { strategicMerge } from './strategicMerge';

const pod = {
  containers: [
    {
      name: 'a',
      image: 'a:1',
      env: [
        { name: 'X', value: '1' },
        { name: 'Y', value: '1' },
      ],
    },
    { name: 'b', image: 'b:1' },
  ],
  nodeSelector: { disk: 'ssd' },
};

describe('strategic merge patch', () => {
  it('joins lists by their keys', () => {
    const result = strategicMerge(
      pod,
      {
        containers: [
          { name: 'a', env: [{ name: 'Y', value: '2' }] },
          { name: 'c', image: 'c:1' },
        ],
      },
      kubernetesSchema('V1PodSpec'),
    );
    expect(result.containers).toEqual([
      {
        name: 'a',
        image: 'a:1',
        env: [
          { name: 'X', value: '1' },
          { name: 'Y', value: '2' },
        ],
      },
      { name: 'b', image: 'b:1' },
      { name: 'c', image: 'c:1' },
    ]);
  });

  it('deletes and replaces where a directive says so', () => {
    expect(
      strategicMerge(
        pod,
        { containers: [{ name: 'a', $patch: 'delete' }] },
        kubernetesSchema('V1PodSpec'),
      ).containers,
    ).toEqual([{ name: 'b', image: 'b:1' }]);
    expect(
      strategicMerge(
        pod,
        { containers: [{ $patch: 'replace' }, { name: 'z' }] },
        kubernetesSchema('V1PodSpec'),
      ).containers,
    ).toEqual([{ name: 'z' }]);
    expect(
      strategicMerge(
        pod,
        { nodeSelector: { $patch: 'replace', zone: '1' } },
        kubernetesSchema('V1PodSpec'),
      ).nodeSelector,
    ).toEqual({ zone: '1' });
  });

  it('keeps the order that the sender wants', () => {
    const result = strategicMerge(
      pod,
      {
        '$setElementOrder/containers': [
          { name: 'c' },
          { name: 'b' },
          { name: 'a' },
        ],
        containers: [{ name: 'c', image: 'c:1' }],
      },
      kubernetesSchema('V1PodSpec'),
    );
    expect(result.containers).toMatchObject([
      { name: 'c' },
      { name: 'b' },
      { name: 'a' },
    ]);
  });

  it('adds to and takes from lists of plain values', () => {
    const schema = object({ finalizers: setOf(string) });
    expect(
      strategicMerge(
        { finalizers: ['a', 'b'] },
        {
          '$deleteFromPrimitiveList/finalizers': ['a'],
          finalizers: ['c'],
        },
        schema,
      ),
    ).toEqual({ finalizers: ['b', 'c'] });
  });

  it('removes fields that are null, and those not retained', () => {
    expect(
      strategicMerge({ a: 1, b: 2, c: 3 }, { a: null }, undefined),
    ).toEqual({ b: 2, c: 3 });
    expect(
      strategicMerge(
        { a: 1, b: 2, c: 3 },
        { $retainKeys: ['b', 'd'], d: 4 },
        undefined,
      ),
    ).toEqual({ b: 2, d: 4 });
  });
});
