// An app on Backstage's older frontend system, with the plugin installed as its README says.
import '@backstage/cli/asset-types';
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend -- this is an app, not the plugin
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { AlertDisplay, SignInPage } from '@backstage/core-components';
import { configApiRef, createApiFactory } from '@backstage/core-plugin-api';
import {
  ScmIntegrationsApi,
  scmIntegrationsApiRef,
} from '@backstage/integration-react';
import { CatalogEntityPage, CatalogIndexPage } from '@backstage/plugin-catalog';
import { ScaffolderPage } from '@backstage/plugin-scaffolder';
import { ScaffolderFieldExtensions } from '@backstage/plugin-scaffolder-react';
import ReactDOM from 'react-dom/client';
import { Navigate, Route } from 'react-router-dom';
import { RayPage } from '../src/legacy';
import * as rayFields from '../src/legacy/fieldExtensions';
import { EntityPage } from './EntityPage';
import { Navigation } from './Navigation';

const app = createApp({
  apis: [
    createApiFactory({
      api: scmIntegrationsApiRef,
      deps: { configApi: configApiRef },
      factory: ({ configApi }) => ScmIntegrationsApi.fromConfig(configApi),
    }),
  ],
  components: {
    SignInPage: props => <SignInPage {...props} providers={['guest']} />,
  },
});

const App = app.createRoot(
  <>
    <AlertDisplay transientTimeoutMs={3_000} />
    <AppRouter>
      <Navigation>
        <FlatRoutes>
          <Route path="/" element={<Navigate to="/ray" />} />
          <Route path="/ray" element={<RayPage />} />
          <Route path="/catalog" element={<CatalogIndexPage />} />
          <Route
            path="/catalog/:namespace/:kind/:name"
            element={<CatalogEntityPage />}
          >
            <EntityPage />
          </Route>
          <Route path="/create" element={<ScaffolderPage />}>
            <ScaffolderFieldExtensions>
              {Object.entries(rayFields).map(([name, Field]) => (
                <Field key={name} />
              ))}
            </ScaffolderFieldExtensions>
          </Route>
        </FlatRoutes>
      </Navigation>
    </AppRouter>
  </>,
);

const root = document.getElementById('root');
if (!root) {
  throw new Error('The page has no element with the id root');
}
ReactDOM.createRoot(root).render(<App />);
