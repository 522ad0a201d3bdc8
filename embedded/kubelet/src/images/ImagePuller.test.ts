import { NotFoundError } from '@backstage/errors';
import type { Image, ImageStore } from '@ml-platform/embedded-images';
import { imageCommand } from './imageCommand';
import { ImagePuller } from './ImagePuller';

const image = (ref: string): Image => ({
  ref,
  digest: 'sha256:1',
  envDir: '/e',
  env: {},
});
const observer = { pulling: jest.fn(), progress: jest.fn() };
const signal = new AbortController().signal;

describe('ImagePuller', () => {
  it('pulls an image once for all who wait for it', async () => {
    const pulled: string[] = [];
    const images: ImageStore = {
      get: async () => undefined,
      pull: async (ref, { onProgress }) => {
        pulled.push(ref);
        onProgress?.('halfway');
        await new Promise(setImmediate);
        return image(ref);
      },
    };
    const puller = new ImagePuller({ images });
    const outcomes = await Promise.all(
      [1, 2].map(() => puller.obtain('a:1', undefined, observer, signal)),
    );
    expect(outcomes).toEqual([
      { image: image('a:1'), pulledMs: expect.any(Number) },
      { image: image('a:1'), pulledMs: expect.any(Number) },
    ]);
    expect(pulled).toEqual(['a:1']);
    expect(observer.progress).toHaveBeenCalledWith('halfway');
  });

  it.each([
    [
      new NotFoundError(
        'failed to resolve reference "a:1": a:1: not found (never built)',
      ),
      'rpc error: code = NotFound desc = failed to pull and unpack image "a:1": failed to resolve reference "a:1": a:1: not found (never built)',
    ],
    [
      new Error('No space left on the device'),
      'rpc error: code = Unknown desc = failed to pull and unpack image "a:1": No space left on the device',
    ],
  ])('tells %s in the words of a container runtime', async (error, words) => {
    const puller = new ImagePuller({
      images: {
        get: async () => undefined,
        pull: async () => {
          throw error;
        },
      },
    });
    expect(await puller.obtain('a:1', 'Always', observer, signal)).toEqual({
      error: words,
    });
  });
});

describe('imageCommand', () => {
  const both = { entrypoint: ['/start'], command: ['train.py'] };
  it.each([
    [{}, ['/start', 'train.py']],
    [{ args: ['x'] }, ['/start', 'x']],
    [{ command: ['sh'] }, ['sh']],
    [{ command: ['sh'], args: ['-c', 'y'] }, ['sh', '-c', 'y']],
  ])('of %j', (container, expected) => {
    expect(imageCommand(container, both)).toEqual(expected);
  });

  it('puts what runs here in the place of a program of the image', () => {
    const submitter = {
      entrypoint: ['/submitter'],
      command: [],
      programs: { '/submitter': ['sh', '-c', 'submit', '/submitter'] },
    };
    const expected = ['sh', '-c', 'submit', '/submitter', '--', 'train.py'];
    const args = ['--', 'train.py'];
    expect(imageCommand({ args }, submitter)).toEqual(expected);
    expect(imageCommand({ command: ['/submitter'], args }, submitter)).toEqual(
      expected,
    );
  });
});
