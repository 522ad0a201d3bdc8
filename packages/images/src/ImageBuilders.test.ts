import { BuildServiceClient } from './BuildServiceClient';
import { ImageBuilders } from './ImageBuilders';

const kaniko = { start: jest.fn(), get: jest.fn(), log: jest.fn() };

describe('ImageBuilders', () => {
  it('takes the build service unless the settings name another builder', () => {
    expect(
      new ImageBuilders().choose({ url: 'http://localhost:7009' }),
    ).toBeInstanceOf(BuildServiceClient);
  });

  it('takes the builder of another module', () => {
    const builders = new ImageBuilders();
    builders.addImageBuilder('kaniko', kaniko);
    expect(builders.choose({ type: 'kaniko' })).toBe(kaniko);
  });

  it('says what to do where there is no such builder', () => {
    const builders = new ImageBuilders();
    builders.addImageBuilder('kaniko', kaniko);
    expect(() => builders.choose({ type: 'buildx' })).toThrow(
      "no image builder 'buildx'; set ray.builder.type to one of service, kaniko",
    );
    expect(() => builders.choose(undefined)).toThrow('set ray.builder');
    expect(() => builders.choose({})).toThrow('set ray.builder.url');
  });

  it.each(['service', 'kaniko'])('lets nobody take the place of %s', type => {
    const builders = new ImageBuilders();
    builders.addImageBuilder('kaniko', kaniko);
    expect(() => builders.addImageBuilder(type, kaniko)).toThrow('already');
  });
});
