import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments, parse } from 'yaml';

const ROOT = resolve(__dirname, '../../..');
const MANIFESTS = join(ROOT, 'gitops/apps/backstage');
const FILES = ['app-config.yaml', 'app-config.production.yaml'];

async function settings(file: string): Promise<Record<string, string>> {
  const text = await readFile(join(MANIFESTS, file), 'utf8');
  const lines = text.split('\n').filter(line => /^[A-Z]/.test(line));
  return Object.fromEntries(lines.map(line => line.split(/=(.*)/, 2)));
}

/** Names of the values that External Secrets brings. */
async function secrets(): Promise<string[]> {
  const text = await readFile(join(MANIFESTS, 'secrets.yaml'), 'utf8');
  return parse(text).spec.data.map(
    ({ secretKey }: { secretKey: string }) => secretKey,
  );
}

async function environment(): Promise<Record<string, string>> {
  return {
    ...(await settings('platform-facts.env')),
    ...(await settings('portal-settings.env')),
    ...Object.fromEntries((await secrets()).map(name => [name, '1'])),
  };
}

async function backstage(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(ROOT, 'node_modules/@backstage/cli/bin/backstage-cli'),
      ...args,
      ...FILES.flatMap(file => ['--config', file]),
    ],
    {
      cwd: ROOT,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        ...(await environment()),
      },
    },
  );
  return stdout;
}

describe('app-config.production.yaml', () => {
  it('fits the schemas of all packages', async () => {
    await expect(backstage('config:check', '--strict')).resolves.toBeDefined();
  }, 120_000);

  it('reads just what the manifests hand over', async () => {
    const text = await readFile(join(ROOT, FILES[1]), 'utf8');
    const read = [...text.matchAll(/\$\{([A-Z_]+)(:-[^}]*)?\}/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(read)].sort()).toEqual(
      Object.keys(await environment()).sort(),
    );
  });

  it('tells the browser how to sign in, and no secret', async () => {
    const config = parse(await backstage('config:print', '--frontend'));
    expect(config.auth).toEqual({
      environment: 'production',
      providers: { oidc: {} },
    });
    expect(JSON.stringify(config)).not.toContain('clientSecret');
  }, 120_000);

  it('lets nobody in as a guest, and gives no guest a role', async () => {
    const config = parse(await backstage('config:print', '--with-secrets'));
    expect(config.auth.providers.guest).toBeUndefined();
    expect(Object.values(config.permission.roles).flat()).toEqual([
      'group:default/everyone',
      'group:default/ml-engineers',
      'group:default/ml-platform',
    ]);
  }, 120_000);
});

describe('the manifests', () => {
  it('ask for no more rights than the restricted level of Pod Security has', async () => {
    const text = await readFile(join(MANIFESTS, 'deployment.yaml'), 'utf8');
    const [deployment] = parseAllDocuments(text, { merge: true });
    const { spec } = deployment.toJS().spec.template;
    const [container] = spec.containers;
    expect(spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});
