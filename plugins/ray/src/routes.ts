import {
  createExternalRouteRef,
  createRouteRef,
  createSubRouteRef,
} from '@backstage/frontend-plugin-api';

/** The list of training jobs. */
export const rootRouteRef = createRouteRef();

/** Page of one training job; its tabs are paths below it. */
export const jobRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/jobs/:cluster/:namespace/:name',
});

/** The form of a template, where a job is asked for. */
export const templateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});
