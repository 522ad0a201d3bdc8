import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bytesOf, tarOf } from '../__testUtils__/contexts';
import { putProgram } from '../__testUtils__/putProgram';
import { BUILD_SCRIPT, SCRIPT_FAILURES } from './buildScript';

describe('the script of a build', () => {
  let dir: string;
  const file = (name: string) => readFile(join(dir, name), 'utf8');
  const program = (name: string, script: string) =>
    putProgram(join(dir, 'bin'), name, script);

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'script-'));
    await mkdir(join(dir, 'bin'));
    await mkdir(join(dir, 'parts'));
    const packed = gzipSync(await bytesOf(tarOf({ Dockerfile: 'FROM ray' })));
    // In two parts, as a larger one comes.
    await writeFile(join(dir, 'parts/part-000'), packed.subarray(0, 30));
    await writeFile(join(dir, 'parts/part-001'), packed.subarray(30));
    await program('skopeo', `test -e ${dir}/there`);
    await program(
      'buildah',
      `echo "$@" >> ${dir}/calls; shift 8
[ "$1" = push ] && touch ${dir}/there
exit 0`,
    );
  });
  afterEach(() => rm(dir, { recursive: true }));

  function start(env: Record<string, string> = {}, args: string[] = []) {
    const child = spawn('/bin/sh', ['-c', BUILD_SCRIPT, 'build', ...args], {
      env: {
        PATH: `${dir}/bin:/usr/bin:/bin`,
        WORK: join(dir, 'work'),
        PARTS: join(dir, 'parts'),
        GIT_SECRET: join(dir, 'git'),
        REF: 'r.example.com/a:1',
        DOCKERFILE: 'Dockerfile',
        TLS: 'true',
        PUSH_ATTEMPTS: '3',
        PUSH_PAUSE: '0.1',
        ...env,
      },
    });
    let said = '';
    child.stdout.on('data', chunk => (said += chunk));
    child.stderr.on('data', chunk => (said += chunk));
    const ended = new Promise<{ code: number | null; said: string }>(resolve =>
      child.on('close', code => resolve({ code, said })),
    );
    return { child, ended };
  }
  const run = (...given: Parameters<typeof start>) => start(...given).ended;

  it('unpacks the context, builds and pushes', async () => {
    const { code, said } = await run({}, ['--label', 'a=b "c" $(d)']);
    expect({ code, said }).toEqual({
      code: 0,
      said: 'Pushed r.example.com/a:1\n',
    });
    const [build, push] = (await file('calls')).trim().split('\n');
    expect(build).toMatch(/ build .*--label a=b "c" \$\(d\) .*\/context$/);
    expect(push).toMatch(/ push --tls-verify=true r.example.com\/a:1$/);
    await expect(file('work/context/Dockerfile')).resolves.toBe('FROM ray');
  });

  it('leaves a version alone that is there', async () => {
    await writeFile(join(dir, 'there'), '');
    const { code, said } = await run();
    expect({ code, said }).toEqual({
      code: 0,
      said: 'r.example.com/a:1 is in the registry\n',
    });
    await expect(file('calls')).rejects.toThrow('ENOENT');
  });

  it('pushes nothing where somebody else was faster', async () => {
    await program('buildah', `touch ${dir}/there; echo "$@" >> ${dir}/calls`);
    const { code, said } = await run();
    expect(code).toBe(0);
    expect(said).toContain('was pushed by somebody else meanwhile');
    await expect(file('calls')).resolves.not.toContain('push');
  });

  it('says which part failed by how it ends', async () => {
    await program(
      'buildah',
      'echo "STEP 2/2: RUN make"; echo broken >&2; exit 2',
    );
    await expect(run()).resolves.toEqual({
      code: SCRIPT_FAILURES.build,
      said: 'STEP 2/2: RUN make\nbroken\nbuildah ended with code 2\n',
    });
    await writeFile(join(dir, 'parts/part-001'), 'torn');
    const torn = await run();
    expect(torn.code).toBe(SCRIPT_FAILURES.context);
  });

  it('pushes again while the registry is down', async () => {
    await program(
      'buildah',
      `shift 8; [ "$1" = push ] || exit 0
echo push >> ${dir}/calls; test $(wc -l < ${dir}/calls) -ge 3`,
    );
    await expect(run()).resolves.toMatchObject({ code: 0 });
    await rm(join(dir, 'calls'));
    const { code, said } = await run({ PUSH_ATTEMPTS: '2' });
    expect(code).toBe(SCRIPT_FAILURES.push);
    expect(said).toContain("couldn't be pushed");
  });

  it('ends what it runs when it is told to', async () => {
    await program('buildah', `echo begun; exec sleep 30`);
    const { child, ended } = start();
    await new Promise(resolve => child.stdout.once('data', resolve));
    child.kill('SIGTERM');
    await expect(ended).resolves.toMatchObject({ code: 143 });
  });

  it('fetches a commit from git', async () => {
    const repository = join(dir, 'repository');
    await mkdir(join(repository, 'workloads/a'), { recursive: true });
    await writeFile(join(repository, 'workloads/a/Dockerfile'), 'FROM git');
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', repository, ...args])
        .toString()
        .trim();
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'One');
    const source = {
      GIT_REPOSITORY: repository,
      GIT_COMMIT: git('rev-parse', 'HEAD'),
      CONTEXT_PATH: 'workloads/a',
    };
    const { code, said } = await run(source);
    expect({ code, said }).toMatchObject({ code: 0 });
    await expect(file('calls')).resolves.toMatch(
      /--file \S+\/context\/workloads\/a\/Dockerfile .*\/context\/workloads\/a\n/,
    );
    await rm(join(dir, 'work'), { recursive: true });
    await rm(join(dir, 'there'));
    const lost = await run({ ...source, GIT_COMMIT: 'f'.repeat(40) });
    expect(lost.code).toBe(SCRIPT_FAILURES.context);
  });

  it('signs in to the registry as the pod itself on Google Cloud', async () => {
    const server = createServer((request, response) => {
      const known = request.headers['metadata-flavor'] === 'Google';
      response
        .writeHead(known ? 200 : 403)
        .end('{"access_token":"ya29.secret","expires_in":3599}');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await program(
      'buildah',
      `[ "$1" = login ] && { echo "$@" "$(cat)" > ${dir}/login; exit 0; }; exit 0`,
    );
    const google = {
      GOOGLE_REGISTRY: 'europe-west3-docker.pkg.dev',
      GCE_METADATA_HOST: `127.0.0.1:${port}`,
    };
    const { code, said } = await run(google);
    expect({ code, said }).toMatchObject({ code: 0 });
    await expect(file('login')).resolves.toBe(
      'login --username oauth2accesstoken --password-stdin europe-west3-docker.pkg.dev ya29.secret\n',
    );
    expect(said).not.toContain('ya29');
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });
});
