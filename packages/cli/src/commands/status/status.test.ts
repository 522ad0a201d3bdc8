import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { CliProject } from '../../__testUtils__/CliRun';

const NODES = { group: '', version: 'v1', kind: 'Node', plural: 'nodes' };

function node(name: string, ready: string) {
  return {
    metadata: { name },
    status: {
      allocatable: { cpu: '4', memory: '8Gi', 'nvidia.com/gpu': '1' },
      conditions: [{ type: 'Ready', status: ready }],
    },
  };
}

describe('status', () => {
  let api: FakeKubeApi;
  let project: CliProject;
  let hasKubeRay: boolean;

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    project = await CliProject.create({ workload: api.url });
    hasKubeRay = true;
    api.answer = path => {
      if (path === '/apis/ray.io/v1') {
        return { code: hasKubeRay ? 200 : 404, body: {} };
      }
      return path.startsWith('/apis/kueue')
        ? { code: 404, body: {} }
        : undefined;
    };
    api.put(NODES, node('one', 'True'));
  });

  afterEach(async () => {
    await api.close();
    await project.remove();
  });

  it('shows each part of a platform that works', async () => {
    const { code, stdout } = await project.run('status');
    expect(stdout.split('\n').map(line => line.split(/ {2,}/))).toEqual([
      ['PART', 'RESULT', 'DETAIL'],
      ['Cluster workload', 'ok', 'Kubernetes v1.34.0'],
      ['', 'KubeRay', 'ok', 'installed'],
      ['', 'Nodes', 'ok', '1 of 1 ready'],
      ['', 'CPU', 'ok', '4 free of 4'],
      ['', 'Memory', 'ok', '8 GiB free of 8 GiB'],
      ['', 'GPU', 'ok', '1 free of 1'],
      ['', 'Ray clusters', 'ok', '0'],
      ['', 'Jobs', 'ok', 'none'],
      [''],
    ]);
    expect(code).toBe(0);
  });

  it('ends with 1 and says what to do where something is wrong', async () => {
    hasKubeRay = false;
    api.put(NODES, node('two', 'False'));
    const { code, stdout } = await project.run('status');
    expect(code).toBe(1);
    expect(stdout).toContain("Jobs don't start: KubeRay is not installed");
    expect(stdout).toContain("1 of 2 nodes isn't ready; see why with");
  });

  it('shows who may see one namespace only what is there, and finds no fault', async () => {
    const known = api.answer;
    api.answer = (path, query) =>
      /^\/apis\/ray.io\/v1\/ray|\/nodes$/.test(path)
        ? { code: 403, body: { message: 'forbidden' } }
        : known(path, query);
    const { code, stdout } = await project.run('status');
    expect(stdout).toMatch(/Nodes +unknown +forbidden/);
    expect(stdout).toMatch(/Ray clusters +ok +0 in training, which is all/);
    expect(stdout).toMatch(/Jobs +ok +none in training, which is all/);
    expect(code).toBe(0);
  });

  it('says of a cluster that is away that it is, and nothing else', async () => {
    await api.close();
    const { code, stdout } = await project.run('status', '-o', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      clusters: [{ name: 'workload', server: { ok: false } }],
      faults: [
        { message: expect.stringContaining("Couldn't reach the cluster") },
      ],
    });
  });

  it('keeps a terminal up to date until Ctrl-C', async () => {
    const run = project.start(['status', '--watch'], { terminal: true });
    await until(() => run.stdout.includes('1 of 1 ready'));
    run.interrupt();
    expect((await run.done).code).toBe(130);
    expect(run.stdout).toContain('\u001b[?25h');
  });
});
