import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { JobOptions } from '@ml-platform/backstage-plugin-ray-common';
import { useMemo } from 'react';
import { ChoiceField } from './ChoiceField';
import { CUSTOM_SIZE, formOf } from './orderForm';
import { useJobOptions } from './useJobOptions';

/** What a size stands for, for people: `2 to 10 workers with 8 CPU and 32Gi each`. */
export function describeSize(size: JobOptions['sizes'][number]): string {
  const { workers, maxWorkers = workers, cpu, memory } = size;
  const range = maxWorkers > workers ? `${workers} to ${maxWorkers}` : workers;
  const what = maxWorkers === 1 ? 'worker' : 'workers';
  return workers === 0 && maxWorkers === 0
    ? `the head alone with ${cpu} CPU and ${memory}`
    : `${range} ${what} with ${cpu} CPU and ${memory}${maxWorkers === 1 ? '' : ' each'}`;
}

/** Sizes of the configuration, and one whose amounts the form asks for. */
export const SizeField = (props: FieldExtensionComponentProps<string>) => {
  const { options, problem } = useJobOptions();
  const choices = useMemo(
    () =>
      options && [
        ...options.sizes.map(size => ({
          value: size.name,
          title: size.title,
          detail: describeSize(size),
        })),
        { value: CUSTOM_SIZE, title: 'Custom' },
      ],
    [options],
  );
  return (
    <ChoiceField field={props} choices={choices} problem={problem} empty="" />
  );
};

/** Kinds of GPUs that the cluster has. */
export const GpuTypeField = (props: FieldExtensionComponentProps<string>) => {
  const { options, problem } = useJobOptions();
  const { cluster } = formOf(props);
  const choices = useMemo(() => {
    const found = options?.clusters.find(({ name }) => name === cluster);
    return found?.accelerators.map(({ name, title, pricePerHour }) => ({
      value: name,
      title,
      detail:
        pricePerHour === undefined || !options?.currency
          ? undefined
          : `${pricePerHour} ${options.currency} an hour`,
    }));
  }, [options, cluster]);
  return (
    <ChoiceField
      field={props}
      choices={choices}
      none="No GPU"
      problem={problem}
      empty="This cluster has no GPUs."
    />
  );
};
