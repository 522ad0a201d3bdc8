import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
  PluginHeaderActionBlueprint,
  storageApiRef,
} from '@backstage/frontend-plugin-api';
import TimelineIcon from '@material-ui/icons/Timeline';
import { rayApiRef } from './api/RayApi';
import { RayClient } from './api/RayClient';
import { entityJobsContent, latestJobsCard } from './entity/extensions';
import {
  environmentField,
  quantityField,
  workloadField,
} from './scaffolder/formFields';
import { jobRouteRef, rootRouteRef, templateRouteRef } from './routes';
import { StoredTimeZones, timeZonesApiRef } from './times/TimeZones';

const rayApi = ApiBlueprint.make({
  params: define =>
    define({
      api: rayApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new RayClient({ fetchApi }),
    }),
});

const timeZones = ApiBlueprint.make({
  name: 'time-zones',
  params: define =>
    define({
      api: timeZonesApiRef,
      deps: { storageApi: storageApiRef },
      factory: ({ storageApi }) =>
        new StoredTimeZones({
          storageApi,
          local: new Intl.DateTimeFormat().resolvedOptions().timeZone,
        }),
    }),
});

const rayPage = PageBlueprint.make({
  params: {
    path: '/ray',
    title: 'Training jobs',
    icon: <TimelineIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: async () => {
      const { RayPage } = await import('./RayPage');
      return <RayPage />;
    },
  },
});

const createJobAction = PluginHeaderActionBlueprint.make({
  params: define =>
    define({
      loader: async () => {
        const { CreateJobButton } = await import('./jobs/CreateJobButton');
        return <CreateJobButton />;
      },
    }),
});

export const rayPlugin = createFrontendPlugin({
  pluginId: 'ray',
  title: 'Training jobs',
  icon: <TimelineIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, job: jobRouteRef },
  externalRoutes: { template: templateRouteRef },
  extensions: [
    rayApi,
    timeZones,
    rayPage,
    createJobAction,
    entityJobsContent,
    latestJobsCard,
    environmentField,
    quantityField,
    workloadField,
  ],
});
