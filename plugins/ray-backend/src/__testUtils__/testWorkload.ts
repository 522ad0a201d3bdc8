import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

/** Section `integrations` of a portal that knows where the workload comes from. */
export const testIntegrations = { github: [{ host: 'github.com' }] };

/** A catalog with the workload `hello-ray`, which has no parameters. */
export const testWorkload = [
  catalogServiceMock.factory({
    entities: [
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'hello-ray',
          namespace: 'default',
          annotations: {
            'backstage.io/source-location':
              'url:https://github.com/o/r/tree/main/hello-ray/',
          },
        },
        spec: { type: 'training-workload' },
      },
    ],
  }),
  mockServices.urlReader.mock({
    readUrl: async url => {
      throw new NotFoundError(`There is no ${url}`);
    },
  }).factory,
];
