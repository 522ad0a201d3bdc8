import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ownerName, ownerRef } from './ownerRef';

/** Who requested a job, with a link if that is a user or group. */
export const Owner = ({ owner }: { readonly owner: unknown }) => {
  const ref = ownerRef(owner);
  return ref ? <EntityRefLink entityRef={ref} /> : <>{ownerName(owner)}</>;
};
