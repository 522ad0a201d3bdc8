import { NAMESPACE, readTarget } from './target';

export interface RayJobInput {
  readonly name: string;
  /** Python, run by the entrypoint. */
  readonly code: string;
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Number of workers; none unless it says so. */
  readonly workers?: number;
  readonly image?: string;
}

/** The smallest cluster that runs a driver, so that two fit on a small machine. */
function container(name: string, image: string) {
  return {
    name,
    image,
    resources: {
      requests: { cpu: '50m', memory: '256Mi' },
      limits: { memory: '2Gi' },
    },
  };
}

/** KubeRay's own asks for half a processor. */
function submitter(image: string) {
  return {
    spec: {
      restartPolicy: 'Never',
      containers: [container('ray-job-submitter', image)],
    },
  };
}

export function rayClusterSpec(image: string, workers = 0) {
  const { rayVersion } = readTarget();
  return {
    rayVersion,
    headGroupSpec: {
      rayStartParams: {},
      template: { spec: { containers: [container('ray-head', image)] } },
    },
    workerGroupSpecs:
      workers === 0
        ? []
        : [
            {
              groupName: 'workers',
              replicas: workers,
              minReplicas: 0,
              maxReplicas: workers,
              rayStartParams: {},
              template: {
                spec: { containers: [container('ray-worker', image)] },
              },
            },
          ],
  };
}

/** An entrypoint that runs Python code as it is. */
export function python(code: string): string {
  const text = Buffer.from(code).toString('base64');
  return `python -c "import base64; exec(base64.b64decode('${text}'))"`;
}

/** A RayJob with its own cluster, unless its spec selects another. */
export function rayJob(input: RayJobInput) {
  const { name, code, spec = {}, workers } = input;
  const image = input.image ?? readTarget().image;
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayJob',
    metadata: { name, namespace: NAMESPACE },
    spec: {
      entrypoint: python(code),
      ...(spec.clusterSelector
        ? {}
        : {
            shutdownAfterJobFinishes: true,
            rayClusterSpec: rayClusterSpec(image, workers),
          }),
      ...((spec.submissionMode ?? 'K8sJobMode') === 'K8sJobMode'
        ? { submitterPodTemplate: submitter(image) }
        : {}),
      ...spec,
    },
  };
}

/** Prints numbered lines; the seconds are between two of them. */
export function counting(count: number, seconds: number): string {
  return `
import time
for number in range(1, ${count} + 1):
    print(f"line {number:06d}", flush=True)
    time.sleep(${seconds})
`;
}

/** The numbers of the lines of {@link counting}, in the order that they came. */
export function numbersOf(lines: readonly string[]): number[] {
  return lines.flatMap(line => {
    const match = /^line (\d{6})/.exec(line);
    return match ? [Number(match[1])] : [];
  });
}

export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
