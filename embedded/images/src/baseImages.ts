import type { BaseImage } from './BaseImage';
import type { ImageReference } from './imageReference';
import { submitterImage } from './submitterImage';

const RAY_REPOSITORIES = ['rayproject/ray', 'rayproject/ray-ml'];

/**
 * Tags of rayproject/ray: `2.55.1`, `2.55.1-py311`, `2.55.1-py311-gpu`,
 * `latest`, `latest-py312`; with a commit, for example `2.9.0.e3e5e8`, too.
 *
 * Source: Ray's documentation, "Docker images".
 */
const RAY_TAG =
  /^(latest|\d+\.\d+\.\d+(?:rc\d+)?)(?:\.[0-9a-f]{6,})?(?:-py3(\d{1,2}))?(?:-(?:cpu|gpu|tpu|cu\d+|cudnn\d*|aarch64|x86_64|extra))*$/;
const PYTHON_TAG = /^(latest|3(?:\.(\d+)(?:\.\d+)?)?)(?:-[a-z0-9.-]+)?$/;

function rayImage({ repository, tag }: ImageReference): BaseImage | undefined {
  const match = RAY_TAG.exec(tag);
  if (!match) return undefined;
  const [, version, minor] = match;
  const requirement =
    version === 'latest' ? 'ray[default]' : `ray[default]==${version}`;
  return {
    recipe: {
      name: `ray-${version}`,
      python: minor && `3.${minor}`,
      installs: [[requirement]],
    },
    workingDirInImage: '/home/ray',
    command: ['/bin/bash'],
    note: `${requirement} from the package index; what else ${repository} holds is not there: name it in your requirements`,
  };
}

function pythonImage({ tag }: ImageReference): BaseImage | undefined {
  const match = PYTHON_TAG.exec(tag);
  if (!match) return undefined;
  const minor = match[2];
  return {
    recipe: {
      name: 'python',
      python: minor && `3.${minor}`,
      installs: [],
    },
    workingDirInImage: '/',
    command: ['python3'],
    note: "this machine's own Python, in an environment of its own",
  };
}

/** How to make an image of the outside world here; undefined when it can't be made. */
export function baseImage(reference: ImageReference): BaseImage | undefined {
  if (reference.registry !== 'docker.io') return submitterImage(reference);
  if (RAY_REPOSITORIES.includes(reference.repository)) {
    return rayImage(reference);
  }
  return reference.repository === 'library/python'
    ? pythonImage(reference)
    : undefined;
}
