import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { rayRoutes } from '@ml-platform/backstage-plugin-ray-common';
import openapiTypescript, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { CLIENT_TYPES, clientTypes } from '../../dev/clientTypes';
import { openApiDocument } from './openApiDocument';

/** As it is served. */
const document = JSON.parse(JSON.stringify(openApiDocument()));

/** Uses the generated types as somebody's client would. */
const CLIENT = `
import type { components, operations } from './api';

type Query = NonNullable<operations['listJobs']['parameters']['query']>;
export const query: Query = { state: ['running'], limit: 10 };
type Page = operations['listJobs']['responses'][200]['content']['application/json'];
export const names = (page: Page): string[] => page.items.map(({ name }) => name);
export const memory = (job: components['schemas']['JobSummary']): number =>
  job.resources.memory;
export const pullRequest = (
  result: components['schemas']['ActionResult'],
): string | undefined => (result.via === 'git' ? result.pullRequestUrl : undefined);
// @ts-expect-error There is no such state.
export const wrong: Query = { state: ['sleeping'] };
`;

function problems(file: string): string[] {
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Node10,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, ' '),
    );
}

describe('the OpenAPI document', () => {
  it('is valid', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect(await new Validator().validate(document)).toEqual({ valid: true });
  });

  it('has every route under its name, with who may call it', () => {
    const documented = Object.entries<Record<string, Record<string, string>>>(
      document.paths,
    ).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [
        operation.operationId,
        method,
        path,
        operation['x-permission'],
      ]),
    );
    const routes = Object.entries(rayRoutes).map(([id, route]) => [
      id,
      route.method,
      route.path,
      'permission' in route ? route.permission.name : undefined,
    ]);
    expect(documented.sort()).toEqual(routes.sort());
  });

  it('describes bodies by their fields', () => {
    const { schemas } = document.components;
    expect(schemas.JobSummary.properties.state).toEqual({
      $ref: '#/components/schemas/JobState',
    });
    expect(schemas.ScaleRayCluster).toMatchObject({
      required: ['group', 'replicas'],
      properties: { replicas: { type: 'integer', maximum: 10_000 } },
    });
  });

  it('names the data of the events of a stream', () => {
    const { content } = document.paths['/jobs/stream'].get.responses[200];
    expect(content['text/event-stream']['x-events']).toMatchObject({
      snapshot: { $ref: '#/components/schemas/JobList' },
      upsert: { $ref: '#/components/schemas/JobSummary' },
    });
  });

  it('is enough to generate a client from', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ray-client-'));
    const types = astToString(await openapiTypescript(document));
    await writeFile(join(folder, 'api.ts'), types);
    const client = join(folder, 'client.ts');
    await writeFile(client, CLIENT);
    const found = problems(client);
    await rm(folder, { recursive: true });
    expect(found).toEqual([]);
  }, 30_000);

  it("is what the SDK's client has its types from; else run npm run generate", async () => {
    const file = join(__dirname, '../../../..', CLIENT_TYPES);
    expect(await readFile(file, 'utf8')).toBe(await clientTypes());
  });
});
