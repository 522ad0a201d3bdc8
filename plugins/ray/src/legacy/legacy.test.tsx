import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FlatRoutes } from '@backstage/core-app-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { SearchResultListItemExtensions } from '@backstage/plugin-search-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { ENTITY_ANNOTATION_WORKLOAD } from '@ml-platform/rayjob';
import { screen, waitFor } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Route } from 'react-router-dom';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob, aList } from '../__testUtils__/jobs';
import { logApiRef } from '../api/LogApi';
import { savedViewsApiRef, StoredViews } from '../jobs/views/SavedViews';
import { StoredTimeZones, timeZonesApiRef } from '../times/TimeZones';
import {
  EntityLatestRayJobsCard,
  EntityRayJobsContent,
  isRayWorkloadAvailable,
  RayJobSearchResultListItem,
  RayPage,
  rayApiFactory,
  rayApiRef,
  rayPlugin,
} from '.';
import * as fieldExtensions from './fieldExtensions';

const workload = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'hello',
    annotations: { [ENTITY_ANNOTATION_WORKLOAD]: 'hello-ray' },
  },
};
const job = aJob({ name: 'run-a' });
const JOB_PATH = '/training/jobs/workload-cluster/training/run-a';

describe('in a portal on the older frontend system', () => {
  let api: FakeRayApi;
  beforeEach(() => {
    api = new FakeRayApi();
    api.detail = aDetail(job);
  });

  /** Renders an app with the pages at `/training`, and a part elsewhere. */
  function show(path: string, part?: ReactElement) {
    const timeZones = new StoredTimeZones({
      storageApi: mockApis.storage(),
      local: 'Europe/Berlin',
    });
    const result: AuthorizeResult.ALLOW = AuthorizeResult.ALLOW;
    return renderInTestApp(
      <TestApiProvider
        apis={[
          [rayApiRef, api],
          [logApiRef, api.logs],
          [timeZonesApiRef, timeZones],
          [
            savedViewsApiRef,
            new StoredViews({
              storageApi: mockApis.storage(),
              readSetting: async () => undefined,
            }),
          ],
          [permissionApiRef, { authorize: async () => ({ result }) }],
          [toastApiRef, { post: () => ({ close: () => {} }) }],
          [catalogApiRef, catalogApiMock()],
        ]}
      >
        <FlatRoutes>
          <Route path="/training" element={<RayPage />} />
          <Route path="/part" element={part} />
        </FlatRoutes>
      </TestApiProvider>,
      {
        routeEntries: [path],
        mountedRoutes: {
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
      },
    );
  }

  async function send() {
    await waitFor(() => expect(api.jobStreams).toHaveLength(1));
    await api.sendJobs({ event: 'snapshot', data: aList([job]) });
  }

  it('lists the jobs at the path where the portal mounts the page', async () => {
    await show('/training');
    await send();
    expect(screen.getByRole('link', { name: /^run-a/ })).toHaveAttribute(
      'href',
      JOB_PATH,
    );
  });

  it("shows a job's page and its log", async () => {
    await show(`${JOB_PATH}/logs`);
    await send();
    await screen.findByRole('heading', { name: 'run-a', level: 1 });
    await waitFor(() => expect(api.logs.streams).toHaveLength(1));
    expect(
      screen.getByRole('link', { name: 'Back to the list' }),
    ).toHaveAttribute('href', '/training');
    expect(screen.getByRole('tab', { name: 'Logs' })).toHaveAttribute(
      'href',
      `${JOB_PATH}/logs`,
    );
  });

  it('has an item for the results of a search', async () => {
    const document = {
      title: 'run-a',
      text: '',
      location: '/elsewhere',
      cluster: 'workload-cluster',
      namespace: 'training',
      state: 'failed',
    };
    await show(
      '/part',
      <SearchResultListItemExtensions
        results={[
          { type: 'ray-job', document },
          { type: 'other', document: { ...document, title: 'other' } },
        ]}
      >
        <RayJobSearchResultListItem />
      </SearchResultListItemExtensions>,
    );
    expect(await screen.findByRole('link', { name: 'run-a' })).toHaveAttribute(
      'href',
      JOB_PATH,
    );
    expect(screen.getByText('Failed')).toBeVisible();
    expect(screen.getByRole('link', { name: 'other' })).toHaveAttribute(
      'href',
      '/elsewhere',
    );
  });

  it.each([
    ['card', EntityLatestRayJobsCard],
    ['tab', EntityRayJobsContent],
  ])('has a %s for the catalog page of a workload', async (_, Part) => {
    expect(isRayWorkloadAvailable(workload)).toBe(true);
    expect(
      isRayWorkloadAvailable({ ...workload, metadata: { name: 'x' } }),
    ).toBe(false);
    await show(
      '/part',
      <EntityProvider entity={workload}>
        <Part />
      </EntityProvider>,
    );
    await send();
    expect(api.jobStreams[0].request.filter).toEqual({
      workload: ['hello-ray'],
    });
    expect(screen.getByRole('link', { name: /^run-a/ })).toHaveAttribute(
      'href',
      JOB_PATH,
    );
  });

  it('brings its APIs with it', () => {
    const refs = [...rayPlugin.getApis()].map(factory => factory.api.id);
    expect(refs).toEqual([
      rayApiFactory.api.id,
      'plugin.ray.logs',
      'plugin.ray.orders',
      'plugin.ray.clusters',
      savedViewsApiRef.id,
      timeZonesApiRef.id,
      'plugin.ray.list-places',
    ]);
  });

  it('has the form fields that the templates ask for', async () => {
    const templates = join(__dirname, '../../../../templates');
    const asked = ['create-training-job', 'create-workload']
      .map(name => join(templates, name, 'template.yaml'))
      .flatMap(
        file =>
          readFileSync(file, 'utf8').match(/(?<=ui:field: )Ray\w+/g) ?? [],
      );
    const Names = () => {
      const fields = useCustomFieldExtensions(
        <ScaffolderFieldExtensions>
          {Object.entries(fieldExtensions).map(([name, Field]) => (
            <Field key={name} />
          ))}
        </ScaffolderFieldExtensions>,
      );
      return <>{fields.map(({ name }) => name).join(' ')}</>;
    };
    const { container } = await renderInTestApp(<Names />);
    expect(container.textContent?.split(' ').sort()).toEqual(
      [...new Set(asked)].sort(),
    );
  });
});
