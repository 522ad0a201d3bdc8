import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { RAYCLUSTERS } from '@ml-platform/rayjob';
import { CliProject } from '../../__testUtils__/CliRun';

const TRACKING = 'argocd.argoproj.io/tracking-id';

describe('scale', () => {
  let api: FakeKubeApi;
  let project: CliProject;

  function put(
    name: string,
    metadata: object = {},
    groups: readonly string[] = ['small'],
    namespace = 'training',
  ) {
    const rayCluster = {
      metadata: { ...metadata, name, namespace },
      spec: {
        workerGroupSpecs: groups.map(groupName => ({
          groupName,
          replicas: 1,
          minReplicas: 1,
          maxReplicas: 4,
        })),
      },
    };
    api.put(RAYCLUSTERS, rayCluster);
  }

  const patches = () =>
    api.requests.filter(request => request.startsWith('PATCH'));

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    project = await CliProject.create({ workload: api.url });
  });

  afterEach(async () => {
    await api.close();
    await project.remove();
  });

  it('scales the only group of the only Ray cluster of the namespace', async () => {
    put('shared');
    put('other', {}, ['small'], 'elsewhere');
    expect(await project.run('scale', '3')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Scaled small of shared from 1 to 3 workers.\n',
    });
    expect(patches()).toEqual([
      'PATCH /apis/ray.io/v1/namespaces/training/rayclusters/shared',
    ]);
  });

  it('passes over clusters whose number is decided elsewhere', async () => {
    put('of-a-job', { ownerReferences: [{ kind: 'RayJob', name: 'hello' }] });
    put('shared');
    expect((await project.run('scale', '2')).code).toBe(0);
    const { code, stderr } = await project.run(
      ...['scale', '2', '--cluster', 'of-a-job'],
    );
    expect(code).toBe(2);
    expect(stderr).toContain('of-a-job belongs to the job hello');
  });

  it('says the bounds', async () => {
    put('shared');
    const { code, stderr } = await project.run('scale', '9');
    expect(code).toBe(2);
    expect(stderr).toBe('Error: small may have from 1 to 4 workers, not 9\n');
    expect((await project.run('scale', 'many')).stderr).toContain(
      "'many' is no number of workers",
    );
  });

  it('names the option and the choices where it cannot ask', async () => {
    put('one');
    put('two', {}, ['cpu', 'gpu']);
    expect((await project.run('scale', '2')).stderr).toBe(
      'Error: Which Ray cluster? Choose with --cluster: one, two\n',
    );
    expect((await project.run('scale', '2', '--cluster', 'two')).stderr).toBe(
      'Error: Which worker group of two? Choose with --group: cpu, gpu\n',
    );
    expect(await project.run('scale', '2', '--cluster', 'three')).toMatchObject(
      { code: 3 },
    );
  });

  it('asks on a terminal, until the answer is a choice', async () => {
    put('one');
    put('two');
    const run = project.start(['scale', '2'], { terminal: true });
    await until(() => run.stderr.includes('Number or name: '));
    run.type('three');
    await until(() => run.stderr.includes("'three' is none of them"));
    await until(() => run.stderr.endsWith('Number or name: '));
    run.type('2');
    expect((await run.done).stderr).toContain('small of two');
  });

  it('leaves alone what Argo CD would set back, without a yes', async () => {
    put('shared', {
      annotations: { [TRACKING]: 'jobs:ray.io/RayCluster:training/shared' },
    });
    const refused = await project.run('scale', '2');
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain("belongs to Argo CD's application jobs");
    expect(refused.stderr).toContain('--yes');

    const asked = project.start(['scale', '2'], { terminal: true });
    await until(() => asked.stderr.includes('[y/N]'));
    asked.type('');
    expect((await asked.done).code).toBe(4);
    expect(patches()).toEqual([]);

    expect((await project.run('scale', '2', '--yes')).code).toBe(0);
    expect(patches()).toHaveLength(1);
  });

  it('ends at Ctrl-C while it asks', async () => {
    put('one');
    put('two');
    const run = project.start(['scale', '2'], { terminal: true });
    await until(() => run.stderr.includes('Number or name: '));
    run.interrupt();
    expect((await run.done).code).toBe(130);
  });
});
