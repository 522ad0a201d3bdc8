import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pod } from '@ml-platform/embedded-controller-runtime';
import { rayPortsOf } from './rayPorts';
import { writeRayShim } from './rayShim';

// As KubeRay 1.7 writes it.
const HEAD =
  'ulimit -n ${RAY_START_ULIMIT_OPEN_FILES:-65536}; ray start --head  --block  --dashboard-agent-listen-port=52365  --dashboard-host=0.0.0.0  --memory=2147483648  --metrics-export-port=8080  --num-cpus=1 ';
const WORKER =
  'ulimit -n 65536; ray start  --address=x-head-svc.ns.svc.cluster.local:6379  --block  --dashboard-agent-listen-port=52365  --memory=2147483648  --metrics-export-port=8080  --num-cpus=1 ';

const pod = (args: string): Pod => ({
  metadata: { name: 'p', uid: 'u', resourceVersion: '1' },
  spec: {
    containers: [
      { name: 'c', command: ['/bin/bash', '-c', '--'], args: [args] },
    ],
  },
});

describe('rayPortsOf', () => {
  it.each([
    [
      'a head',
      HEAD,
      {
        gcs: 6379,
        dashboard: 8265,
        client: 10001,
        agent: 52365,
        metrics: 8080,
      },
    ],
    ['a worker', WORKER, { agent: 52365, metrics: 8080 }],
    [
      'other ports',
      'ray start --head --port=6380 --dashboard-port 8266',
      {
        gcs: 6380,
        dashboard: 8266,
        client: 10001,
        agent: 52365,
        metrics: 8080,
      },
    ],
    [
      'a submitter',
      'ray job submit --address http://x:8265 -- python a.py',
      undefined,
    ],
  ])('knows the ports of %s', (_, args, expected) => {
    expect(rayPortsOf(pod(args))).toEqual(expected);
  });

  it('knows a head by the command that KubeRay keeps for the user', () => {
    const own = pod('my-start.sh');
    const [container] = own.spec.containers;
    const env = [{ name: 'KUBERAY_GEN_RAY_START_CMD', value: HEAD }];
    expect(
      rayPortsOf({ ...own, spec: { containers: [{ ...container, env }] } }),
    ).toMatchObject({ gcs: 6379 });
  });
});

describe('the ray program of a pod', () => {
  const dir = mkdtempSync(join(tmpdir(), 'shim-'));
  const real = join(dir, 'real-ray');
  const tempDir = join(dir, 'r');

  beforeAll(async () => {
    writeFileSync(real, '#!/bin/sh\nprintf "%s\\n" "$RAY_START_HOOK" "$@"\n');
    chmodSync(real, 0o755);
    mkdirSync(tempDir);
    await writeRayShim({
      dir: join(dir, 'bin'),
      ray: real,
      tempDir,
      rayPorts: rayPortsOf(pod(HEAD)),
      ports: {
        map: new Map([
          [6379, 20001],
          [8265, 20002],
          [10001, 20003],
          [52365, 20004],
          [8080, 20005],
        ]),
        agent: { grpc: 20006, runtimeEnv: 20007 },
      },
      podUid: 'uid-of-no-process',
    });
  });

  afterAll(() => rmSync(dir, { recursive: true }));

  const ray = (...args: string[]) =>
    execFileSync(join(dir, 'bin', 'ray'), args)
      .toString()
      .trimEnd()
      .split('\n');
  /** The options as Ray reads them: the last of each counts. */
  const options = (lines: string[]) =>
    Object.fromEntries(
      lines.filter(line => line.startsWith('--')).map(line => line.split('=')),
    );

  it('starts a head on its local ports and on loopback', () => {
    const lines = ray(
      'start',
      '--head',
      '--dashboard-host=0.0.0.0',
      '--metrics-export-port=8080',
      '--num-cpus=1',
    );
    expect(lines.slice(0, 3)).toEqual([
      'ml_platform_ray_start.loopback',
      'start',
      '--head',
    ]);
    expect(options(lines)).toMatchObject({
      '--port': '20001',
      '--dashboard-port': '20002',
      '--ray-client-server-port': '20003',
      '--dashboard-agent-listen-port': '20004',
      '--metrics-export-port': '20005',
      '--dashboard-agent-grpc-port': '20006',
      '--runtime-env-agent-port': '20007',
      '--dashboard-host': '127.0.0.1',
      '--node-ip-address': '127.0.0.1',
      '--temp-dir': tempDir,
      '--object-store-memory': '200000000',
      '--num-cpus': '1',
    });
  });

  it('starts a worker without the options of a head, with its own store', () => {
    const lines = options(
      ray('start', '--address=127.0.0.1:20001', '--object-store-memory=5'),
    );
    expect(lines).toMatchObject({
      '--address': '127.0.0.1:20001',
      '--object-store-memory': '5',
    });
    expect(lines).not.toHaveProperty('--port');
    expect(lines).not.toHaveProperty('--include-dashboard');
  });

  it('starts a head again beside workers that outlived its container', () => {
    const current = join(tempDir, 'ray_current_cluster');
    writeFileSync(current, '127.0.0.1:20001');
    ray('start', '--head');
    expect(existsSync(current)).toBe(false);
  });

  it('gives every start sockets and environments of its own, in the folder of its pod', () => {
    const script = `
import os, types
from ml_platform_ray_start import loopback
params = types.SimpleNamespace()
loopback(params, True)
for name, value in sorted(vars(params).items()):
    print(name + "=" + value.replace(str(os.getpid()), "PID"))
`;
    const printed = execFileSync('python3', ['-c', script], {
      env: { ...process.env, PYTHONPATH: join(dir, 'bin') },
    });
    expect(printed.toString().trimEnd().split('\n')).toEqual([
      `plasma_store_socket_name=${tempDir}/plasma_store.PID`,
      `raylet_socket_name=${tempDir}/raylet.PID`,
      `runtime_env_dir_name=${tempDir}/runtime_resources.PID`,
    ]);
  });

  it('passes other commands on, and stops nothing of others', () => {
    expect(ray('job', 'submit', '--', 'python', 'a b.py')).toEqual([
      '',
      'job',
      'submit',
      '--',
      'python',
      'a b.py',
    ]);
    expect(ray('stop', '--force')).toEqual(['']);
  });
});
