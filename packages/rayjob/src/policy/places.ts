import type { RayJob } from '../objects/kubernetes';
import { fieldAt, isObject, itemsOf } from './fields';

/** A part of a job, with its name as the start of a sentence. */
export interface Place {
  readonly name: string;
  readonly root: unknown;
}

const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'];

/** The pod templates of a job, wherever KubeRay takes one. */
function podTemplates({ spec }: RayJob): Place[] {
  const cluster = fieldAt(spec, 'rayClusterSpec');
  return [
    { name: 'the head', root: fieldAt(cluster, 'headGroupSpec', 'template') },
    ...itemsOf(fieldAt(cluster, 'workerGroupSpecs')).map((group, index) => ({
      name: `worker group ${fieldAt(group, 'groupName') ?? index + 1}`,
      root: fieldAt(group, 'template'),
    })),
    { name: 'the submitter', root: fieldAt(spec, 'submitterPodTemplate') },
  ];
}

function containersOf({ name, root }: Place): Place[] {
  return CONTAINERS.flatMap(kind =>
    itemsOf(fieldAt(root, 'spec', kind)).map((container, index) => ({
      name: `Container ${fieldAt(container, 'name') ?? index + 1} of ${name}`,
      root: container,
    })),
  );
}

const sentence = ({ name, root }: Place): Place => ({
  name: name.replace(/^./, letter => letter.toUpperCase()),
  root,
});

/**
 * The parts of a job from the smallest to the largest: containers, pods, and at
 * last everything, in which there may be what nobody knows yet.
 */
export function placesOf(job: RayJob): readonly Place[] {
  const pods = podTemplates(job).filter(({ root }) => isObject(root));
  return [
    ...pods.flatMap(containersOf),
    ...pods,
    {
      name: 'the autoscaler',
      root: fieldAt(job.spec, 'rayClusterSpec', 'autoscalerOptions'),
    },
    { name: 'the job', root: job.spec },
  ].map(sentence);
}
