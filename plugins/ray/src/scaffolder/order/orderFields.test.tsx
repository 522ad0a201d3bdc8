import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type {
  JobOptions,
  JobOrderBody,
  JobPreview,
  WorkloadParameters,
} from '@ml-platform/backstage-plugin-ray-common';
import type { ParameterValues } from '@ml-platform/parameters';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { orderApiRef, type OrderApi } from '../../api/OrderApi';
import { orderOf, type OrderForm } from './orderForm';
import { ParametersField } from './ParametersField';
import { ClusterField, NamespaceField } from './PlaceFields';
import { PreviewField } from './PreviewField';
import { GpuTypeField, SizeField } from './SizeFields';

const OPTIONS: JobOptions = {
  clusters: [
    {
      name: 'a',
      title: 'Cluster A',
      namespaces: ['training', 'research'],
      anyNamespace: false,
      accelerators: [
        {
          name: 'l4',
          title: 'NVIDIA L4',
          resource: 'nvidia.com/gpu',
          pricePerHour: 0.5,
        },
      ],
    },
    {
      name: 'b',
      title: 'Cluster B',
      namespaces: ['lab'],
      anyNamespace: true,
      accelerators: [],
    },
  ],
  sizes: [
    { name: 'small', title: 'Small', workers: 1, cpu: '1', memory: '2Gi' },
    {
      name: 'big',
      title: 'Big',
      workers: 2,
      maxWorkers: 9,
      cpu: '8',
      memory: '32Gi',
    },
  ],
  currency: 'EUR',
};

const PARAMETERS: WorkloadParameters = {
  entityRef: 'component:default/w',
  workload: 'w',
  entrypoint: 'python train.py',
  sourceUrl: 'https://git.example.com/w',
  parameters: {
    type: 'object',
    required: ['data'],
    properties: {
      steps: {
        type: 'integer',
        title: 'Steps',
        description: 'How many.',
        minimum: 1,
        default: 10,
      },
      mode: { type: 'string', title: 'Mode', enum: ['fast', 'exact'] },
      fail: { type: 'boolean', title: 'Fail', default: false },
      data: { type: 'string', title: 'Data' },
    },
  },
};

const PREVIEW: JobPreview = {
  name: 'w-1',
  manifest: 'kind: RayJob\n',
  cost: { text: 'about 1.00 EUR per hour' },
  sourceUrl: 'https://git.example.com/w',
  entityRef: 'component:default/w',
};

/** A form of one field, whose other fields hold `form`. */
function renderField<T>(
  Field: (props: FieldExtensionComponentProps<T>) => JSX.Element,
  setup: {
    readonly title: string;
    readonly value?: T;
    readonly form?: OrderForm;
    readonly api?: Partial<OrderApi>;
  },
) {
  let current: T | undefined = setup.value;
  const api: OrderApi = {
    getOptions: async () => OPTIONS,
    getParameters: async () => PARAMETERS,
    preview: async () => PREVIEW,
    ...setup.api,
  };
  const Form = () => {
    const [value, setValue] = useState(setup.value);
    current = value;
    const props: Partial<FieldExtensionComponentProps<T>> = {
      schema: { title: setup.title },
      uiSchema: {},
      formData: value,
      formContext: { formData: setup.form ?? {} },
      rawErrors: [],
      idSchema: { $id: 'field' } as FieldExtensionComponentProps<T>['idSchema'],
      onChange: next => setValue(() => next),
    };
    // The scaffolder passes more properties, but the fields don't read them.
    return <Field {...(props as FieldExtensionComponentProps<T>)} />;
  };
  renderInTestApp(<Form />, { apis: [[orderApiRef, api]] });
  return () => current;
}

const options = () =>
  screen.getAllByRole('option').map(option => option.textContent);

describe('RayParameters', () => {
  const show = (value: ParameterValues = {}, api: Partial<OrderApi> = {}) =>
    renderField(ParametersField, {
      title: 'Parameters',
      value,
      form: { workload: 'component:default/w' },
      api,
    });

  it("shows a workload's own fields with defaults and help", async () => {
    show();
    const steps = await screen.findByRole('textbox', { name: 'Steps' });
    expect(steps).toHaveValue('10');
    expect(steps).toHaveAccessibleDescription(
      'How many. Default: 10. Option: --steps',
    );
    expect(screen.getByRole('checkbox', { name: 'Fail' })).not.toBeChecked();
    expect(screen.getByRole('textbox', { name: /Data/ })).toBeRequired();
  });

  it('sets what is changed, and nothing that is the default again', async () => {
    const value = show({ data: 'd' });
    const steps = await screen.findByRole('textbox', { name: 'Steps' });
    await userEvent.clear(steps);
    await userEvent.type(steps, '7');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Fail' }));
    await userEvent.click(screen.getByRole('button', { name: /Mode/ }));
    expect(options()).toEqual(['Not set', 'fast', 'exact']);
    await userEvent.click(screen.getByRole('option', { name: 'exact' }));
    expect(value()).toEqual({
      data: 'd',
      steps: '7',
      fail: true,
      mode: 'exact',
    });
    await userEvent.click(screen.getByRole('checkbox', { name: 'Fail' }));
    await userEvent.clear(steps);
    await userEvent.type(steps, '10');
    expect(value()).toEqual({ data: 'd', mode: 'exact' });
  });

  it('says what is wrong with a value', async () => {
    show({ data: 'd', steps: '0' });
    expect(
      await screen.findByText(
        "steps takes a whole number of at least 1, not '0'",
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Steps' })).toBeInvalid();
  });

  it('drops what another workload took', async () => {
    const value = show({ data: 'd', other: '1' });
    await waitFor(() => expect(value()).toEqual({ data: 'd' }));
  });

  it('says when there is nothing to set', async () => {
    show(
      {},
      {
        getParameters: async () => ({ ...PARAMETERS, parameters: undefined }),
      },
    );
    expect(
      await screen.findByText('This workload takes no parameters.'),
    ).toBeInTheDocument();
  });

  it('says why they could not be loaded, and tries again', async () => {
    let broken = true;
    show(
      {},
      {
        getParameters: async () => {
          if (broken) {
            throw new Error('git is down');
          }
          return PARAMETERS;
        },
      },
    );
    expect(await screen.findByText(/git is down/)).toBeInTheDocument();
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('textbox', { name: 'Steps' }),
    ).toBeInTheDocument();
  });
});

describe('RayCluster and RayNamespace', () => {
  it('take the first of the places that the backend offers', async () => {
    const cluster = renderField(ClusterField, { title: 'Cluster' });
    await waitFor(() => expect(cluster()).toBe('a'));
    await userEvent.click(screen.getByRole('button', { name: /Cluster/ }));
    expect(options()).toEqual(['Cluster A', 'Cluster B']);
    await userEvent.click(screen.getByRole('option', { name: 'Cluster B' }));
    expect(cluster()).toBe('b');
  });

  it('offer the namespaces of the cluster', async () => {
    const namespace = renderField(NamespaceField, {
      title: 'Namespace',
      form: { cluster: 'a' },
      value: 'lab',
    });
    await waitFor(() => expect(namespace()).toBe('training'));
  });

  it('take any namespace where all take jobs', async () => {
    const namespace = renderField(NamespaceField, {
      title: 'Namespace',
      form: { cluster: 'b' },
    });
    await waitFor(() => expect(namespace()).toBe('lab'));
    const field = await screen.findByRole('textbox', { name: 'Namespace' });
    await userEvent.clear(field);
    await userEvent.type(field, 'mine');
    expect(namespace()).toBe('mine');
  });

  it('keep the namespace of a form that was filled before', async () => {
    const namespace = renderField(NamespaceField, {
      title: 'Namespace',
      form: { cluster: 'b' },
      value: 'mine',
    });
    const field = await screen.findByRole('textbox', { name: 'Namespace' });
    expect(field).toHaveValue('mine');
    expect(namespace()).toBe('mine');
  });

  it('say why there is no choice', async () => {
    renderField(ClusterField, {
      title: 'Cluster',
      api: {
        getOptions: async () => {
          throw new Error('This needs the permission ray.job.create');
        },
      },
    });
    expect(
      await screen.findByText(/This needs the permission ray.job.create/),
    ).toBeInTheDocument();
  });
});

describe('RaySize and RayGpuType', () => {
  it('say what each size stands for', async () => {
    const size = renderField(SizeField, { title: 'Size' });
    await waitFor(() => expect(size()).toBe('small'));
    await userEvent.click(screen.getByRole('button', { name: /Size/ }));
    expect(options()).toEqual([
      'Small (1 worker with 1 CPU and 2Gi)',
      'Big (2 to 9 workers with 8 CPU and 32Gi each)',
      'Custom',
    ]);
  });

  it('offer the GPUs of the cluster with their prices', async () => {
    const gpu = renderField(GpuTypeField, {
      title: 'GPU',
      form: { cluster: 'a' },
    });
    await userEvent.click(await screen.findByRole('button', { name: /GPU/ }));
    expect(options()).toEqual(['No GPU', 'NVIDIA L4 (0.5 EUR an hour)']);
    await userEvent.click(screen.getByRole('option', { name: /L4/ }));
    expect(gpu()).toBe('l4');
  });

  it('drop a GPU that the cluster does not have', async () => {
    const gpu = renderField(GpuTypeField, {
      title: 'GPU',
      form: { cluster: 'b' },
      value: 'l4',
    });
    await waitFor(() => expect(gpu()).toBeUndefined());
    expect(screen.getByText('This cluster has no GPUs.')).toBeInTheDocument();
  });
});

describe('RayPreview', () => {
  const form: OrderForm = {
    workload: 'component:default/w',
    version: '1.0.0',
    cluster: 'a',
    namespace: 'training',
    size: 'big',
    workers: 3,
    ttl: 300,
    deadline: 3600,
  };

  it('shows the job as the backend renders it, and what it costs', async () => {
    const asked: JobOrderBody[] = [];
    renderField(PreviewField, {
      title: 'The job',
      form,
      api: {
        preview: async order => {
          asked.push(order);
          return PREVIEW;
        },
      },
    });
    expect(
      await screen.findByText('about 1.00 EUR per hour'),
    ).toBeInTheDocument();
    const manifest = screen.getByRole('region', { name: 'Manifest' });
    await waitFor(() => expect(manifest).toHaveTextContent('kind: RayJob'));
    expect(asked).toEqual([
      {
        workload: 'component:default/w',
        version: '1.0.0',
        cluster: 'a',
        namespace: 'training',
        size: 'big',
        ttlSeconds: 300,
        deadlineSeconds: 3600,
      },
    ]);
  });

  it('says why the platform refuses the job', async () => {
    renderField(PreviewField, {
      title: 'The job',
      form,
      api: {
        preview: async () => {
          throw new Error('The namespace training takes no jobs');
        },
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The namespace training takes no jobs',
    );
  });

  it('asks for amounts of its own where the size is custom', () => {
    expect(
      orderOf({ ...form, size: 'custom', cpu: '2', memory: '4Gi', gpu: 2 }),
    ).toMatchObject({ workers: 3, cpu: '2', memory: '4Gi' });
    expect(orderOf({ ...form, gpu: 2 })).not.toHaveProperty('gpu');
    expect(orderOf({ ...form, version: undefined })).toBeUndefined();
  });
});
