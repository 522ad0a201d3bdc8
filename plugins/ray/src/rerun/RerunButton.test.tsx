import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { JobOptions } from '@ml-platform/backstage-plugin-ray-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router-dom';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { aDetail, aJob } from '../__testUtils__/jobs';
import { orderApiRef, type OrderApi } from '../api/OrderApi';
import { rayApiRef } from '../api/RayApi';
import { templateRouteRef } from '../routes';
import { RerunButton } from './RerunButton';

const MANIFEST = `
apiVersion: ray.io/v1
kind: RayJob
metadata:
  name: run-a
  namespace: training
  labels:
    app.kubernetes.io/name: hello-ray
    app.kubernetes.io/version: 1.2.0
spec:
  entrypoint: python train.py --steps=20
  rayClusterSpec:
    headGroupSpec:
      rayStartParams: {}
      template:
        spec:
          containers: [{ name: ray-head, image: "registry/hello-ray:1.2.0" }]
`;
const OPTIONS: JobOptions = { clusters: [], sizes: [] };
const WORKLOAD = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'hello-ray',
    namespace: 'default',
    annotations: { 'ml-platform.dev/workload': 'hello-ray' },
  },
  spec: { type: 'training-workload' },
};

/** The form's page: what its address fills it with. */
const Form = () => {
  const { search } = useLocation();
  return <pre>{new URLSearchParams(search).get('formData')}</pre>;
};

function show(orders: Partial<OrderApi>) {
  const api = new FakeRayApi();
  api.manifest = MANIFEST;
  const job = aJob({ name: 'run-a', state: 'failed' });
  renderInTestApp(
    <Routes>
      <Route path="/" element={<RerunButton detail={aDetail(job)} />} />
      <Route path="/form/:namespace/:templateName" element={<Form />} />
    </Routes>,
    {
      mountedRoutes: { '/form/:namespace/:templateName': templateRouteRef },
      apis: [
        [rayApiRef, api],
        [orderApiRef, orders as OrderApi],
        [catalogApiRef, catalogApiMock({ entities: [WORKLOAD] })],
      ],
    },
  );
  return screen.findByRole('button', { name: 'Run again with changes' });
}

describe('RerunButton', () => {
  it('opens the form with the values of the run', async () => {
    await userEvent.click(await show({ getOptions: async () => OPTIONS }));
    const form = JSON.parse(
      (await screen.findByText(/basedOn/)).textContent ?? '',
    );
    expect(form).toMatchObject({
      workload: 'component:default/hello-ray',
      image: 'existing',
      version: '1.2.0',
      cluster: 'workload-cluster',
      namespace: 'training',
      basedOn: 'workload-cluster/training/run-a',
    });
  });

  it('says why the form cannot be opened', async () => {
    const getOptions = async () => {
      throw new Error('No cluster takes jobs. Ask an admin.');
    };
    await userEvent.click(await show({ getOptions }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      "Couldn't open the form: No cluster takes jobs. Ask an admin.",
    );
  });
});
