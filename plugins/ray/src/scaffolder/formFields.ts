import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';

/** `ui:field: RayWorkload`: a reference to a workload's entity. */
export const workloadField = FormFieldBlueprint.make({
  name: 'ray-workload',
  params: {
    field: async () => {
      const { WorkloadField } = await import('./WorkloadField');
      return createFormField({ name: 'RayWorkload', component: WorkloadField });
    },
  },
});

/** `ui:field: RayEnvironment`: a list of `{name, value}`. */
export const environmentField = FormFieldBlueprint.make({
  name: 'ray-environment',
  params: {
    field: async () => {
      const { EnvironmentField } = await import('./EnvironmentField');
      const { environmentProblems } = await import('./environment');
      return createFormField({
        name: 'RayEnvironment',
        component: EnvironmentField,
        validation: (value, field) =>
          environmentProblems(value ?? []).forEach(problem =>
            field.addError(problem),
          ),
      });
    },
  },
});

/** `ui:field: RayQuantity` with `ui:options: {kind: cpu | memory}`: a quantity. */
export const quantityField = FormFieldBlueprint.make({
  name: 'ray-quantity',
  params: {
    field: async () => {
      const { QuantityField } = await import('./QuantityField');
      const { quantityProblem } = await import('./quantity');
      return createFormField({
        name: 'RayQuantity',
        component: QuantityField,
        validation: (value, field, context) => {
          const { kind } = context.uiSchema?.['ui:options'] ?? {};
          const problem = quantityProblem(value ?? '', kind ?? 'cpu');
          if (problem) {
            field.addError(problem);
          }
        },
      });
    },
  },
});
