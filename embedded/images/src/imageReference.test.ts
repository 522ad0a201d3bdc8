import { baseImage } from './baseImages';
import { isEmbeddedRegistry, parseImageReference } from './imageReference';

describe('parseImageReference', () => {
  it.each([
    ['rayproject/ray', 'docker.io/rayproject/ray:latest'],
    ['rayproject/ray:2.52.0', 'docker.io/rayproject/ray:2.52.0'],
    ['docker.io/rayproject/ray:2.52.0', 'docker.io/rayproject/ray:2.52.0'],
    ['python:3.12-slim', 'docker.io/library/python:3.12-slim'],
    ['localhost:7009/hello-ray:1.0.0', 'localhost:7009/hello-ray:1.0.0'],
    ['localhost/hello', 'localhost/hello:latest'],
    ['quay.io/a/b/c:x@sha256:0', 'quay.io/a/b/c:x@sha256:0'],
  ])('%s is %s', (ref, full) => {
    expect(parseImageReference(ref).full).toBe(full);
  });

  it.each(['', 'A/b', 'a:b:c', 'a/../b', 'a:..', '/a', 'a b'])(
    'refuses %j as the kubelet does',
    ref => {
      expect(() => parseImageReference(ref)).toThrow(
        `couldn't parse image name "${ref}": invalid reference format`,
      );
    },
  );

  it('knows the registries of the embedded platform by their host', () => {
    expect(isEmbeddedRegistry('localhost:7009')).toBe(true);
    expect(isEmbeddedRegistry('127.0.0.1:9')).toBe(true);
    expect(isEmbeddedRegistry('localhost.example.com')).toBe(false);
    expect(isEmbeddedRegistry('docker.io')).toBe(false);
  });
});

describe('baseImage', () => {
  const recipe = (ref: string) => baseImage(parseImageReference(ref))?.recipe;

  it.each([
    ['rayproject/ray:2.55.1', undefined, 'ray[default]==2.55.1'],
    ['rayproject/ray:2.52.0-py311', '3.11', 'ray[default]==2.52.0'],
    ['rayproject/ray:2.52.0-py312-gpu', '3.12', 'ray[default]==2.52.0'],
    ['rayproject/ray:2.9.0-aarch64', undefined, 'ray[default]==2.9.0'],
    ['rayproject/ray:2.9.0.e3e5e8-py310', '3.10', 'ray[default]==2.9.0'],
    ['rayproject/ray-ml:2.9.0-py39-cu118', '3.9', 'ray[default]==2.9.0'],
    ['rayproject/ray:latest-py312', '3.12', 'ray[default]'],
  ])('%s is Ray on Python %s', (ref, python, requirement) => {
    expect(recipe(ref)).toMatchObject({ python, installs: [[requirement]] });
  });

  it.each([
    ['python:3.11-slim-bookworm', '3.11'],
    ['python:3.12.4', '3.12'],
    ['python', undefined],
  ])('%s is Python %s', (ref, python) => {
    expect(recipe(ref)).toMatchObject({ python, installs: [] });
  });

  it('has the command line of Ray for the light-weight submitter', () => {
    expect(recipe('quay.io/kuberay/submitter:v1.5.1')).toMatchObject({
      installs: [['ray[default]']],
    });
  });

  it.each([
    'rayproject/ray:nightly',
    'rayproject/ray:nightly-py311',
    'rayproject/ray:2.55',
    'rayproject/ray-llm:2.55.1',
    'quay.io/rayproject/ray:2.55.1',
    'python:2.7',
    'busybox',
  ])('%s cannot be made', ref => {
    expect(recipe(ref)).toBeUndefined();
  });
});
