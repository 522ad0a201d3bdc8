import { createBackend } from '@backstage/backend-defaults';
import { mockServices } from '@backstage/backend-test-utils';

/**
 * The plugin alone, for work on it: `yarn start --config <file>`, where the file
 * has the sections `backend`, `kubernetes` and `ray`. Everybody is a user here.
 */
const backend = createBackend();
backend.add(mockServices.auth.factory());
backend.add(mockServices.httpAuth.factory());
backend.add(import('../src'));
backend.start();
