import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FunctionRunnerServiceService,
  Ready,
  RunFunctionRequest,
  Severity,
  Status,
  type RunFunctionResponse,
} from '@crossplane-org/function-sdk-typescript';
import { credentials, makeGenericClientConstructor } from '@grpc/grpc-js';

const Client = makeGenericClientConstructor(
  FunctionRunnerServiceService,
  'FunctionRunnerService',
);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const resource = (object: object) => ({ resource: { ...object } });

const storage = (name = 'galaxies') =>
  resource({
    apiVersion: 'ml-platform.dev/v1alpha1',
    kind: 'WorkloadStorage',
    metadata: { namespace: 'training', name },
    spec: { versioning: false },
  });

const facts = resource({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  data: { PROJECT_ID: 'my-project', REGION: 'europe-west3' },
});

describe('the function as it is built, as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  let running: ChildProcess;
  let client: InstanceType<typeof Client>;

  beforeAll(async () => {
    const build = join(__dirname, '../build.mjs');
    execFileSync(process.execPath, [build, folder]);
    const port = await freePort();
    const file = join(folder, 'image/function.cjs');
    const address = `127.0.0.1:${port}`;
    running = spawn(process.execPath, [
      file,
      '--insecure',
      `--address=${address}`,
    ]);
    client = new Client(address, credentials.createInsecure());
    await new Promise<void>((done, fail) => {
      client.waitForReady(Date.now() + 20_000, error =>
        error ? fail(error) : done(),
      );
    });
  }, 60_000);

  afterAll(async () => {
    running.kill();
    rmSync(folder, { recursive: true });
  });

  function run(request: object): Promise<RunFunctionResponse> {
    return new Promise((done, fail) => {
      client.runFunction(
        RunFunctionRequest.fromPartial(request),
        (error: Error | null, response: RunFunctionResponse) =>
          error ? fail(error) : done(response),
      );
    });
  }

  it('answers with parts, status and a condition', async () => {
    const response = await run({
      observed: {
        composite: storage(),
        resources: {
          bucket: resource({
            status: { conditions: [{ type: 'Ready', status: 'True' }] },
          }),
        },
      },
      requiredResources: { facts: { items: [facts] } },
    });
    const { composite, resources } = response.desired ?? {};
    expect(Object.keys(resources ?? {}).sort()).toEqual(['account', 'bucket']);
    expect(resources?.bucket.ready).toBe(Ready.READY_TRUE);
    expect(resources?.account.ready).toBe(Ready.READY_FALSE);
    expect(resources?.bucket.resource).toMatchObject({
      spec: { forProvider: { versioning: { enabled: false } } },
    });
    expect(composite?.ready).toBe(Ready.READY_FALSE);
    expect(composite?.resource?.status).toEqual({
      bucket: 'my-project-ws-galaxies-2908b2b9',
    });
    expect(response.conditions).toEqual([
      expect.objectContaining({
        type: 'StorageReady',
        status: Status.STATUS_CONDITION_FALSE,
        reason: 'Waiting',
        message: expect.stringContaining('Waiting for the Google service'),
      }),
    ]);
    expect(response.results).toEqual([]);
  });

  it.each([
    ['a name', storage('default'), [facts], "can't be called 'default'"],
    ['missing facts', storage(), [], 'platform-facts'],
  ])('refuses %s with a reason', async (_, composite, items, message) => {
    const response = await run({
      observed: { composite, resources: {} },
      requiredResources: { facts: { items } },
    });
    expect(response.results).toEqual([
      expect.objectContaining({
        severity: Severity.SEVERITY_FATAL,
        message: expect.stringContaining(message),
      }),
    ]);
    expect(response.conditions).toEqual([
      expect.objectContaining({
        reason: 'Failed',
        message: expect.stringContaining(message),
      }),
    ]);
  });

  it('ends when it is told to', async () => {
    const ended = once(running, 'exit');
    client.close();
    running.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
