import { InputError } from '@backstage/errors';
import { GoogleToken } from '../../credentials/GoogleToken';
import type { ConfigReader } from '../ConfigReader';
import { googleServiceAccount, type GoogleAuth } from '../readClusterAuth';
import { GkeLocator } from './GkeLocator';

const CONTAINER_API = 'https://container.googleapis.com';

/**
 * The entries of type `gke` in `kubernetes.clusterLocatorMethods`.
 *
 * The portal watches without a user, so that clusters whose `authProvider` is
 * `google` are read with the identity of the backend that found them as well.
 *
 * @throws {InputError} for a wrong endpointType
 */
export function readGkeLocators(root: ConfigReader): GkeLocator[] {
  const methods =
    root.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods
    .filter(method => method.getString('type') === 'gke')
    .map(method => {
      const endpointType = method.getOptionalString('endpointType') ?? 'public';
      if (endpointType !== 'public' && endpointType !== 'dns') {
        throw new InputError(
          `kubernetes.clusterLocatorMethods: the endpointType '${endpointType}' of gke is neither public nor dns`,
        );
      }
      const auth: GoogleAuth =
        method.getOptionalString('authProvider') === 'googleServiceAccount'
          ? googleServiceAccount(root)
          : { type: 'google' };
      return new GkeLocator({
        projectId: method.getString('projectId'),
        region: method.getOptionalString('region') ?? '-',
        endpointType,
        skipTLSVerify: method.getOptionalBoolean('skipTLSVerify') ?? false,
        exposeDashboard: method.getOptionalBoolean('exposeDashboard') ?? false,
        matchingResourceLabels: (
          method.getOptionalConfigArray('matchingResourceLabels') ?? []
        ).map(label => ({
          key: label.getString('key'),
          value: label.getString('value'),
        })),
        auth,
        apiEndpoint: (
          root.getOptionalString('ray.gke.apiEndpoint') ?? CONTAINER_API
        ).replace(/\/+$/, ''),
        tokens: new GoogleToken(auth),
      });
    });
}
