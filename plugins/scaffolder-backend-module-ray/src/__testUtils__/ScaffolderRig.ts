import { cp, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { parse } from 'yaml';
import rayScaffolderModule from '..';
import { FakeBuildService } from '@ml-platform/images/testUtils';
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

/**
 * The real scaffolder with this module and this repository's templates, beside
 * a git host and a build service. The catalog knows the workload `hello-ray`.
 */
export class ScaffolderRig {
  private constructor(
    readonly github: FakeGitHub,
    readonly builds: FakeBuildService,
    readonly backend: TestBackend,
  ) {}

  /** @param folder - with `workload/`, the workload's source, and `work/` */
  static async start(folder: string): Promise<ScaffolderRig> {
    const github = await FakeGitHub.start();
    const builds = await FakeBuildService.start();
    const repository = `${github.url}/ml-platform/ml-platform`;
    // Stands for the git host's archives, which the fake does not have.
    const reader = mockServices.urlReader.mock({
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
    const backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        rayScaffolderModule,
        reader.factory,
        catalogServiceMock.factory({
          entities: [workload(repository), ...(await Promise.all(templates))],
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:7007' },
            backend: { workingDirectory: join(folder, 'work') },
            integrations: {
              github: [
                { host: new URL(github.url).host, apiBaseUrl: github.url },
              ],
            },
            ray: {
              clusters: [{ name: 'workload-cluster' }],
              gitops: { repoUrl: repository },
              builder: { url: builds.url, token: builds.token },
            },
          },
        }),
      ],
    });
    return new ScaffolderRig(github, builds, backend);
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.github.stop();
    await this.builds.stop();
  }

  /** Calls the scaffolder as a signed-in user. */
  async call(path: string, body?: object) {
    const response = await fetch(
      `http://localhost:${this.backend.server.port()}/api/scaffolder/v2/${path}`,
      {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: mockCredentials.user.header(),
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
        const events = (await this.call(`tasks/${id}/events`)).body;
        return events.at(-1).body;
      }
      await new Promise(done => setTimeout(done, 200));
    }
  }
}
