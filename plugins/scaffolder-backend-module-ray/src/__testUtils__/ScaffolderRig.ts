import { cp, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { parse } from 'yaml';
import rayScaffolderModule from '..';
import { FakeBuildService, FakeRegistry } from '@ml-platform/images/testUtils';
import { FakeGitHub } from '@ml-platform/gitops/testUtils';

const TEMPLATES = resolve(__dirname, '../../../../templates');
const NAMES = ['create-training-job', 'create-workload'];

/** A template of this repository as the catalog holds it. */
export async function readTemplate(
  name: string,
  origin: string,
): Promise<Entity> {
  const path = `${name}/template.yaml`;
  const entity = parse(await readFile(resolve(TEMPLATES, path), 'utf8'));
  const location = `url:${origin}/ml-platform/ml-platform/blob/main/templates/${path}`;
  entity.metadata.annotations = {
    'backstage.io/managed-by-location': location,
    'backstage.io/source-location': location,
  };
  return entity;
}

/** How many tasks the portal runs at the same time, as it is configured. */
async function readTasks(): Promise<object> {
  const file = resolve(__dirname, '../../../../app-config.yaml');
  const { concurrentTasksLimit } = parse(
    await readFile(file, 'utf8'),
  ).scaffolder;
  return { concurrentTasksLimit };
}

function workload(repository: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'hello-ray',
      namespace: 'default',
      annotations: {
        'backstage.io/source-location': `url:${repository}/tree/main/workloads/hello-ray/`,
      },
    },
    spec: { type: 'training-workload', owner: 'group:default/ml-engineers' },
  };
}

/** A scaffolder that runs. */
interface Running {
  readonly backend: TestBackend;
  /** Lets no query of it end any more, so that no task in it comes further. */
  readonly kill: () => void;
}

/** Starts the portal's scaffolder; it keeps its tasks in the folder. */
async function startBackend(
  folder: string,
  github: FakeGitHub,
  builds: FakeBuildService,
  read: string[],
): Promise<Running> {
  const repository = `${github.url}/ml-platform/ml-platform`;
  // Stands for the git host's archives, which the fake does not have.
  const reader = mockServices.urlReader.mock({
    readUrl: async url => {
      read.push(url);
      const file = join(folder, 'workload', basename(new URL(url).pathname));
      const content = await readFile(file).catch(() => {
        throw new NotFoundError(`There is no ${url}`);
      });
      return { buffer: async () => content };
    },
    readTree: async url => ({
      etag: 'abc',
      files: async () => [],
      archive: jest.fn(),
      dir: async ({ targetDir = folder } = {}) => {
        const [, template] = url.split('/templates/');
        const source = template
          ? resolve(TEMPLATES, template)
          : join(folder, 'workload');
        await cp(source, targetDir, { recursive: true });
        return targetDir;
      },
    }),
  });
  const templates = NAMES.map(name => readTemplate(name, github.url));
  let kill = () => {};
  const killer = createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'killer',
    register(module) {
      module.registerInit({
        deps: { database: coreServices.database },
        async init({ database }) {
          const client = await database.getClient();
          kill = () => {
            client.client.acquireConnection = () => new Promise(() => {});
          };
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      rayScaffolderModule,
      killer,
      reader.factory,
      catalogServiceMock.factory({
        entities: [workload(repository), ...(await Promise.all(templates))],
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:7007' },
          backend: {
            workingDirectory: join(folder, 'work'),
            database: {
              client: 'better-sqlite3',
              connection: { directory: join(folder, 'work') },
            },
          },
          scaffolder: {
            ...(await readTasks()),
            // Its heart beats once a second. With less time, a busy machine runs it twice.
            taskRecovery: { enabled: true, staleTimeout: { seconds: 5 } },
          },
          integrations: {
            github: [
              { host: new URL(github.url).host, apiBaseUrl: github.url },
            ],
          },
          ray: {
            clusters: [{ name: 'workload-cluster' }],
            gitops: { repoUrl: repository },
            builder: {
              url: builds.url,
              token: builds.token,
              registry: builds.registry,
            },
            workloadStorage: { projectId: 'my-project' },
          },
        },
      }),
    ],
  });
  return { backend, kill };
}

/**
 * The real scaffolder with this module and this repository's templates, beside
 * a git host, a build service and a registry. The catalog knows the workload `hello-ray`.
 */
export class ScaffolderRig {
  readonly #folder: string;
  #running: Running;
  /** Address of each file that was read from git. */
  readonly read: string[];

  private constructor(
    folder: string,
    readonly github: FakeGitHub,
    readonly builds: FakeBuildService,
    readonly registry: FakeRegistry,
    running: Running,
    read: string[],
  ) {
    this.read = read;
    this.#folder = folder;
    this.#running = running;
  }

  /** @param folder - with `workload/`, the workload's source, and `work/` */
  static async start(folder: string): Promise<ScaffolderRig> {
    const github = await FakeGitHub.start();
    const builds = await FakeBuildService.start();
    const registry = await FakeRegistry.start();
    builds.registry = registry.host;
    builds.pushesTo = registry;
    const read: string[] = [];
    const running = await startBackend(folder, github, builds, read);
    return new ScaffolderRig(folder, github, builds, registry, running, read);
  }

  /** Ends the scaffolder amid its tasks, and starts it on what it has kept. */
  async restart(): Promise<void> {
    const { backend, kill } = this.#running;
    kill();
    await backend.stop();
    this.#running = await startBackend(
      this.#folder,
      this.github,
      this.builds,
      this.read,
    );
  }

  async stop(): Promise<void> {
    await this.#running.backend.stop();
    await this.github.stop();
    await this.builds.stop();
    await this.registry.stop();
  }

  /** Calls the scaffolder as a signed-in user. */
  async call(path: string, body?: object) {
    const response = await fetch(
      `http://localhost:${this.#running.backend.server.port()}/api/scaffolder/v2/${path}`,
      {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: mockCredentials.user.header(),
          // The server gives up an idle connection, and a busy machine sees that too late.
          connection: 'close',
          'content-type': 'application/json',
        },
        body: body && JSON.stringify(body),
      },
    );
    return { status: response.status, body: await response.json() };
  }

  /** Starts a task, as the form does. */
  create(template: string, values: object) {
    return this.call('tasks', {
      templateRef: `template:default/${template}`,
      values,
    });
  }

  /** Waits for the task's end; its output, or its error. */
  async finish(id: string) {
    for (;;) {
      const { body } = await this.call(`tasks/${id}`);
      if (body.status !== 'open' && body.status !== 'processing') {
        const { body: events } = await this.call(`tasks/${id}/events`);
        // The log of the last step may be written after the task's end.
        return events.findLast(
          (event: { type: string }) => event.type === 'completion',
        ).body;
      }
      await new Promise(done => setTimeout(done, 200));
    }
  }
}
