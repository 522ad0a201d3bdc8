import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useWorkloadEntity } from './useWorkloadEntity';
import { foreignText } from '../foreign/foreignText';

/** The name of a workload, with a link if it is in the catalog. */
export const WorkloadLink = ({ workload }: { readonly workload: string }) => {
  const entity = useWorkloadEntity(workload);
  return entity ? (
    <EntityRefLink entityRef={entity} title={foreignText(workload)} />
  ) : (
    <>{foreignText(workload)}</>
  );
};
