import type { Entity } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { ENTITY_ANNOTATION_WORKLOAD } from '@ml-platform/rayjob';
import { useEffect, useState } from 'react';

/** The catalog entity of a workload, once it is loaded. */
export function useWorkloadEntity(workload: string): Entity | undefined {
  const catalog = useApi(catalogApiRef);
  const [entity, setEntity] = useState<Entity>();
  useEffect(() => {
    let wanted = true;
    setEntity(undefined);
    catalog
      .getEntities({
        filter: {
          [`metadata.annotations.${ENTITY_ANNOTATION_WORKLOAD}`]: workload,
        },
        limit: 1,
      })
      .then(({ items }) => wanted && setEntity(items[0]))
      // Without the catalog, the name has no link.
      .catch(() => {});
    return () => {
      wanted = false;
    };
  }, [catalog, workload]);
  return entity;
}
