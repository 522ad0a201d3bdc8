import { followBuild } from './followBuild';
import type { ImageBuild, ImageBuilder } from './ImageBuilder';

const POLL = 10;

/** A builder whose build is in each state for so many milliseconds, then succeeds. */
function builderOf(
  states: readonly (readonly [ImageBuild['state'], number])[],
) {
  const begun = performance.now();
  const looks = new Map<ImageBuild['state'], number>();
  const stateNow = (): ImageBuild['state'] => {
    let left = performance.now() - begun;
    for (const [state, time] of states) {
      if (left < time) {
        return state;
      }
      left -= time;
    }
    return 'succeeded';
  };
  const builder: ImageBuilder = {
    start: async () => {
      throw new Error('It has started');
    },
    get: async id => {
      const state = stateNow();
      looks.set(state, (looks.get(state) ?? 0) + 1);
      return { id, state, image: 'registry.test/one:1', reused: false };
    },
    log: async (_, offset) => ({
      bytes: new Uint8Array(),
      nextOffset: offset,
    }),
  };
  return { builder, looks };
}

const follow = (builder: ImageBuilder) =>
  followBuild({ builder, id: 'one', onLine: () => {}, pollMs: POLL });

describe('followBuild', () => {
  it('looks ever more rarely at a build that waits for its turn', async () => {
    const { builder, looks } = builderOf([['queued', 60 * POLL]]);
    await expect(follow(builder)).resolves.toMatchObject({
      state: 'succeeded',
    });
    // Five in the first five pauses, then ever fewer, at last one in five.
    expect(looks.get('queued')).toBeLessThan(25);
  });

  it('looks at each pause at a build that runs, however long it waited', async () => {
    const { builder, looks } = builderOf([
      ['queued', 30 * POLL],
      ['running', 60 * POLL],
    ]);
    await follow(builder);
    expect(looks.get('running')).toBeGreaterThan(looks.get('queued') ?? 0);
  });
});
