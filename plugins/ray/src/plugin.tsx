import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
  PluginHeaderActionBlueprint,
} from '@backstage/frontend-plugin-api';
import TimelineIcon from '@material-ui/icons/Timeline';
import {
  clusterApiFactory,
  listPlacesApiFactory,
  logApiFactory,
  orderApiFactory,
  rayApiFactory,
  savedViewsApiFactory,
  timeZonesApiFactory,
} from './apiFactories';
import {
  clusterCard,
  entityJobsContent,
  latestJobsCard,
  statisticsCard,
  storageCard,
  versionsCard,
} from './entity/extensions';
import { myJobsWidget } from './home/extensions';
import {
  clusterField,
  environmentField,
  gpuTypeField,
  namespaceField,
  parametersField,
  previewField,
  quantityField,
  sizeField,
  storageField,
  versionField,
  workloadField,
} from './scaffolder/formFields';
import { jobRouteRef, rootRouteRef, templateRouteRef } from './routes';
import { jobSearchResult, jobSearchType } from './search/extensions';

const rayApi = ApiBlueprint.make({
  params: define => define(rayApiFactory),
});

const logApi = ApiBlueprint.make({
  name: 'logs',
  params: define => define(logApiFactory),
});

const orderApi = ApiBlueprint.make({
  name: 'orders',
  params: define => define(orderApiFactory),
});

const clusterApi = ApiBlueprint.make({
  name: 'clusters',
  params: define => define(clusterApiFactory),
});

const timeZones = ApiBlueprint.make({
  name: 'time-zones',
  params: define => define(timeZonesApiFactory),
});

const savedViews = ApiBlueprint.make({
  name: 'saved-views',
  params: define => define(savedViewsApiFactory),
});

const listPlaces = ApiBlueprint.make({
  name: 'list-places',
  params: define => define(listPlacesApiFactory),
});

const rayPage = PageBlueprint.make({
  params: {
    path: '/ray',
    title: 'Training jobs',
    icon: <TimelineIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: async () => {
      const { RayPage } = await import('./RayPage');
      return (
        <main>
          <RayPage />
        </main>
      );
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
    logApi,
    orderApi,
    clusterApi,
    clusterCard,
    timeZones,
    savedViews,
    listPlaces,
    rayPage,
    createJobAction,
    entityJobsContent,
    jobSearchResult,
    jobSearchType,
    latestJobsCard,
    myJobsWidget,
    statisticsCard,
    storageCard,
    environmentField,
    quantityField,
    storageField,
    versionField,
    versionsCard,
    workloadField,
    parametersField,
    clusterField,
    namespaceField,
    sizeField,
    gpuTypeField,
    previewField,
  ],
});
