import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { PortalTemplates } from './PortalTemplates';

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

const FORM = {
  title: 'Create workload',
  steps: [
    {
      title: 'Workload',
      schema: {
        properties: {
          name: { type: 'string' },
          owner: { type: 'string', default: 'group:default/team' },
        },
      },
    },
    { title: 'Nothing', schema: {} },
  ],
};
const INVALID = {
  errors: [
    {
      path: ['name'],
      property: 'instance.name',
      message: 'does not match pattern "^[a-z]"',
      schema: { errorMessage: { pattern: 'Start with a letter' } },
      name: 'pattern',
    },
    {
      path: [],
      property: 'instance',
      message: 'requires property "title"',
      schema: 1,
      name: 'required',
    },
  ],
};

describe('PortalTemplates', () => {
  let answer: (request: IncomingMessage) => Answer | Promise<Answer>;
  let templates: PortalTemplates;
  let url: string;
  const portal = createServer(async (request, response) => {
    const { status = 200, body } = await answer(request);
    response.statusCode = status;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  });

  beforeAll(async () => {
    portal.listen(0, '127.0.0.1');
    await once(portal, 'listening');
    url = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
    templates = new PortalTemplates({
      url,
      environment: {},
      credentials: { token: async () => 'token' },
    });
  });

  afterAll(() => {
    templates.close();
    portal.close();
  });

  it("starts a task with the form's defaults", async () => {
    const asked: unknown[] = [];
    answer = async request => {
      const { method, headers } = request;
      const body = method === 'POST' ? await json(request) : undefined;
      asked.push([method, request.url, headers.authorization, body]);
      return { body: method === 'POST' ? { id: 't-1' } : FORM };
    };
    await expect(
      templates.start('create-workload', { name: 'galaxies' }),
    ).resolves.toEqual({ id: 't-1', url: `${url}/create/tasks/t-1` });
    const { pathname } = new URL(
      `${url}/api/scaffolder/v2/templates/default/template/create-workload/parameter-schema`,
    );
    expect(asked).toEqual([
      ['GET', pathname, 'Bearer token', undefined],
      [
        'POST',
        '/api/scaffolder/v2/tasks',
        'Bearer token',
        {
          templateRef: 'template:default/create-workload',
          values: { owner: 'group:default/team', name: 'galaxies' },
        },
      ],
    ]);
  });

  it('names each wrong value in the words of the template', async () => {
    answer = ({ method }) =>
      method === 'POST' ? { status: 400, body: INVALID } : { body: FORM };
    await expect(
      templates.start('create-workload', { name: '1' }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: 'name: Start with a letter; requires property "title"',
    });
  });

  it('follows a task over a portal that restarts, with no line twice', async () => {
    const events = (...items: object[]) => ({ body: items });
    const answers: Answer[] = [
      events({ id: 1, type: 'log', body: { message: 'one\ntwo' } }),
      { status: 503, body: {} },
      events(
        { id: 2, type: 'log', body: { message: 'three' } },
        {
          id: 3,
          type: 'completion',
          body: {
            output: {
              links: [
                { title: 'Pull request', url: 'https://git/1' },
                { title: 'Nowhere' },
              ],
            },
          },
        },
      ),
    ];
    const after: (string | null)[] = [];
    answer = request => {
      after.push(new URL(request.url ?? '', url).searchParams.get('after'));
      return answers.shift() ?? { status: 500, body: {} };
    };
    const lines: string[] = [];
    const task = { id: 't-1', url: `${url}/create/tasks/t-1` };
    await expect(
      templates.follow(task, { onLine: line => lines.push(line) }),
    ).resolves.toEqual([{ title: 'Pull request', url: 'https://git/1' }]);
    expect(lines).toEqual(['one', 'two', 'three']);
    expect(after).toEqual(['-1', '1', '1']);
  });

  it('says why a task failed, and where to look', async () => {
    const completion = {
      id: 1,
      type: 'completion',
      body: { message: 'Run completed', error: { message: 'No such folder' } },
    };
    answer = () => ({ body: [completion] });
    const task = { id: 't-1', url: `${url}/create/tasks/t-1` };
    await expect(templates.follow(task)).rejects.toMatchObject({
      name: 'TemplateFailedError',
      message: `No such folder; see ${task.url}`,
    });
  });

  it('ends where it is told to', async () => {
    answer = () => ({ body: [] });
    const stop = new AbortController();
    const following = templates.follow(
      { id: 't-1', url },
      { signal: stop.signal },
    );
    setTimeout(() => stop.abort(), 50);
    await expect(following).rejects.toMatchObject({ name: 'AbortError' });
  });
});
