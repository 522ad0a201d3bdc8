import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ownerName, ownerRef } from './owner';

/** Who asked for a job, linked where that is a user or group of the catalog. */
export const Owner = ({ owner }: { readonly owner: unknown }) => {
  const ref = ownerRef(owner);
  return ref ? <EntityRefLink entityRef={ref} /> : <>{ownerName(owner)}</>;
};
