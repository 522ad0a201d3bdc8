import type { RayJob } from '../objects/kubernetes';
import { rayJobRequest } from '../__testUtils__/rayJobRequest';
import { renderRayJob } from '../render/renderRayJob';
import { gitProblems } from './gitProblems';
import { DEFAULT_JOB_POLICY, type JobPolicy } from './jobPolicy';
import { policyProblems } from './policyProblems';

const POD = { containers: [{ name: 'c', image: 'ray:1' }] };

/** As a stranger sends it: nothing of it was checked. */
function foreign(spec: unknown): RayJob {
  return JSON.parse(
    JSON.stringify({ metadata: { name: 'j', namespace: 'training' }, spec }),
  );
}

const head = (podSpec: unknown, metadata?: unknown) =>
  foreign({
    rayClusterSpec: {
      headGroupSpec: { template: { metadata, spec: podSpec } },
    },
  });

const container = (more: object) => ({
  containers: [{ name: 'c', image: 'ray:1', ...more }],
});

const secured = (securityContext: object) => container({ securityContext });

const problemsOf = (job: RayJob, policy: Partial<JobPolicy> = {}) =>
  policyProblems(job, { ...DEFAULT_JOB_POLICY, ...policy });

describe('policyProblems, by default', () => {
  it('lets pass what the portal renders', () => {
    expect(problemsOf(renderRayJob(rayJobRequest()))).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['false and null', { ...POD, hostNetwork: false, hostPID: null }],
    ['a safe capability', secured({ capabilities: { add: ['CHOWN'] } })],
    ['dropped capabilities', secured({ capabilities: { drop: ['ALL'] } })],
    ['the default /proc', secured({ procMount: 'Default' })],
    [
      'a profile of the node',
      secured({ seccompProfile: { type: 'Localhost' } }),
    ],
    ['a container type', secured({ seLinuxOptions: { type: 'container_t' } })],
    [
      'a safe kernel parameter',
      {
        ...POD,
        securityContext: {
          sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
        },
      },
    ],
    [
      'a port without a host port',
      container({ ports: [{ containerPort: 1, hostPort: 0 }] }),
    ],
    [
      'a probe of itself',
      container({ livenessProbe: { httpGet: { port: 1, host: '' } } }),
    ],
    ['root inside of the container', secured({ runAsUser: 0 })],
    ['volumes of its own', { ...POD, volumes: [{ name: 'v', emptyDir: {} }] }],
  ])('lets pass %s', (_, podSpec) => {
    expect(problemsOf(head(podSpec))).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['Container c of the head runs privileged', secured({ privileged: true })],
    [
      'Container c of the head runs privileged',
      secured({ privileged: 'true' }),
    ],
    ["The head uses the node's network", { ...POD, hostNetwork: true }],
    ["The head sees the node's processes", { ...POD, hostPID: true }],
    ["The head shares the node's memory (hostIPC)", { ...POD, hostIPC: true }],
    [
      'The head mounts a folder of the node (hostPath)',
      { ...POD, volumes: [{ name: 'v', hostPath: { path: '/' } }] },
    ],
    [
      'Container c of the head takes the port 80 of the node',
      container({ ports: [{ containerPort: 80, hostPort: 80 }] }),
    ],
    [
      'Container c of the head adds the capability SYS_ADMIN, ALL',
      secured({ capabilities: { add: ['SYS_ADMIN', 'CHOWN', 'ALL'] } }),
    ],
    [
      'Container c of the head adds the capability chown',
      secured({ capabilities: { add: ['chown'] } }),
    ],
    [
      'Container c of the head mounts /proc Unmasked',
      secured({ procMount: 'Unmasked' }),
    ],
    [
      'The head asks for the seccomp profile Unconfined; use RuntimeDefault',
      { ...POD, securityContext: { seccompProfile: { type: 'Unconfined' } } },
    ],
    [
      'Container c of the head asks for the AppArmor profile Unconfined; use RuntimeDefault',
      secured({ appArmorProfile: { type: 'Unconfined' } }),
    ],
    [
      'Container c of the head asks for the SELinux type spc_t',
      secured({ seLinuxOptions: { type: 'spc_t' } }),
    ],
    [
      'Container c of the head sets an SELinux user or role',
      secured({ seLinuxOptions: { role: 'sysadm_r' } }),
    ],
    [
      'The head sets the kernel parameter kernel.msgmax',
      {
        ...POD,
        securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] },
      },
    ],
    [
      'Container c of the head runs as a process of the Windows host',
      secured({ windowsOptions: { hostProcess: true } }),
    ],
    [
      'Container c of the head calls the host 169.254.169.254; leave the host out',
      container({
        readinessProbe: { tcpSocket: { port: 1, host: '169.254.169.254' } },
      }),
    ],
    [
      'Container c of the head calls the host node; leave the host out',
      container({
        lifecycle: { preStop: { httpGet: { port: 1, host: 'node' } } },
      }),
    ],
    [
      'Container i of the head runs privileged',
      {
        ...POD,
        initContainers: [{ name: 'i', securityContext: { privileged: true } }],
      },
    ],
    [
      'Container e of the head runs privileged',
      {
        ...POD,
        ephemeralContainers: [
          { name: 'e', securityContext: { privileged: true } },
        ],
      },
    ],
  ])('says: %s', (problem, podSpec) => {
    expect(problemsOf(head(podSpec))).toEqual([problem]);
  });

  it.each<[string, object]>([
    ['container.apparmor.security.beta.kubernetes.io/c', { c: 'unconfined' }],
    ['seccomp.security.alpha.kubernetes.io/pod', { c: 'unconfined' }],
  ])('reads the annotation %s', (key, { c }: { c?: string }) => {
    expect(problemsOf(head(POD, { annotations: { [key]: c } }))).toEqual([
      `The head has the annotation ${key}, which takes a protection away`,
    ]);
    expect(
      problemsOf(head(POD, { annotations: { [key]: 'runtime/default' } })),
    ).toEqual([]);
  });

  it('reads every pod of a job, and what no KubeRay knows yet', () => {
    const bad = { spec: { ...POD, hostNetwork: true } };
    expect(
      problemsOf(
        foreign({
          submitterPodTemplate: bad,
          rayClusterSpec: {
            headGroupSpec: { template: bad },
            workerGroupSpecs: [
              { groupName: 'small', template: bad },
              { template: bad },
            ],
            autoscalerOptions: { securityContext: { privileged: true } },
          },
          later: { podTemplate: bad },
        }),
      ),
    ).toEqual([
      "The head uses the node's network",
      "Worker group small uses the node's network",
      "Worker group 2 uses the node's network",
      "The submitter uses the node's network",
      'The autoscaler runs privileged',
      "The job uses the node's network",
    ]);
  });

  it.each<[unknown]>([
    ['text'],
    [{ rayClusterSpec: 1, submitterPodTemplate: [] }],
    [
      {
        rayClusterSpec: {
          headGroupSpec: { template: { spec: { containers: {} } } },
        },
      },
    ],
    [
      {
        rayClusterSpec: {
          headGroupSpec: { template: { spec: { containers: [null, 1] } } },
        },
      },
    ],
  ])('refuses %j without an error', spec => {
    expect(problemsOf(foreign(spec))).toEqual([
      expect.stringMatching(/^This is not a RayJob: spec/),
    ]);
  });

  it('bears what is nested deeper than the stack', () => {
    let deep: unknown = { hostPath: '/' };
    for (let level = 0; level < 50_000; level += 1) {
      deep = { deep };
    }
    const job = { metadata: { name: 'j' }, spec: deep } as RayJob;
    expect(problemsOf(job)).toEqual([
      'The job mounts a folder of the node (hostPath)',
      'This is not a RayJob: it is nested too deeply',
    ]);
  });
});

describe('policyProblems, by what an administrator sets', () => {
  const job = head({
    ...container({
      image: 'rayproject/ray:2.55.1',
      resources: {
        limits: { cpu: '8', memory: '64Gi', 'nvidia.com/gpu': '4' },
      },
    }),
    serviceAccountName: 'admin',
  });

  it('allows all that is not restricted, and any pod where it is told to', () => {
    expect(problemsOf(job)).toEqual([]);
    expect(
      problemsOf(head({ ...POD, hostPID: true }), {
        podSecurity: 'privileged',
      }),
    ).toEqual([]);
  });

  it.each<[Partial<JobPolicy>, string]>([
    [
      { namespaces: ['research'] },
      'The namespace training takes no jobs; use research',
    ],
    [
      { serviceAccounts: ['trainer'] },
      'The head runs as the service account admin; use default, trainer',
    ],
    [
      { registries: ['ghcr.io'] },
      'Container c of the head takes the image rayproject/ray:2.55.1 from elsewhere than ghcr.io',
    ],
    [
      { limits: { cpu: 4000 } },
      'The job asks for 8 CPU, and 4 CPU is the most that one may have',
    ],
    [
      { limits: { memory: 2 ** 30 } },
      'The job asks for 64 GiB, and 1 GiB is the most that one may have',
    ],
    [
      { limits: { accelerators: { 'nvidia.com/gpu': 2 } } },
      'The job asks for 4 nvidia.com/gpu, and 2 nvidia.com/gpu is the most that one may have',
    ],
  ])('by %j says: %s', (policy, problem) => {
    expect(problemsOf(job, policy)).toEqual([problem]);
  });

  it.each<[string, boolean]>([
    ['localhost:7009/hello:1', true],
    ['localhost:70090/hello:1', false],
    ['eu.pkg.dev/p/repo:1', true],
    ['eu.pkg.dev/p/repo/x@sha256:0', true],
    ['eu.pkg.dev/p/repository:1', false],
    ['eu.pkg.dev.evil.com/p/repo:1', false],
    ['rayproject/ray:2.55.1', true],
    ['docker.io/rayproject/ray:2', true],
    ['rayproject/evil:2', false],
    ['ray', false],
  ])('decides on the image %s', (image, allowed) => {
    const registries = [
      'localhost:7009',
      'eu.pkg.dev/p/repo/',
      'docker.io/rayproject/ray',
    ];
    expect(problemsOf(head(container({ image })), { registries }).length).toBe(
      allowed ? 0 : 1,
    );
  });

  it("reads images that aren't those of containers", () => {
    const registries = ['ghcr.io'];
    const job2 = foreign({
      runtimeEnvYAML: 'x: &x {image: evil/a}\ncontainer: {<<: *x}',
      rayClusterSpec: {
        autoscalerOptions: { image: 'evil/b' },
        headGroupSpec: {
          template: {
            spec: { volumes: [{ name: 'v', image: { reference: 'evil/c' } }] },
          },
        },
      },
    });
    const elsewhere = 'from elsewhere than ghcr.io';
    expect(problemsOf(job2, { registries })).toEqual([
      `The head takes the image evil/c ${elsewhere}`,
      `The autoscaler takes the image evil/b ${elsewhere}`,
      `The job takes the image evil/a ${elsewhere}`,
    ]);
  });

  it('counts the workers that an autoscaler may start', () => {
    const groups = (more: object, enableInTreeAutoscaling: boolean) =>
      foreign({
        rayClusterSpec: {
          enableInTreeAutoscaling,
          workerGroupSpecs: [
            {
              groupName: 'g',
              replicas: 2,
              numOfHosts: 2,
              suspend: true,
              ...more,
            },
          ],
        },
      });
    const limits = { workers: 4 };
    const over = (workers: number) => [
      `The job asks for ${workers} workers, and 4 workers is the most that one may have`,
    ];
    expect(problemsOf(groups({}, false), { limits })).toEqual([]);
    expect(problemsOf(groups({ maxReplicas: 3 }, true), { limits })).toEqual(
      over(6),
    );
    expect(problemsOf(groups({}, true), { limits })).toEqual(
      over(2 * (2 ** 31 - 1)),
    );
  });
});

describe('gitProblems', () => {
  it.each<[object, number]>([
    [{ deletionRules: [{ policy: 'DeleteSelf', condition: {} }] }, 1],
    [{ onSuccess: { policy: 'DeleteSelf' } }, 1],
    [{ onFailure: { policy: 'DeleteCluster' } }, 0],
  ])('finds in %j as many as %d', (deletionStrategy, count) => {
    expect(gitProblems(foreign({ deletionStrategy }))).toHaveLength(count);
  });

  it('names a field with a character that Argo CD loses', () => {
    const env = (value: string) => [{ name: 'TITLE', value }];
    expect(gitProblems(foreign({ env: env('a\tb \u001b[1m ✓ 😀') }))).toEqual(
      [],
    );
    expect(gitProblems(foreign({ env: env('a\u007f') }))).toEqual([
      "The field value has a character that a manifest can't carry (U+007F); remove it",
    ]);
    expect(gitProblems(foreign({ args: ['--a', '\0'] }))).toEqual([
      "The field args has a character that a manifest can't carry (U+0000); remove it",
    ]);
  });
});
