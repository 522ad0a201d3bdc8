import { TestApiProvider } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { FakeRayApi } from '../__testUtils__/FakeRayApi';
import { rayApiRef } from '../api/RayApi';
import type { EnvironmentVariable } from '../scaffolder/environment';
import { EnvironmentField } from '../scaffolder/EnvironmentField';
import type { OrderForm } from '../scaffolder/order/orderForm';

type FieldProps = FieldExtensionComponentProps<EnvironmentVariable[]>;

const MANIFEST = `
apiVersion: ray.io/v1
kind: RayJob
metadata: { name: run-a, namespace: training }
spec:
  entrypoint: python train.py
  rayClusterSpec:
    headGroupSpec:
      rayStartParams: {}
      template:
        spec:
          containers:
            - name: ray-head
              image: "registry/hello-ray:1.2.0"
              env: [{ name: MODE, value: fast }]
`;
const FORM: OrderForm = { basedOn: 'c/training/run-a', variablesLeftOut: 1 };

describe('the variables of a run that are too long for an address', () => {
  let api: FakeRayApi;

  beforeEach(() => {
    api = new FakeRayApi();
    api.manifest = MANIFEST;
  });

  function show(form: OrderForm) {
    const Form = () => {
      const [formData, setFormData] = useState<EnvironmentVariable[]>([]);
      const props: Partial<FieldProps> = {
        schema: { title: 'Environment' },
        formContext: { formData: form } as FieldProps['formContext'],
        formData,
        onChange: next => next && setFormData(next),
      };
      // The scaffolder passes more properties, but the field doesn't read them.
      return <EnvironmentField {...(props as FieldProps)} />;
    };
    render(
      <TestApiProvider apis={[[rayApiRef, api]]}>
        <Form />
      </TestApiProvider>,
    );
  }

  it('are named as missing, and loaded', async () => {
    show(FORM);
    expect(screen.getByRole('alert')).toHaveTextContent(
      "The variable of run-a didn't fit into the address of this form. Load what is missing, or add it below.",
    );
    await userEvent.click(screen.getByRole('button', { name: 'Load' }));
    expect(
      await screen.findByRole('textbox', { name: 'Value of variable 1' }),
    ).toHaveValue('fast');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('can be loaded again after a failure, which says why', async () => {
    const getManifest = jest.spyOn(api, 'getManifest');
    getManifest.mockRejectedValueOnce(new Error('offline'));
    show({ ...FORM, variablesLeftOut: 2 });
    await userEvent.click(screen.getByRole('button', { name: 'Load' }));
    await waitFor(() =>
      expect(screen.getByRole('alert')).toHaveTextContent(
        "Couldn't load the variables of run-a: offline",
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('textbox', { name: 'Name of variable 1' }),
    ).toHaveValue('MODE');
  });

  it('are not a matter of other forms', () => {
    show({ basedOn: 'c/training/run-a' });
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
