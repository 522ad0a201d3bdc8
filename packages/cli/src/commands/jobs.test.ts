import { FakeKubeApi, until } from '@ml-platform/kube/testUtils';
import { RAYJOBS, readYaml } from '@ml-platform/rayjob';
import { CliProject, type CliRun } from '../__testUtils__/CliRun';

const PODS = { group: '', version: 'v1', kind: 'Pod', plural: 'pods' };
const ESCAPE = '\u001b';
const PLACE = { namespace: 'training' };

describe('the commands about jobs', () => {
  let api: FakeKubeApi;
  let project: CliProject;
  let runs: CliRun[];

  function put(name: string, more: object = {}, metadata: object = {}) {
    const job = {
      metadata: {
        name,
        ...PLACE,
        creationTimestamp: '2026-11-28T11:00:00Z',
        ...metadata,
      },
      spec: { entrypoint: 'python x.py', shutdownAfterJobFinishes: true },
      ...more,
    };
    api.put(RAYJOBS, job);
  }

  function putSubmitter(job: string, text: string, ended = true) {
    const container = 'ray-job-submitter';
    api.put(PODS, {
      metadata: {
        name: `${job}-s`,
        ...PLACE,
        labels: { 'ray.io/originated-from-cr-name': job },
      },
      spec: { containers: [{ name: container }] },
      status: {
        phase: ended ? 'Succeeded' : 'Running',
        containerStatuses: [
          {
            name: container,
            state: ended ? { terminated: { exitCode: 0 } } : { running: {} },
          },
        ],
      },
    } as Parameters<FakeKubeApi['put']>[1]);
    const log = api.log(PLACE.namespace, `${job}-s`, container);
    text
      .split('\n')
      .forEach((line, i) =>
        log.append(`2026-11-28T11:00:0${i}.000000001Z`, line),
      );
    if (ended) {
      log.end();
    }
    return log;
  }

  const succeeded = {
    status: {
      jobDeploymentStatus: 'Complete',
      jobStatus: 'SUCCEEDED',
      jobId: 'id',
      rayClusterName: 'c',
    },
  };
  const running = {
    status: {
      jobDeploymentStatus: 'Running',
      jobStatus: 'RUNNING',
      jobId: 'id',
      rayClusterName: 'c',
    },
  };

  const start = (...args: string[]) => {
    const run = project.start(args);
    runs.push(run);
    return run;
  };

  beforeEach(async () => {
    api = await FakeKubeApi.start();
    project = await CliProject.create({ workload: api.url });
    runs = [];
  });

  afterEach(async () => {
    runs.forEach(run => run.interrupt());
    await Promise.all(runs.map(({ done }) => done));
    await api.close();
    await project.remove();
  });

  describe('list', () => {
    it('shows the jobs of the namespace, newest first, and of all with -A', async () => {
      put('old', succeeded, { creationTimestamp: '2026-11-27T00:00:00Z' });
      put('new', running);
      put('other', running, { namespace: 'elsewhere' });
      const { stdout } = await project.run('list');
      expect(stdout.split('\n').map(line => line.split(/ +/)[0])).toEqual([
        'NAME',
        'new',
        'old',
        '',
      ]);
      expect((await project.run('list', '-A')).stdout).toContain('other');
    });

    it.each([
      [['--state', 'running'], ['new']],
      [
        ['--state', 'running,succeeded'],
        ['new', 'old'],
      ],
      [['--since', '2h'], ['new']],
      [
        ['--since', '2026-11-01'],
        ['new', 'old'],
      ],
      [['--sort', 'name', '--limit', '1'], ['new']],
      [['--owner', 'ada'], ['old']],
      [['--workload', 'nothing'], []],
      [['ol'], ['old']],
    ])('narrows the list by %j', async (options, names) => {
      put('old', succeeded, {
        creationTimestamp: '2026-11-27T00:00:00Z',
        annotations: { 'ml-platform.dev/requester': 'user:default/ada' },
      });
      put('new', running);
      const { stdout } = await project.run('list', '-o', 'name', ...options);
      expect(stdout.split('\n').filter(Boolean)).toEqual(names);
    });

    it('gives programs every field, and nothing but data on stdout', async () => {
      put('new', running);
      const { stdout, stderr } = await project.run('list', '-o', 'json');
      expect(JSON.parse(stdout)).toMatchObject([
        { cluster: 'workload', namespace: 'training', name: 'new' },
      ]);
      expect(stderr).toBe('');
      expect(
        readYaml((await project.run('list', '-o', 'yaml')).stdout),
      ).toEqual(JSON.parse(stdout));
    });

    it('watches: a line of JSON for each change', async () => {
      put('first', running);
      const run = start('list', '--watch', '-o', 'json');
      await until(() => run.stdout.includes('"type":"snapshot"'));
      put('second', running);
      await until(() => run.stdout.includes('"name":"second"'));
      api.collection(RAYJOBS).delete('training/first');
      await until(() => run.stdout.includes('"type":"remove"'));
      const types = run.stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).type);
      expect(types).toEqual(
        expect.arrayContaining(['snapshot', 'upsert', 'remove']),
      );
      run.interrupt();
      expect((await run.done).code).toBe(130);
    });

    it("prints nothing that a terminal would obey, whatever a job's message holds", async () => {
      put('evil', {
        status: {
          jobDeploymentStatus: 'Failed',
          jobStatus: 'FAILED',
          reason: 'AppFailed',
          message: 'a\u001b]0;title\u0007b\u001b[2Jc',
        },
      });
      expect((await project.run('list')).stdout).not.toContain(ESCAPE);
      expect((await project.run('describe', 'evil')).stdout).not.toContain(
        ESCAPE,
      );
    });
  });

  describe('logs', () => {
    it.each([
      ['--ignore-case', '--grep'],
      ['--or-worse', '--level'],
    ])('refuses %s without %s', async (option, missing) => {
      const { code, stderr } = await project.run('logs', 'done', option);
      expect(code).toBe(2);
      expect(stderr).toContain(`${option} needs ${missing}`);
    });

    it('prints the lines that there are', async () => {
      put('done', succeeded);
      putSubmitter('done', 'one\ntwo\nthree');
      expect(await project.run('logs', 'done')).toEqual({
        code: 0,
        stdout: 'one\ntwo\nthree\n',
        stderr: '',
      });
      expect((await project.run('logs', 'done', '--tail', '1')).stdout).toBe(
        'three\n',
      );
      expect(
        (await project.run('logs', 'done', '--timestamps')).stdout,
      ).toMatch(/^2026-11-28T11:00:00\.000000001Z one\n/);
      expect(
        (await project.run('logs', 'done', '--since', '2026-11-28T11:00:02Z'))
          .stdout,
      ).toBe('three\n');
      const before = ['--until', '2026-11-28T11:00:02Z'];
      expect((await project.run('logs', 'done', ...before)).stdout).toBe(
        'one\ntwo\n',
      );
      const since = ['--since', '2026-11-28T11:00:01Z'];
      expect(
        (await project.run('logs', 'done', ...since, ...before)).stdout,
      ).toBe('two\n');
    });

    it('never waits without -f, and waits with it, saying for what', async () => {
      put('early', { status: { jobDeploymentStatus: 'Initializing' } });
      const once = await project.run('logs', 'early');
      expect(once).toMatchObject({ code: 0, stdout: '' });
      expect(once.stderr).toContain('There is no log so far; add -f');
      const run = start('logs', '-f', 'early');
      await until(() => run.stderr.includes('Waiting: The Ray cluster is'));
      put('early', succeeded);
      putSubmitter('early', 'at last');
      const { code, stdout } = await run.done;
      expect([code, stdout]).toEqual([0, 'at last\n']);
    }, 20_000);

    it('ends at once on Ctrl-C, and says what continues', async () => {
      put('on', running);
      putSubmitter('on', 'one', false);
      const run = start('logs', '-f', 'on');
      await until(() => run.stdout === 'one\n');
      run.interrupt();
      const { code, stderr } = await run.done;
      expect(code).toBe(130);
      expect(stderr).toContain(
        'on continues. Stop it with: ml-platform stop on',
      );
    });

    it.each([
      [['--lines', '10-20'], 'say where it is with --portal URL'],
      [['--grep', 'x'], 'say where it is with --portal URL'],
      [['--lines', '20-10'], 'as 1000-1200, 1000- or 1000'],
      [['--lines', '0'], 'as 1000-1200, 1000- or 1000'],
      [['--lines', '1', '-f'], 'cannot be used with option'],
      [['--level', 'fatal'], 'Allowed choices are error, warning'],
    ])('says what %j takes', async (args, words) => {
      put('done', succeeded);
      const { code, stderr } = await project.run('logs', 'done', ...args);
      expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    });

    it('says where a log is kept that the cluster no longer has', async () => {
      put('done', succeeded);
      const { code, stderr } = await project.run('logs', 'done');
      expect(code).toBe(3);
      expect(stderr).toContain('The portal keeps logs');
    });
  });

  describe('submit', () => {
    it('prints exactly what would be created, and creates nothing', async () => {
      await project.write('.env', 'A=1\nB="two words"\n');
      const { stdout } = await project.run(
        ...['submit', 'registry.example.com/team/model:v1', '--dry-run'],
        ...['--workers', '2', '--cpu', '8', '--memory', '32Gi', '--gpu', '1'],
        ...['--env-file', `${project.folder}/.env`, '-e', 'A=2'],
        ...['--param', 'seed=7', '--ttl', '1h', '--deadline', '2h'],
        ...['--retries', '1', '--queue', 'research', '--priority', 'high'],
      );
      expect(readYaml(stdout)).toMatchObject({
        metadata: {
          name: 'model-20261128-120000',
          namespace: 'training',
          labels: {
            'app.kubernetes.io/version': 'v1',
            'kueue.x-k8s.io/queue-name': 'research',
            'kueue.x-k8s.io/priority-class': 'high',
          },
        },
        spec: {
          entrypoint: 'python train.py --seed=7',
          ttlSecondsAfterFinished: 3600,
          activeDeadlineSeconds: 7200,
          backoffLimit: 1,
          rayClusterSpec: {
            workerGroupSpecs: [
              {
                replicas: 2,
                template: {
                  spec: {
                    containers: [
                      {
                        env: [
                          { name: 'A', value: '2' },
                          { name: 'B', value: 'two words' },
                        ],
                        resources: {
                          limits: {
                            cpu: '8',
                            memory: '32Gi',
                            'nvidia.com/gpu': '1',
                          },
                        },
                      },
                    ],
                  },
                },
              },
            ],
          },
        },
      });
      expect(api.requests).toEqual([]);
    });

    it('takes image and entrypoint from the settings and the workload', async () => {
      await project.write(
        '.ml-platform.yaml',
        'registry: registry.example.com/images\n',
      );
      const { stdout } = await project.run(
        ...['submit', 'hello-ray:1.0.0', '--dry-run', '-o', 'json'],
      );
      expect(JSON.stringify(JSON.parse(stdout))).toContain(
        'registry.example.com/images/hello-ray:1.0.0',
      );
    });

    it('runs the job as the account that the catalog file of the workload names', async () => {
      await project.write(
        'catalog-info.yaml',
        `kind: Component
metadata:
  name: galaxies
  annotations:
    ml-platform.dev/storage: training/galaxies
    ml-platform.dev/bucket: gs://my-project-galaxies
spec:
  type: training-workload
`,
      );
      const submit = ['submit', 'galaxies:1.0.0', '--dry-run', '-o', 'json'];
      const { stdout } = await project.run(...submit, '-n', 'training');
      const { template } = JSON.parse(stdout).spec.rayClusterSpec.headGroupSpec;
      expect(template.spec).toMatchObject({
        serviceAccountName: 'galaxies',
        containers: [
          {
            env: [
              { name: 'ML_PLATFORM_BUCKET', value: 'gs://my-project-galaxies' },
            ],
          },
        ],
      });
      const elsewhere = await project.run(...submit, '-n', 'research');
      expect(elsewhere.stderr).toContain('choose the namespace training');
      expect(elsewhere.code).not.toBe(0);
    });

    it('follows the log to the end, and ends as the job does', async () => {
      const run = start('submit', 'a/b:1', '--name', 'mine', '--follow');
      await until(() => run.stdout === 'mine\n');
      put('mine', {
        status: {
          ...succeeded.status,
          jobDeploymentStatus: 'Failed',
          jobStatus: 'FAILED',
          reason: 'AppFailed',
          message: 'Job entrypoint command failed with exit code 1',
        },
      });
      putSubmitter('mine', 'one\nboom');
      const { code, stdout, stderr } = await run.done;
      expect(code).toBe(1);
      expect(stdout).toBe('mine\none\nboom\n');
      expect(stderr).toContain('Error: mine failed: ');
    }, 20_000);

    it('says gaps of the log that it follows, and where the end is missing', async () => {
      const run = start('submit', 'a/b:1', '--name', 'mine', '--follow');
      await until(() => run.stdout === 'mine\n');
      put('mine', running);
      const log = putSubmitter('mine', 'one', false);
      await until(() => run.stdout === 'mine\none\n');
      log.rotate();
      log.closeFollowers();
      log.append('2026-11-28T11:00:05Z', 'six');
      await until(() => run.stdout === 'mine\none\nsix\n');
      expect(run.stderr).toContain('[gap] The node rotated the log');
      api.collection(PODS).delete('training/mine-s');
      log.closeFollowers();
      put('mine', succeeded);
      const { code, stderr } = await run.done;
      expect(stderr).toContain('the rest of its log, was deleted');
      expect(code).toBe(0);
    }, 20_000);

    it.each([
      ['has none', /mine has ended, and has no log/],
      ["can't be read", /The log ends here: .*no pods today/],
    ])(
      'ends as the job does where its log %s',
      async (what, words) => {
        const run = start('submit', 'a/b:1', '--name', 'mine', '--follow');
        await until(() => run.stderr.includes('Waiting: '));
        if (what !== 'has none') {
          const body = { message: 'no pods today' };
          api.answer = path =>
            path.endsWith('/pods') ? { code: 422, body } : undefined;
          await until(() => run.stderr.includes('The log ends here'));
          api.answer = () => undefined;
        }
        put('mine', succeeded);
        const { code, stderr } = await run.done;
        expect(stderr).toMatch(words);
        expect(code).toBe(0);
      },
      20_000,
    );

    it.each([
      [['submit'], 2, 'Name what to run'],
      [['submit', 'hello-ray'], 2, 'Name a version'],
      [['submit', 'a/b:1', '--cpu', 'lots'], 2, "cpu: 'lots'"],
      [['submit', 'a/b:1', '--workers', 'x'], 2, 'Give a whole number'],
      [['submit', 'a/b:1', '--env', 'NOT_SET_HERE'], 2, "which isn't set"],
      [['submit', 'a/b:1', '--param', 'x'], 2, 'takes NAME=VALUE'],
      [['submit', '-f', '/nowhere.yaml'], 3, "Couldn't read /nowhere.yaml"],
      [['submit', 'a/b:1', '--pull-request'], 2, 'No repository of jobs'],
      [
        ['submit', 'a/b:1', '--pull-request', '--wait'],
        2,
        'leave out --follow',
      ],
    ])('refuses %j', async (args, status, words) => {
      const { code, stderr } = await project.run(...args);
      expect(stderr).toContain(words);
      expect(code).toBe(status);
    });

    it('refuses what the policy refuses, in a file too', async () => {
      await project.write(
        'job.yaml',
        JSON.stringify({
          apiVersion: 'ray.io/v1',
          kind: 'RayJob',
          metadata: { name: 'bad' },
          spec: {
            entrypoint: 'x',
            rayClusterSpec: {
              headGroupSpec: {
                template: {
                  spec: { hostNetwork: true, containers: [{ name: 'h' }] },
                },
              },
            },
          },
        }),
      );
      const { code, stderr } = await project.run(
        ...['submit', '-f', `${project.folder}/job.yaml`],
      );
      expect(code).toBe(2);
      expect(stderr).toContain("The head uses the node's network");
    });
  });

  it('says what to do where KubeRay is missing', async () => {
    api.answer = path =>
      path.includes('/rayjobs')
        ? { code: 404, body: { message: 'the server could not find it' } }
        : undefined;
    for (const args of [['list'], ['get', 'x'], ['logs', 'x'], ['stop', 'x']]) {
      const { code, stderr } = await project.run(...args);
      expect(stderr).toBe(
        "Error: workload doesn't know RayJobs; install KubeRay there, or choose another cluster\n",
      );
      expect(code).toBe(3);
    }
  });

  it('asks before it stops a job, and takes a no for an answer', async () => {
    put('early', { status: { jobDeploymentStatus: 'Initializing' } });
    const run = project.start(['stop', 'early'], { terminal: true });
    runs.push(run);
    await until(() => run.stderr.includes('[y/N]'));
    run.type('n');
    const { code, stderr } = await run.done;
    expect(code).toBe(2);
    expect(stderr).toContain('Nothing was changed');
    expect((await project.run('stop', 'early', '--yes')).code).toBe(0);
    expect(api.requests).toContainEqual(expect.stringContaining('PATCH'));
  });

  it('completes commands, options, values and names of jobs', async () => {
    put('hello-1', running);
    put('other', running);
    const words = async (...line: string[]) =>
      (await project.run('__complete', ...line)).stdout
        .split('\n')
        .map(choice => choice.split('\t')[0])
        .filter(Boolean);
    expect(await words('li')).toEqual(['list']);
    expect(await words('list', '--sta')).toEqual(['--state']);
    expect(await words('list', '--state', 'run')).toEqual(['running']);
    expect(await words('list', '-o', 'js')).toEqual(['json']);
    expect(await words('logs', 'he')).toEqual(['hello-1']);
    expect(await words('logs', '--context', '')).toEqual(['workload']);
    expect(await words('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  });
});
