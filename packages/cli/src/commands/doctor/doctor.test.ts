import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeKubeApi } from '@ml-platform/kube/testUtils';
import { CliProject } from '../../__testUtils__/CliRun';

interface Row {
  readonly part: string;
  readonly result: string;
  readonly detail: string;
  readonly remedy?: string;
}

describe('doctor', () => {
  let api: FakeKubeApi;
  let project: CliProject;
  /** Registry, git host, build service and portal in one. */
  let web: Server;
  let statuses: Record<string, number>;
  let allowed: boolean;

  const address = () =>
    `http://localhost:${(web.address() as AddressInfo).port}`;

  const settings = (more = '') =>
    project.write(
      '.ml-platform.yaml',
      [
        `registry: ${address().slice('http://'.length)}/team`,
        `builder: { type: service, url: '${address()}/builder', token: secret }`,
        `git: { repository: '${address()}/owner/repo', token: secret }`,
        `portal: ${address()}`,
        more,
      ].join('\n'),
    );

  async function checks(): Promise<{
    readonly code: number;
    readonly of: (part: string) => Row | undefined;
  }> {
    const { code, stdout } = await project.run('doctor', '-o', 'json');
    const rows: Row[] = JSON.parse(stdout);
    return { code, of: part => rows.find(row => row.part === part) };
  }

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    allowed = true;
    api.answer = path => {
      if (path.endsWith('/selfsubjectaccessreviews')) {
        return { code: 201, body: { status: { allowed } } };
      }
      return path === '/apis/ray.io/v1' ? { code: 200, body: {} } : undefined;
    };
    statuses = {};
    web = createServer((request, response) => {
      response.writeHead(statuses[request.url ?? ''] ?? 200);
      response.end(JSON.stringify({ permissions: { push: true } }));
    }).listen(0);
    await once(web, 'listening');
    project = await CliProject.create({ workload: api.url });
    await settings();
  });

  afterEach(async () => {
    web.closeAllConnections();
    web.close();
    await api.close();
    await project.remove();
  });

  it('finds nothing to do where all works', async () => {
    const { code, stdout } = await project.run('doctor');
    const rows = stdout.trim().split('\n').slice(1);
    expect(rows.filter(row => !/ ok /.test(row))).toEqual([]);
    expect(rows.map(row => row.split(/ {2,}/)[0])).toEqual([
      'settings',
      'workload context',
      'workload cluster',
      'KubeRay',
      'right to read jobs',
      'right to change jobs',
      'right to read logs',
      'right to read events',
      'right to reach Ray',
      'right to forward ports',
      'right to scale',
      'registry',
      'builder',
      'git repository',
      'portal',
    ]);
    expect(code).toBe(0);
  });

  it('fails for rights that every command needs, and warns of others', async () => {
    allowed = false;
    const { code, of } = await checks();
    expect(code).toBe(1);
    expect(of('right to read jobs')).toMatchObject({
      result: 'fail',
      detail:
        'you may not list rayjobs, get rayjobs, watch rayjobs in training',
    });
    expect(of('right to scale')?.result).toBe('warn');
  });

  it('asks for rights on queues where the cluster has Kueue', async () => {
    const { answer } = api;
    api.answer = (path, query) =>
      path === '/apis/kueue.x-k8s.io'
        ? { code: 200, body: {} }
        : answer(path, query);
    expect((await checks()).of('right to leave queues')).toEqual({
      part: 'right to leave queues',
      result: 'ok',
      detail: 'list workloads, patch workloads',
    });
    allowed = false;
    expect((await checks()).of('right to leave queues')).toMatchObject({
      result: 'warn',
      remedy: expect.stringContaining('stop a job that has a Kueue queue'),
    });
  });

  it('goes on behind a cluster that does not answer', async () => {
    await api.close();
    const { code, of } = await checks();
    expect(code).toBe(1);
    expect(of('workload cluster')).toMatchObject({
      result: 'fail',
      remedy: expect.stringContaining('Check that the cluster runs'),
    });
    expect(of('KubeRay')).toBe(undefined);
    expect(of('portal')?.result).toBe('ok');
  });

  it.each([
    ['/api/v3/repos/owner/repo', 401, 'git repository', 'fail', 'token'],
    ['/api/v3/repos/owner/repo', 404, 'git repository', 'fail', 'read'],
    ['/builder', 401, 'builder', 'fail', 'builder.token'],
    [
      '/.backstage/health/v1/readiness',
      503,
      'portal',
      'warn',
      'that the portal runs',
    ],
  ])('sees that %s answers %i', async (path, status, part, result, remedy) => {
    statuses[path] = status;
    expect((await checks()).of(part)).toMatchObject({
      result,
      remedy: expect.stringContaining(remedy),
    });
  });

  it('asks a registry, where this machine is to push to it', async () => {
    const registry = address().slice('http://'.length);
    await project.write('.ml-platform.yaml', `registry: ${registry}`);
    expect((await checks()).of('registry')?.detail).toContain('open to every');
    statuses['/v2/'] = 401;
    expect((await checks()).of('registry')).toMatchObject({
      result: 'warn',
      remedy: `Log in with 'docker login ${registry}'`,
    });
    const auths = { [registry]: { auth: 'YTpi' } };
    await project.write('config.json', JSON.stringify({ auths }));
    const { stdout } = await project.start(['doctor'], {
      env: { DOCKER_CONFIG: project.folder },
    }).done;
    expect(stdout).toContain(`${registry}, login by docker login`);
  });

  it('says which setting is wrong, and checks what it can', async () => {
    await settings('namespaces: training');
    const { code, of } = await checks();
    expect(code).toBe(1);
    expect(of('settings')?.detail).toContain(
      'There is no setting namespaces; use one of',
    );
    expect(of('workload cluster')?.result).toBe('ok');
  });
});
