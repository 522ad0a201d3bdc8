import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putProgram } from './__testUtils__/putProgram';
import { BuildServiceClient } from './BuildServiceClient';
import { EngineBuilder } from './engine/EngineBuilder';
import type { ImageBuilder } from './ImageBuilder';
import { ImageBuilders, type ImageBuilderSettings } from './ImageBuilders';
import { KubernetesBuilder } from './kubernetes/KubernetesBuilder';

describe('ImageBuilders', () => {
  let bin: string;

  beforeEach(async () => {
    bin = await mkdtemp(join(tmpdir(), 'builders-'));
  });
  afterEach(() => rm(bin, { recursive: true }));

  const open = (settings?: ImageBuilderSettings) =>
    new ImageBuilders({ settings, env: { PATH: bin, HOME: bin } });

  const other: ImageBuilder = {
    start: jest.fn(),
    get: jest.fn(),
    log: jest.fn(),
  };

  it('is the build service where the settings name no other', async () => {
    const builders = open({ url: 'http://localhost:7009' });
    const builder = await builders.builder();
    expect(builder).toBeInstanceOf(BuildServiceClient);
    expect(await builders.builder()).toBe(builder);
  });

  it('takes a builder that was added', async () => {
    const builders = open({ type: 'mine' });
    builders.addImageBuilder('mine', other);
    await expect(builders.builder()).resolves.toBe(other);
    expect(() => builders.addImageBuilder('mine', other)).toThrow(
      "There is an image builder 'mine' already",
    );
    expect(() => builders.addImageBuilder('kubernetes', other)).toThrow(
      'already',
    );
  });

  it('takes an engine of this machine, once one is there', async () => {
    const builders = open({ type: 'engine', registry: 'r.example.com/' });
    await expect(builders.builder()).rejects.toThrow('install one');
    await putProgram(bin, 'buildah', 'exit 0');
    await expect(builders.builder()).resolves.toBeInstanceOf(EngineBuilder);
    expect(builders.registry).toBe('r.example.com');
  });

  it('takes Jobs of a cluster', async () => {
    const builders = open({
      type: 'kubernetes',
      registry: 'r.example.com/team',
      kubernetes: {
        namespace: 'builds',
        image: 'r.example.com/builder:1',
        kubeconfig: '/nowhere/kubeconfig',
      },
    });
    await expect(builders.builder()).resolves.toBeInstanceOf(KubernetesBuilder);
  });

  it.each<[ImageBuilderSettings | undefined, string]>([
    [undefined, 'set ray.builder'],
    [{}, 'set ray.builder.url'],
    [{ type: 'kaniko' }, "There is no image builder 'kaniko'"],
    [{ type: 'docker' }, 'set ray.builder.registry'],
    [{ type: 'kubernetes' }, 'set ray.builder.registry'],
    [
      { type: 'kubernetes', registry: 'r', kubernetes: { namespace: 'A' } },
      'namespace: is no name of Kubernetes; image: Required',
    ],
    [
      {
        type: 'kubernetes',
        registry: 'r',
        kubernetes: { namespace: 'a', image: 'i' },
      },
      'it runs in none',
    ],
  ])('says what to do about %j', async (settings, message) => {
    await expect(open(settings).builder()).rejects.toThrow(message);
  });
});
