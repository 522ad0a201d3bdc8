import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  parameterProblems,
  type ParameterValues,
} from '@ml-platform/parameters';
import { orderApiRef } from '../api/OrderApi';
import { environmentProblems, type EnvironmentVariable } from './environment';
import { EnvironmentField } from './EnvironmentField';
import { orderOf, type OrderForm } from './order/orderForm';
import { ParametersField } from './order/ParametersField';
import { ClusterField, NamespaceField } from './order/PlaceFields';
import { PreviewField } from './order/PreviewField';
import { GpuTypeField, SizeField } from './order/SizeFields';
import { quantityProblem } from './quantity';
import { QuantityField, type QuantityOptions } from './QuantityField';
import { StorageField } from './StorageField';
import { VersionField } from './VersionField';
import { WorkloadField } from './WorkloadField';

// The form fields by the names that templates use, as both frontend systems take them.
// An empty field has no value, whatever the types of the validators say.

const validateEnvironment: CustomFieldValidator<EnvironmentVariable[]> = (
  value,
  field,
) =>
  environmentProblems(value ?? []).forEach(problem => field.addError(problem));

const validateQuantity: CustomFieldValidator<string, QuantityOptions> = (
  value,
  field,
  { uiSchema },
) => {
  const kind = uiSchema?.['ui:options']?.kind ?? 'cpu';
  const problem = quantityProblem(value ?? '', kind);
  if (problem) {
    field.addError(problem);
  }
};

const validateParameters: CustomFieldValidator<ParameterValues> = async (
  values,
  field,
  { apiHolder, formData },
) => {
  const { workload }: OrderForm = formData;
  const api = apiHolder.get(orderApiRef);
  if (!api || !workload) {
    return;
  }
  const { parameters } = await api.getParameters(workload);
  if (parameters) {
    parameterProblems(parameters, values ?? {}).forEach(({ message }) =>
      field.addError(message),
    );
  }
};

/** Refuses what the backend refuses; the field itself says why. */
const validatePreview: CustomFieldValidator<boolean> = async (
  _,
  field,
  { apiHolder, formData },
) => {
  const order = orderOf(formData);
  try {
    await (order && apiHolder.get(orderApiRef)?.preview(order));
  } catch {
    field.addError("can't be created like this; see the reason on this page");
  }
};

/** `ui:field: RayWorkload`: a reference to a workload's entity. */
export const workload = { name: 'RayWorkload', component: WorkloadField };

/** `ui:field: RayVersion`: a version of the form's workload, or a new one. */
export const version = { name: 'RayVersion', component: VersionField };

/** `ui:field: RayEnvironment`: a list of `{name, value}`. */
export const environment = {
  name: 'RayEnvironment',
  component: EnvironmentField,
  validation: validateEnvironment,
};

/** `ui:field: RayQuantity` with `ui:options: {kind: cpu | memory}`: a quantity. */
export const quantity = {
  name: 'RayQuantity',
  component: QuantityField,
  validation: validateQuantity,
};

/** `ui:field: RayStorage`: the object's own fields, where the portal offers storage. */
export const storage = { name: 'RayStorage', component: StorageField };

/** `ui:field: RayParameters`: values of the parameters of the chosen workload. */
export const parameters = {
  name: 'RayParameters',
  component: ParametersField,
  validation: validateParameters,
};

/** `ui:field: RayCluster`: name of a cluster. */
export const cluster = { name: 'RayCluster', component: ClusterField };

/** `ui:field: RayNamespace`: a namespace of the cluster. */
export const namespace = { name: 'RayNamespace', component: NamespaceField };

/** `ui:field: RaySize`: name of a size, or `custom`. */
export const size = { name: 'RaySize', component: SizeField };

/** `ui:field: RayGpuType`: name of a kind of GPU. */
export const gpuType = { name: 'RayGpuType', component: GpuTypeField };

/** `ui:field: RayPreview`: shows the job, and refuses what the backend refuses. */
export const preview = {
  name: 'RayPreview',
  component: PreviewField,
  validation: validatePreview,
};
