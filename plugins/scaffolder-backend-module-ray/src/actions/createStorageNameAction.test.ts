import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse } from 'yaml';
import { createStorageNameAction } from './createStorageNameAction';
import { examples } from './createStorageNameAction.examples';

async function run(input: { workload: string; namespace?: string }, ray = {}) {
  const action = createStorageNameAction({
    config: mockServices.rootConfig({ data: { ray } }),
  });
  const ctx = createMockActionContext({ input });
  await action.handler(ctx);
  return Object.fromEntries(jest.mocked(ctx.output).mock.calls);
}

const ray = { workloadStorage: { projectId: 'my-project' } };

describe('ray:storage:name', () => {
  it('tells place and bucket of the storage that the pull request adds', async () => {
    await expect(run({ workload: 'hello_ray' }, ray)).resolves.toEqual({
      storage: 'training/hello-ray',
      bucket: expect.stringMatching(
        /^gs:\/\/my-project-ws-hello-ray-[0-9a-f]{8}$/,
      ),
    });
  });

  it.each(examples)('takes the example: $description', async ({ example }) => {
    const [step] = parse(example).steps;
    await expect(run(step.input, ray)).resolves.toHaveProperty('bucket');
  });

  it('refuses names that Google refuses', async () => {
    await expect(run({ workload: 'google-maps' }, ray)).rejects.toThrow(
      'Google refuses',
    );
    await expect(
      run({ workload: 'a', namespace: '../x' }, ray),
    ).rejects.toThrow("can't name a namespace");
  });

  it('says what is missing where the portal offers no storage', async () => {
    await expect(run({ workload: 'a' })).rejects.toThrow(
      'set ray.workloadStorage.projectId',
    );
  });
});
