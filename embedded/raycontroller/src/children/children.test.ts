import {
  added,
  changesOf,
  recording,
  type Scenario,
} from '../__testUtils__/recordings';
import type { RayCluster } from '../crd/rayCluster';
import type { RayJob } from '../crd/rayJob';
import type { Container } from '@ml-platform/embedded-controller-runtime';
import type { KubeObject, NewObject, Pod } from '../kube/objects';
import { headService, jobHeadService } from './headService';
import { rayClusterForJob } from './rayClusterForJob';
import { headPod, workerPod } from './rayPod';
import { submitterJob } from './submitter';

/** Scenarios whose children were recorded whole. */
const whole: Scenario[] = ['success', 'http-mode', 'sidecar-mode', 'retry'];

function must<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('The recording lacks an object that the test reads');
  }
  return value;
}

/** What the controller decides; names are compared by their pattern. */
function identity(object: KubeObject | NewObject) {
  const { labels, ownerReferences, namespace } = object.metadata;
  return { kind: object.kind, labels, ownerReferences, namespace };
}

/** A container less what the API server adds to it. */
function comparable(container: Container) {
  const {
    imagePullPolicy,
    terminationMessagePath,
    terminationMessagePolicy,
    ...rest
  } = container as Container & Record<string, unknown>;
  return JSON.parse(
    JSON.stringify({
      ...rest,
      env: container.env?.map(({ name, value, valueFrom }) => ({
        name,
        value: value || undefined,
        valueFrom,
      })),
      volumeMounts: (container.volumeMounts ?? []).filter(
        ({ name }) => !name.startsWith('kube-api-access'),
      ),
    }),
    (key, value) =>
      (key === 'apiVersion' && value === 'v1') ||
      (key === 'scheme' && value === 'HTTP') ||
      (key === 'protocol' && value === 'TCP')
        ? undefined
        : value,
  );
}

function children(scenario: Scenario) {
  const from = recording(scenario);
  const jobs = changesOf(from, 'RayJob');
  const first = must(jobs[0]).object;
  // The later changes carry no spec; the job's does not change.
  const jobAt = (matches: (job: RayJob) => boolean): RayJob => {
    const { status } = must(jobs.find(({ object }) => matches(object))).object;
    return { ...first, status };
  };
  const [cluster] = added(from, 'RayCluster');
  const pods = added(from, 'Pod');
  const podOf = (type: string): Pod =>
    must(pods.find(pod => pod.metadata.labels?.['ray.io/node-type'] === type));
  return {
    from,
    initializing: jobAt(
      job => job.status?.jobDeploymentStatus === 'Initializing',
    ),
    running: jobAt(job => job.status?.jobDeploymentStatus === 'Running'),
    cluster: must(cluster),
    head: podOf('head'),
    worker: podOf('worker'),
  };
}

describe.each(whole)('the children of the recorded RayJob %s', scenario => {
  const { from, initializing, running, cluster, head, worker } =
    children(scenario);

  it('include its RayCluster', () => {
    const made = rayClusterForJob(initializing, cluster.metadata.name);
    expect(identity(made)).toEqual(identity(cluster));
    expect(made.metadata.annotations).toEqual(cluster.metadata.annotations);
    // Empty objects are how Go writes structs that nobody filled.
    const withoutEmpty = (spec: RayCluster['spec']) =>
      JSON.parse(JSON.stringify(spec), (key, value) =>
        (['scaleStrategy', 'metadata'].includes(key) &&
          Object.keys(value).length === 0) ||
        (key === 'value' && value === '')
          ? undefined
          : value,
      );
    expect(withoutEmpty(made.spec)).toEqual(withoutEmpty(cluster.spec));
  });

  it('include the head pod', () => {
    const made = headPod(cluster);
    expect(identity(made)).toEqual(identity(head));
    expect(made.metadata.generateName).toBe(head.metadata.generateName);
    expect(Object.keys(made.metadata.annotations ?? {}).sort()).toEqual(
      Object.keys(head.metadata.annotations ?? {}).sort(),
    );
    expect(made.spec.containers.map(comparable)).toEqual(
      head.spec.containers.map(comparable),
    );
    expect(made.spec.volumes?.map(({ name }) => name)).toEqual(
      head.spec.volumes
        ?.map(({ name }) => name)
        .filter(name => !name.startsWith('kube-api-access')),
    );
    expect(made.spec.restartPolicy ?? 'Always').toBe(head.spec.restartPolicy);
  });

  it('include the worker pod, which waits for the head', () => {
    const [group] = cluster.spec.workerGroupSpecs ?? [];
    const made = workerPod(cluster, must(group), { replica: 0 });
    expect(identity(made)).toEqual(identity(worker));
    expect(made.metadata.generateName).toBe(worker.metadata.generateName);
    expect(made.spec.containers.map(comparable)).toEqual(
      worker.spec.containers.map(comparable),
    );
    const [{ args: script, ...init }] = must(made.spec.initContainers);
    const [{ args: recorded, ...recordedInit }] = must(
      worker.spec.initContainers,
    );
    expect(comparable(init)).toEqual(comparable(recordedInit));
    const address = /--address (\S+:6379)/;
    expect(address.exec(must(script)[0])?.[1]).toBe(
      address.exec(must(recorded)[0])?.[1],
    );
  });

  it('include both head services', () => {
    const services = added(from, 'Service');
    const byName = (name: string) =>
      must(services.find(service => service.metadata.name === name));
    const made = [headService(cluster), jobHeadService(running, cluster)];
    for (const service of made) {
      const recorded = byName(must(service.metadata.name));
      expect(identity(service)).toEqual(identity(recorded));
      const { clusterIP, publishNotReadyAddresses, selector, type } =
        recorded.spec;
      expect(service.spec).toEqual({
        clusterIP,
        publishNotReadyAddresses,
        selector,
        type,
        ports: recorded.spec.ports?.map(
          ({ name, port, targetPort, appProtocol }) => ({
            name,
            port,
            targetPort,
            appProtocol,
          }),
        ),
      });
    }
  });
});

describe.each(['success', 'retry'] as const)(
  'the submitter of %s',
  scenario => {
    it('is a Kubernetes Job that submits and follows the Ray job', () => {
      const { from, running, cluster } = children(scenario);
      const recorded = must(added(from, 'Job')[0]);
      const made = submitterJob(running, cluster);
      expect(identity(made)).toEqual(identity(recorded));
      expect(made.metadata.name).toBe(recorded.metadata.name);
      expect(made.spec.backoffLimit).toBe(recorded.spec.backoffLimit);
      expect(made.spec.template.spec.restartPolicy).toBe('Never');
      expect(made.spec.template.metadata?.labels).toEqual(
        Object.fromEntries(
          Object.entries(recorded.spec.template.metadata?.labels ?? {}).filter(
            ([key]) => !/controller-uid|job-name/.test(key),
          ),
        ),
      );
      expect(made.spec.template.spec.containers.map(comparable)).toEqual(
        recorded.spec.template.spec.containers.map(comparable),
      );
    });
  },
);
