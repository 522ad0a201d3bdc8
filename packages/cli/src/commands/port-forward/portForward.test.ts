import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import {
  FakeKubeApi,
  freePort,
  until,
  type FakePodPorts,
} from '@ml-platform/kube/testUtils';
import { RAYJOBS } from '@ml-platform/rayjob';
import { CliProject, type CliRun } from '../../__testUtils__/CliRun';

const core = (kind: string, plural: string) => ({
  group: '',
  version: 'v1',
  kind,
  plural,
});
const SERVICES = core('Service', 'services');
const PODS = core('Pod', 'pods');

const headLabels = (cluster: string) => ({
  'ray.io/cluster': cluster,
  'ray.io/node-type': 'head',
});

describe('port-forward', () => {
  let workload: FakeKubeApi;
  let management: FakeKubeApi;
  let ports: FakePodPorts;
  let project: CliProject;
  let runs: CliRun[];

  const start = (...args: string[]) => {
    const run = project.start(['port-forward', ...args]);
    runs.push(run);
    return run;
  };

  function putHead(cluster: string, createdAt: string) {
    const labels = headLabels(cluster);
    workload.put(SERVICES, {
      metadata: {
        name: `${cluster}-head-svc`,
        namespace: 'training',
        labels,
        creationTimestamp: createdAt,
      },
      spec: {
        selector: labels,
        ports: [
          { name: 'client', port: 10001 },
          { name: 'dashboard', port: 8265, targetPort: 8265 },
        ],
      },
    } as Parameters<FakeKubeApi['put']>[1]);
  }

  function putPod(
    api: FakeKubeApi,
    name: string,
    labels: object,
    namespace = 'training',
  ) {
    const pod = {
      metadata: { name, namespace, labels, creationTimestamp: '2026-11-28' },
      spec: { containers: [{ ports: [{ name: 'web', containerPort: 3000 }] }] },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
      },
    };
    api.put(PODS, pod);
  }

  function putGrafana() {
    const labels = { 'app.kubernetes.io/name': 'grafana' };
    const service = {
      metadata: { name: 'grafana', namespace: 'monitoring', labels },
      spec: {
        selector: labels,
        ports: [{ name: 'service', port: 80, targetPort: 'web' }],
      },
    };
    management.put(SERVICES, service);
    putPod(management, 'grafana-0', labels, 'monitoring');
  }

  /** Sends a text to an address that was said, and gives what comes back. */
  async function echo(run: CliRun, title: string, text: string) {
    await until(() => run.stdout.includes(title));
    const [, port] =
      new RegExp(`${title}:? +http://127.0.0.1:(\\d+)`).exec(run.stdout) ?? [];
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(text);
    const [data = ''] = await Promise.race([
      once(socket, 'data'),
      once(socket, 'close').then(() => []),
    ]);
    socket.destroy();
    return String(data);
  }

  beforeEach(async () => {
    workload = await FakeKubeApi.start();
    management = await FakeKubeApi.start();
    ports = workload.podPorts();
    project = await CliProject.create({
      workload: workload.url,
      management: management.url,
    });
    await project.write(
      '.ml-platform.yaml',
      'contexts: { management: management }',
    );
    runs = [];
  });

  afterEach(async () => {
    runs.forEach(run => run.interrupt());
    await Promise.all(runs.map(({ done }) => done));
    ports.breakAll();
    await workload.close();
    await management.close();
    await project.remove();
  });

  it('leads to the newest Ray cluster, and to its next head', async () => {
    putHead('old', '2026-11-27T00:00:00Z');
    putHead('new', '2026-11-28T00:00:00Z');
    putPod(workload, 'head-1', headLabels('new'));
    const run = start('ray', '--port', String(await freePort()));
    expect(await echo(run, 'Ray dashboard of new', 'one')).toBe('one');
    expect(run.stderr).toContain('new is the newest of 2 Ray clusters');
    workload.collection(PODS).delete('training/head-1');
    putPod(workload, 'head-2', headLabels('new'));
    expect(await echo(run, 'Ray dashboard of new', 'two')).toBe('two');
    expect(ports.connections.map(path => path.split(' ')[0])).toEqual([
      '/api/v1/namespaces/training/pods/head-1/portforward?ports=8265',
      '/api/v1/namespaces/training/pods/head-2/portforward?ports=8265',
    ]);
    const before = Date.now();
    run.interrupt();
    expect((await run.done).code).toBe(130);
    expect(Date.now() - before).toBeLessThan(1_000);
  });

  it('follows a job to the Ray cluster of its next attempt', async () => {
    const putJob = (rayClusterName: string) =>
      workload.put(RAYJOBS, {
        metadata: { name: 'hello', namespace: 'training' },
        status: { rayClusterName },
      } as Parameters<FakeKubeApi['put']>[1]);
    for (const name of ['first', 'second']) {
      putHead(name, '2026-11-28T00:00:00Z');
      putPod(workload, `${name}-head`, headLabels(name));
    }
    putJob('first');
    const run = start('--job', 'hello', '--port', String(await freePort()));
    await echo(run, 'Ray dashboard of hello', 'x');
    putJob('second');
    await echo(run, 'Ray dashboard of hello', 'x');
    expect(ports.connections[0]).toContain('/pods/first-head/');
    expect(ports.connections[1]).toContain('/pods/second-head/');
  });

  it('says what a connection that fails failed of, and goes on', async () => {
    putHead('new', '2026-11-28T00:00:00Z');
    const run = start('ray', '--port', String(await freePort()));
    expect(await echo(run, 'Ray dashboard of new', 'x')).toBe('');
    await until(() => run.stderr.includes('new-head-svc has no pod now'));
    putPod(workload, 'head-1', headLabels('new'));
    expect(await echo(run, 'Ray dashboard of new', 'y')).toBe('y');
  });

  it('takes another port where the usual one is taken, but not the given one', async () => {
    const busy = createServer().listen(8265, '127.0.0.1');
    // Somebody else may have it: it is taken then, too.
    await Promise.race([once(busy, 'listening'), once(busy, 'error')]).catch(
      () => {},
    );
    putHead('new', '2026-11-28T00:00:00Z');
    putPod(workload, 'head-1', headLabels('new'));
    const run = start('ray');
    expect(await echo(run, 'Ray dashboard of new', 'x')).toBe('x');
    expect(run.stderr).toContain('Port 8265 is taken');
    const { code, stderr } = await start('ray', '--port', '8265').done;
    expect(code).toBe(4);
    expect(stderr).toContain('Port 8265 of 127.0.0.1 is taken');
    busy.close();
  });

  it('forwards all that is there, and says what is not', async () => {
    putGrafana();
    putHead('new', '2026-11-28T00:00:00Z');
    putPod(workload, 'head-1', headLabels('new'));
    const run = project.start(['port-forward'], { terminal: true });
    runs.push(run);
    await until(() => run.stdout.includes('pod grafana-0'));
    expect(run.stdout).toMatch(/Ray dashboard of new +http.* +pod head-1/);
    expect(run.stderr).toContain(
      "Skipping argocd: Argo CD isn't on management or workload",
    );
    management.collection(PODS).delete('monitoring/grafana-0');
    await until(() => run.stdout.includes('grafana has no pod now'));
  });

  it('says where it looked for a page that is not there', async () => {
    const { code, stderr } = await start('grafana').done;
    expect(code).toBe(3);
    expect(stderr).toContain(
      'no service has the label app.kubernetes.io/name=grafana',
    );
    expect((await start('all').done).code).toBe(3);
    expect((await start('grafana', '--job', 'x').done).code).toBe(2);
    expect((await start('--port', '80').done).code).toBe(2);
  });
});
