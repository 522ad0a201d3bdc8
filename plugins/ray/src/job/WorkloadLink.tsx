import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useWorkloadEntity } from './useWorkloadEntity';
import { foreignText } from '../foreign/foreignText';

/** The workload's name, linked to its catalog page where it has one. */
export const WorkloadLink = ({ workload }: { readonly workload: string }) => {
  const entity = useWorkloadEntity(workload);
  return entity ? (
    <EntityRefLink entityRef={entity} title={foreignText(workload)} />
  ) : (
    <>{foreignText(workload)}</>
  );
};
