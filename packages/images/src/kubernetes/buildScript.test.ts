import { execFileSync, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bytesOf, tarOf } from '../__testUtils__/contexts';
import { putProgram } from '../__testUtils__/putProgram';
import { BUILD_SCRIPT, SCRIPT_FAILURES } from './buildScript';

const origin = (server: Server) =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

describe('the script of a build', () => {
  let dir: string;
  const file = (name: string) => readFile(join(dir, name), 'utf8');
  /** A registry that is asked, and says something else first. */
  const looks = (first = '') =>
    `${first}
test -e ${dir}/there || { echo 'reading manifest 1: manifest unknown: manifest unknown' >&2; exit 1; }`;
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
    await program('skopeo', looks());
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
        ATTEMPTS: '3',
        PAUSE: '0.1',
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
    const { code, said } = await run({ ATTEMPTS: '2' });
    expect(code).toBe(SCRIPT_FAILURES.push);
    expect(said).toContain("couldn't be pushed");
  });

  it('asks again where the registry does not say whether the version is there', async () => {
    const down = 'received unexpected HTTP status: 503 Service Unavailable';
    await program(
      'skopeo',
      looks(`echo look >> ${dir}/looks
[ $(wc -l < ${dir}/looks) = 1 ] && { echo '${down}' >&2; exit 1; }`),
    );
    const { code, said } = await run();
    expect({ code, said }).toMatchObject({ code: 0 });
    expect(said).toContain(
      `${down}\nThe registry couldn't be asked for r.example.com/a:1; trying again (1)\n`,
    );
  });

  it.each(['503 Service Unavailable', 'unauthorized', 'skopeo: not found'])(
    'builds nothing where the registry only says: %s',
    async answer => {
      await program('skopeo', `echo '${answer}' >&2; exit 1`);
      const { code, said } = await run();
      expect(code).toBe(SCRIPT_FAILURES.look);
      expect(said).toContain(answer);
      expect(said).toContain("The registry couldn't be asked");
      await expect(file('calls')).rejects.toThrow('ENOENT');
    },
  );

  it('pushes nothing while the registry does not say', async () => {
    await program(
      'skopeo',
      looks(`test -e ${dir}/calls && { echo 'status 500' >&2; exit 1; }`),
    );
    const { code } = await run();
    expect(code).toBe(SCRIPT_FAILURES.push);
    await expect(file('calls')).resolves.not.toContain(' push ');
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
      GIT_ORIGIN: 'https://git.example.com',
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

  it('gives the credentials for git to the host of the repository alone', async () => {
    const asked: string[] = [];
    const servers = await Promise.all(
      ['theirs', 'ours'].map(async name => {
        const server = createServer((request, response) => {
          asked.push(`${name}: ${request.headers.authorization ?? 'nobody'}`);
          const elsewhere =
            name === 'ours' && request.url?.startsWith('/moved');
          response
            .writeHead(
              elsewhere ? 302 : 401,
              elsewhere
                ? { location: `${origin(servers[0])}${request.url}` }
                : { 'www-authenticate': 'Basic realm="git"' },
            )
            .end();
        });
        await new Promise<void>(resolve =>
          server.listen(0, '127.0.0.1', resolve),
        );
        return server;
      }),
    );
    const [theirs, ours] = servers;
    await mkdir(join(dir, 'git'));
    await writeFile(join(dir, 'git/username'), 'ada');
    await writeFile(join(dir, 'git/password'), 'secret');
    const known = `Basic ${Buffer.from('ada:secret').toString('base64')}`;
    const source = {
      GIT_ORIGIN: origin(ours),
      GIT_COMMIT: 'a'.repeat(40),
      CONTEXT_PATH: '',
      GIT_TERMINAL_PROMPT: '0',
    };
    await run({ ...source, GIT_REPOSITORY: `${origin(ours)}/o/r` });
    expect(asked.splice(0)).toContain(`ours: ${known}`);
    await rm(join(dir, 'work'), { recursive: true });
    await run({ ...source, GIT_REPOSITORY: `${origin(ours)}/moved/r` });
    expect(asked).toContain('theirs: nobody');
    expect(asked).not.toContain(`theirs: ${known}`);
    [theirs, ours].forEach(server => server.close());
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
