import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, test } from '@playwright/test';

/** A program that knows the portal's tools and nothing else. */
async function connectAgent(portal: string): Promise<Client> {
  const answer = await fetch(`${portal}/api/auth/guest/refresh`);
  const { backstageIdentity } = (await answer.json()) as {
    backstageIdentity: { token: string };
  };
  const agent = new Client({ name: 'agent', version: '1.0.0' });
  const url = new URL('/api/mcp-actions/v1', portal);
  const headers = { authorization: `Bearer ${backstageIdentity.token}` };
  await agent.connect(
    new StreamableHTTPClientTransport(url, { requestInit: { headers } }),
  );
  return agent;
}

test('an agent proposes a job and a workload by the same templates', async () => {
  const { baseURL = '' } = test.info().project.use;
  const agent = await connectAgent(baseURL);

  async function call(name: string, input: Record<string, unknown>) {
    const result = await agent.callTool({ name, arguments: input });
    expect(result.isError, JSON.stringify(result.content)).toBeFalsy();
    return result.structuredContent as Record<string, unknown>;
  }

  /** Runs a template to its end, and returns what its task said. */
  async function runTemplate(
    template: string,
    values: Record<string, unknown>,
  ): Promise<string> {
    const templateRef = `template:default/${template}`;
    const { taskId } = await call('scaffolder.execute-template', {
      templateRef,
      values,
    });
    let said = '';
    await expect(async () => {
      const { events } = (await call('scaffolder.get-scaffolder-task-logs', {
        taskId,
      })) as { events: { type: string; body: { message: string } }[] };
      said = events.map(({ body }) => body.message).join('\n');
      expect(events.map(({ type }) => type)).toContain('completion');
    }).toPass({ timeout: 180_000 });
    return said;
  }

  const workload = 'component:default/hello-ray';
  const place = { cluster: 'workload-cluster', namespace: 'training' };
  const job = { workload, version: '3.0.0', parameters: { steps: 7 } };

  await test.step('it sees what a job would be', async () => {
    const options = await call('ray.get-training-job-options', {});
    expect(JSON.stringify(options)).toContain(place.cluster);
    const preview = await call('ray.preview-training-job', {
      ...job,
      ...place,
      size: 'small',
    });
    expect(JSON.stringify(preview)).toContain('python train.py --steps=7');
  });

  await test.step('it builds an image and proposes the job', async () => {
    const said = await runTemplate('create-training-job', {
      ...job,
      ...place,
      image: 'build',
      size: 'small',
      environment: [],
      ttl: 300,
      deadline: 3_600,
    });
    expect(said).toMatch(/Opened pull request #\d+/);
    const { items } = (await call('ray.list-training-jobs', {
      state: 'awaiting-merge',
    })) as { items: { version?: string }[] };
    expect(items.map(({ version }) => version)).toContain('3.0.0');
  });

  await test.step('it proposes a workload', async () => {
    const said = await runTemplate('create-workload', {
      name: 'asked-by-agent',
      title: 'Asked by an agent',
      description: 'Shows that agents can propose workloads.',
      owner: 'group:default/ml-engineers',
    });
    expect(said).toMatch(/Opened pull request #\d+/);
  });
  await agent.close();
});
