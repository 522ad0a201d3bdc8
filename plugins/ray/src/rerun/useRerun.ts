import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { JobDetail } from '@ml-platform/backstage-plugin-ray-common';
import {
  ENTITY_ANNOTATION_WORKLOAD,
  readRayJob,
  readYaml,
  runValues,
} from '@ml-platform/rayjob';
import { useNavigate } from 'react-router-dom';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { clearly } from '../api/clearError';
import { orderApiRef } from '../api/OrderApi';
import { rayApiRef } from '../api/RayApi';
import { CREATE_JOB_TEMPLATE } from '../jobs/CreateJobButton';
import { templateRouteRef } from '../routes';
import { formQuery, rerunForm } from './rerunForm';
import { suggestedMemory } from './suggestedMemory';

export interface Rerun {
  /** Opens the form; absent in a portal without it. */
  readonly open?: () => void;
  readonly busy: boolean;
  readonly error?: Error;
}

/** Opens the form for a new job, filled with the values of one that has ended. */
export function useRerun(detail: JobDetail): Rerun {
  const ray = useApi(rayApiRef);
  const orders = useApi(orderApiRef);
  const catalog = useApi(catalogApiRef);
  const navigate = useNavigate();
  const form = useRouteRef(templateRouteRef)?.(CREATE_JOB_TEMPLATE);
  const [{ loading, error }, open] = useAsyncFn(async () => {
    const { cluster, namespace, name } = detail.summary;
    const run = { cluster, namespace, name };
    const [manifest, options] = await Promise.all([
      ray.getManifest(run),
      orders.getOptions(),
    ]);
    const values = runValues(readRayJob(readYaml(manifest)));
    const { items } = await clearly(
      catalog.getEntities({
        filter: {
          [`metadata.annotations.${ENTITY_ANNOTATION_WORKLOAD}`]:
            values.workload ?? name,
        },
        limit: 1,
      }),
    );
    const filled = rerunForm(run, values, options, {
      entityRef: items[0] && stringifyEntityRef(items[0]),
      memory: suggestedMemory(detail, values),
    });
    navigate(`${form}${formQuery(filled)}`);
  }, [ray, orders, catalog, navigate, form, detail]);
  return {
    open: form ? () => void open() : undefined,
    busy: loading,
    error,
  };
}
