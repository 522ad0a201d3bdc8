import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { drainConnections } from './drainConnections';
import { guardHosts } from './hostGuard';
import { measureRequests } from './measureRequests';
import { oidcSignIn } from './oidcSignIn';
import { searchEngineModule } from './searchEngine';
import { startMetrics } from './startMetrics';
import { startTurn } from './startTurn';

const backend = createBackend();

backend.add(startTurn);
backend.add(
  rootHttpRouterServiceFactory({
    configure: options => {
      measureRequests(options);
      guardHosts(options);
      drainConnections(options);
      options.applyDefaults();
    },
  }),
);

backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-proxy-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-google-provider'));
backend.add(oidcSignIn);

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@ml-platform/backstage-plugin-permission-backend-module-ray'),
);

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@backstage/plugin-catalog-backend-module-github'));
backend.add(import('@backstage/plugin-catalog-backend-module-github-org'));
backend.add(import('@ml-platform/backstage-plugin-catalog-backend-module-ray'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
backend.add(
  import('@ml-platform/backstage-plugin-scaffolder-backend-module-ray'),
);

// Webhooks of GitHub tell the Ray backend at once what changed in git.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));

backend.add(import('@ml-platform/backstage-plugin-ray-backend'));
backend.add(import('@ml-platform/backstage-plugin-ray-backend-module-gcs'));
backend.add(
  import('@ml-platform/backstage-plugin-ray-backend-module-cloudbuild'),
);
backend.add(
  import('@ml-platform/backstage-plugin-ray-backend-module-notifications'),
);
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(
  import('@ml-platform/backstage-plugin-kubernetes-backend-module-kubeconfig'),
);

backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(searchEngineModule);
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));
backend.add(import('@ml-platform/backstage-plugin-search-backend-module-ray'));

backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

// Before any plugin starts: what it registers without an exporter is lost.
startMetrics(process.env).then(() => backend.start());
