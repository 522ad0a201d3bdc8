import { get } from 'node:http';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  kinds,
  type KubeObject,
  type Pod,
} from '@ml-platform/embedded-controller-runtime';
import { mountNamespaceCommand } from './volumes/mountNamespace';
import { POD_MARKER, processesWith } from './process/processTable';
import { shortDir } from './pods/PodPlace';
import { eventually } from '@ml-platform/embedded-controller-runtime/testUtils';
import { systemImage, TestNode } from './__testUtils__/TestNode';

jest.setTimeout(60_000);

const quick = { min: 300, max: 2000 };

describe('startKubelet', () => {
  let node: TestNode;

  beforeAll(async () => {
    node = await TestNode.start({
      backoff: {
        restart: quick,
        pull: { ...quick, min: 1500 },
        setup: quick,
      },
    });
  });

  afterAll(async () => {
    await node.close();
  });

  const phase = (wanted: string) => (pod: Pod) => pod.status?.phase === wanted;
  const status = (pod: Pod) => pod.status?.containerStatuses?.[0];
  const gone = (name: string) =>
    eventually(async () => !(await node.pod(name)));
  const sh = (script: string) => ({ command: ['sh', '-c', script] });

  it('registers a ready node that says where its logs are', async () => {
    const found = await node.api.get<
      KubeObject & {
        status: {
          conditions: { type: string; status: string }[];
          daemonEndpoints: { kubeletEndpoint: { Port: number } };
          allocatable: Record<string, string>;
        };
      }
    >(kinds.nodes, { name: 'embedded' });
    expect(found.status.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'True' }),
    );
    expect(found.status.daemonEndpoints.kubeletEndpoint.Port).toBe(
      node.kubelet?.port,
    );
    expect(found.status.allocatable).toMatchObject({ cpu: '8', pods: '110' });
  });

  it('measures what a running pod uses', async () => {
    const burn = 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done';
    await node.run('busy', sh(`${burn}; echo burnt; sleep 60`));
    await eventually(async () =>
      (await node.log('busy').catch(() => '')).includes('burnt'),
    );
    const metrics = await node.client.json<{
      readonly containers: readonly {
        readonly usage: { readonly cpu: string; readonly memory: string };
      }[];
    }>({ path: '/apis/metrics.k8s.io/v1beta1/namespaces/default/pods/busy' });
    const [{ usage }] = metrics.containers;
    expect(parseInt(usage.cpu, 10)).toBeGreaterThan(10_000_000);
    expect(parseInt(usage.memory, 10)).toBeGreaterThan(100);
    const pod = await node.until('busy', phase('Running'));
    await node.api.remove(kinds.pods, pod, { gracePeriodSeconds: 0 });
  });

  it('serves logs only to who knows the token', async () => {
    const code = await new Promise(resolve => {
      get(
        {
          port: node.kubelet?.port,
          path: '/containerLogs/default/x/main',
          headers: { authorization: 'Bearer wrong' },
        },
        response => resolve(response.resume().statusCode),
      );
    });
    expect(code).toBe(401);
  });

  it('runs a pod to its end, with status, events and log', async () => {
    await node.run('hello', sh('echo hello; echo oops >&2; exit 0'));
    const pod = await node.until('hello', phase('Succeeded'));
    expect(pod.spec.nodeName).toBe('embedded');
    expect(status(pod)).toMatchObject({
      ready: false,
      restartCount: 0,
      imageID: 'sha256:0000',
      containerID: expect.stringMatching(/^process:\/\/[0-9a-f]{64}$/),
      state: { terminated: { exitCode: 0, reason: 'Completed' } },
    });
    expect((await node.log('hello')).split('\n').sort()).toEqual([
      '',
      'hello',
      'oops',
    ]);
    expect(await node.events('hello')).toEqual([
      'Normal Scheduled Successfully assigned default/hello to embedded',
      'Normal Pulled Container image "system:1" already present on machine',
      'Normal Created Created container: main',
      'Normal Started Started container main',
    ]);
    // Nothing but its logs is left of it.
    await eventually(async () => !existsSync(shortDir(pod.metadata.uid)));
  });

  it('gives a container what its pod says, and nothing of its parent', async () => {
    process.env.A_SECRET_OF_THE_PARENT = 'secret';
    await node.run('env', {
      ...sh('env; echo "arg $0"; pwd; command -v python3'),
      args: ['$(GREETING) there'],
      env: [{ name: 'GREETING', value: 'hello' }],
    });
    await node.until('env', phase('Succeeded'));
    delete process.env.A_SECRET_OF_THE_PARENT;
    const log = await node.log('env');
    expect(log).toContain('arg hello there\n');
    expect(log).toContain('GREETING=hello\n');
    expect(log).toContain('HOSTNAME=env\n');
    expect(log).toMatch(/^TMPDIR=\/tmp\/mlp-[0-9a-f]{8}\/t$/m);
    expect(log).not.toContain('A_SECRET_OF_THE_PARENT');
  });

  it('tells a failure with its exit code', async () => {
    await node.run('fails', sh('exit 3'));
    const pod = await node.until('fails', phase('Failed'));
    expect(status(pod)?.state?.terminated).toMatchObject({
      exitCode: 3,
      reason: 'Error',
    });
    await node.run('unknown', { command: ['no-such-program'] });
    expect(
      status(await node.until('unknown', phase('Failed')))?.state?.terminated,
    ).toMatchObject({
      exitCode: 128,
      reason: 'StartError',
      message: expect.stringContaining('executable file not found in $PATH'),
    });
  });

  it('restarts by the policy, backs off, and keeps the previous log', async () => {
    await node.run('crash', sh('echo attempt; exit 1'), {
      restartPolicy: 'Always',
    });
    const pod = await node.until(
      'crash',
      each => status(each)?.state?.waiting?.reason === 'CrashLoopBackOff',
    );
    expect(pod.status?.phase).toBe('Running');
    expect(status(pod)?.lastState?.terminated?.exitCode).toBe(1);
    expect(status(pod)?.restartCount).toBeGreaterThan(0);
    expect(await node.log('crash', { previous: true })).toBe('attempt\n');
    expect(await node.events('crash')).toContainEqual(
      expect.stringMatching(
        /^Warning BackOff Back-off restarting failed container main in pod crash_default\(/,
      ),
    );
    await node.api.remove(kinds.pods, pod);
    await gone('crash');
  });

  it('runs init containers one after the other, and then the others', async () => {
    await node.run('init', sh('echo main'), {
      initContainers: [
        { name: 'first', image: 'system:1', ...sh('echo first') },
        { name: 'second', image: 'system:1', ...sh('echo second') },
      ],
    });
    const pod = await node.until('init', phase('Succeeded'));
    expect(
      pod.status?.initContainerStatuses?.map(each => [each.name, each.ready]),
    ).toEqual([
      ['first', true],
      ['second', true],
    ]);
    expect(await node.log('init', { container: 'second' })).toBe('second\n');
  });

  it('waits for an image that there is not, as Kubernetes does', async () => {
    await node.run('no-image', { image: 'nowhere/none:1' });
    const pod = await node.until(
      'no-image',
      each => status(each)?.state?.waiting?.reason === 'ImagePullBackOff',
    );
    expect(pod.status?.phase).toBe('Pending');
    expect(await node.events('no-image')).toEqual(
      expect.arrayContaining([
        'Normal Pulling Pulling image "nowhere/none:1"',
        'Warning Failed Error: ErrImagePull',
        'Normal BackOff Back-off pulling image "nowhere/none:1"',
        'Warning Failed Error: ImagePullBackOff',
      ]),
    );
    await expect(node.log('no-image')).rejects.toThrow(
      'container "main" in pod "no-image" is waiting to start: trying and failing to pull image',
    );
  });

  it('leaves a pod pending that asks for more than the node has', async () => {
    await node.run('big', { resources: { requests: { cpu: '64' } } });
    const pod = await node.until(
      'big',
      each => each.status?.conditions?.[0]?.reason === 'Unschedulable',
    );
    expect(pod.spec.nodeName).toBeUndefined();
    expect(await node.events('big')).toEqual([
      'Warning FailedScheduling 0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    ]);
  });

  it('waits for a ConfigMap that is missing', async () => {
    await node.run('config', {
      ...sh('echo "$VALUE"'),
      env: [
        {
          name: 'VALUE',
          valueFrom: { configMapKeyRef: { name: 'later', key: 'a' } },
        },
      ],
    });
    const waiting = await node.until(
      'config',
      each =>
        status(each)?.state?.waiting?.reason === 'CreateContainerConfigError',
    );
    expect(status(waiting)?.state?.waiting?.message).toBe(
      'configmap "later" not found',
    );
    await node.api.create(kinds.configMaps, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'later', namespace: 'default' },
      ...{ data: { a: 'came', 'b.py': 'print("from the volume")' } },
    });
    await node.until('config', phase('Succeeded'));
    expect(await node.log('config')).toBe('came\n');
  });

  it('mounts volumes at paths that the machine does not have, or says why not', async () => {
    const expected = await mountNamespaceCommand().then(
      () => /^from the volume\ncamekept\n[^]*Read-only file system/,
      (error: Error) => error.message,
    );
    await node.run(
      'volumes',
      {
        ...sh(
          'python3 /code/b.py && cat /home/nobody-here/samples/a && echo kept > /scratch/x && cat /scratch/x; touch /code/x',
        ),
        volumeMounts: [
          { name: 'code', mountPath: '/code', readOnly: true },
          { name: 'code', mountPath: '/home/nobody-here/samples' },
          { name: 'scratch', mountPath: '/scratch' },
        ],
      },
      {
        volumes: [
          { name: 'code', configMap: { name: 'later' } },
          { name: 'scratch', emptyDir: {} },
        ],
      },
    );
    const told = await eventually(async () => {
      const pod = await node.pod('volumes');
      const events = await node.events('volumes');
      return pod?.status?.phase === 'Failed'
        ? node.log('volumes')
        : events.find(event => event.startsWith('Warning FailedMount'));
    });
    expect(told).toMatch(expected);
    expect(existsSync('/code')).toBe(false);
    expect(existsSync('/home/nobody-here')).toBe(false);
  });

  it('says which kind of volume it does not have', async () => {
    await node.run(
      'host-path',
      { ...sh('true'), volumeMounts: [{ name: 'h', mountPath: '/h' }] },
      { volumes: [{ name: 'h', hostPath: { path: '/etc' } }] },
    );
    await eventually(async () =>
      (await node.events('host-path')).some(event =>
        event.startsWith(
          'Warning FailedMount MountVolume.SetUp failed for volume "h" : the embedded node has no volumes of the kind hostPath',
        ),
      ),
    );
    const pod = await node.pod('host-path');
    expect(pod?.status?.phase).toBe('Pending');
  });

  it('shows the files of the image at their path, as a copy', async () => {
    const files = join(node.dataDir, 'context');
    mkdirSync(files);
    writeFileSync(join(files, 'train.py'), 'print("training")');
    node.images.add(
      systemImage({
        ref: 'workload:1',
        workingDir: files,
        workingDirInImage: '/srv/workload-of-nobody',
        command: ['python3', 'train.py'],
      }),
    );
    await node.run('files', { image: 'workload:1' });
    await node.until('files', phase('Succeeded'));
    expect(await node.log('files')).toBe('training\n');
    await node.run('changes', {
      image: 'workload:1',
      ...sh('python3 /srv/workload-of-nobody/train.py && touch made'),
    });
    await node.until('changes', phase('Succeeded'));
    expect(await node.log('changes')).toBe('training\n');
    expect(readdirSync(files)).toEqual(['train.py']);
  });

  it('asks probes before a container is ready, and restarts a dead one', async () => {
    await node.run(
      'probes',
      {
        ...sh('sleep 1; touch "$HOME/ready"; sleep 60'),
        readinessProbe: {
          exec: { command: ['sh', '-c', 'test -f "$HOME/ready"'] },
          periodSeconds: 1,
        },
        livenessProbe: {
          exec: { command: ['sh', '-c', '! test -f "$HOME/ready"'] },
          periodSeconds: 1,
          failureThreshold: 3,
          initialDelaySeconds: 1,
        },
      },
      { restartPolicy: 'Always', terminationGracePeriodSeconds: 1 },
    );
    const started = await node.until('probes', each => status(each)?.started);
    expect(status(started)?.ready).toBe(false);
    await node.until('probes', each => status(each)?.ready);
    const again = await node.until(
      'probes',
      each => status(each)?.restartCount,
    );
    expect(status(again)?.lastState?.terminated?.exitCode).toBe(143);
    const events = await node.events('probes');
    expect(events).toContain(
      'Normal Killing Container main failed liveness probe, will be restarted',
    );
    expect(events.join('\n')).toContain(
      'Warning Unhealthy Readiness probe failed',
    );
    await node.api.remove(kinds.pods, again, { gracePeriodSeconds: 0 });
    await gone('probes');
  });

  it('lets a pod end by itself when it is deleted', async () => {
    const pod = await node.run(
      'polite',
      sh(
        'trap "echo bye; sleep 0.3; exit 0" TERM; echo up; while :; do sleep 0.1; done',
      ),
    );
    await eventually(async () =>
      (await node.log('polite').catch(() => '')).includes('up'),
    );
    const abort = new AbortController();
    const log = node.client.text({
      path: '/api/v1/namespaces/default/pods/polite/log',
      query: { follow: true },
      signal: abort.signal,
    });
    await sleep(100);
    await node.api.remove(kinds.pods, pod);
    await gone('polite');
    // The shell also tells of the signal that its `sleep` got.
    expect(await log).toMatch(/^up\n[^]*bye\n$/);
    expect(await node.events('polite')).toContain(
      'Normal Killing Stopping container main',
    );
  });

  it('kills what does not end in time, and daemons that left', async () => {
    const pod = await node.run(
      'stubborn',
      {
        command: [
          'python3',
          '-c',
          'import os, signal, subprocess, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nsubprocess.Popen(["sleep", "300"], start_new_session=True)\nprint("up", flush=True)\ntime.sleep(300)',
        ],
      },
      { terminationGracePeriodSeconds: 1 },
    );
    await eventually(async () =>
      (await node.log('stubborn').catch(() => '')).includes('up'),
    );
    const { uid } = pod.metadata;
    expect(await processesWith(POD_MARKER, uid)).toHaveLength(2);
    const startedAt = Date.now();
    await node.api.remove(kinds.pods, pod);
    await gone('stubborn');
    expect(Date.now() - startedAt).toBeGreaterThan(900);
    expect(await processesWith(POD_MARKER, uid)).toEqual([]);
  });

  it('ends a pod at its deadline', async () => {
    await node.run('late', sh('sleep 60'), { activeDeadlineSeconds: 1 });
    const pod = await node.until('late', phase('Failed'));
    expect(pod.status?.reason).toBe('DeadlineExceeded');
  });
});

describe('a node that ends and starts again', () => {
  it('leaves no process, says what became of its pods, and keeps their logs', async () => {
    const node = await TestNode.start();
    const long = await node.run('long', {
      command: ['sh', '-c', 'echo working; setsid sleep 300'],
    });
    await node.run('done', { command: ['echo', 'result'] });
    await node.until('done', pod => pod.status?.phase === 'Succeeded');
    await eventually(async () =>
      (await node.log('long').catch(() => '')).includes('working'),
    );
    await node.shutDown();
    expect(await processesWith(POD_MARKER, long.metadata.uid)).toEqual([]);

    await node.boot();
    const pod = await node.until(
      'long',
      each => each.status?.phase === 'Failed',
    );
    expect(pod.status).toMatchObject({
      reason: 'PlatformRestarted',
      message: 'The embedded platform was stopped while this pod ran',
    });
    expect(await node.log('long')).toBe('working\n');
    expect(await node.log('done')).toBe('result\n');
    await node.close();
  });
});
