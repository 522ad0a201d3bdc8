// A door of its own: who goes to a cluster loads nothing of the portal.
export { PortalPlatform } from './PortalPlatform';
export { portalCredentials } from './auth/portalCredentials';
export { PortalBuilder } from './PortalBuilder';
