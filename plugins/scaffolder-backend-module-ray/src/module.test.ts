import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  scaffolderActionsExtensionPoint,
  type TemplateAction,
} from '@backstage/plugin-scaffolder-node';
import rayScaffolderModule from './index';

describe('the scaffolder module', () => {
  it('adds documented actions that can be tried in a dry run', async () => {
    const actions: TemplateAction[] = [];
    await startTestBackend({
      extensionPoints: [
        [
          scaffolderActionsExtensionPoint,
          { addActions: (...added) => actions.push(...added) },
        ],
      ],
      features: [
        rayScaffolderModule,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({ data: {} }),
      ],
    });
    expect(actions.map(({ id }) => id)).toEqual([
      'ray:workload:resolve',
      'ray:image:build',
      'ray:job:render',
      'ray:gitops:pull-request',
      'ray:storage:name',
      'ray:workload:pull-request',
    ]);
    for (const action of actions) {
      expect(action).toMatchObject({
        supportsDryRun: true,
        description: expect.any(String),
        schema: {
          input: { type: 'object' },
          output: { type: 'object' },
        },
      });
      expect(action.examples?.length).toBeGreaterThan(0);
    }
  });
});
