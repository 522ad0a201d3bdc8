/*
 * Libraries that take long to load, so that a command line loads only those
 * that its credentials need. They come by `require`, because Jest can't run
 * `import()` in a CommonJS module; esbuild and Rollup keep both just as lazy.
 */

/** The Kubernetes client library: 14 MB, which a bundle had better keep apart. */
export function clientNode(): typeof import('@kubernetes/client-node') {
  return require('@kubernetes/client-node');
}

/** Google's credentials. */
export function googleAuth(): typeof import('google-auth-library') {
  return require('google-auth-library');
}

/** YAML of any kind. */
export function jsYaml(): typeof import('js-yaml') {
  return require('js-yaml');
}

/** Connections through an HTTP proxy. */
export function proxyAgents(): typeof import('https-proxy-agent') {
  return require('https-proxy-agent');
}

/** Connections through a SOCKS proxy. */
export function socksAgents(): typeof import('socks-proxy-agent') {
  return require('socks-proxy-agent');
}

/** Web sockets. */
export function webSockets(): typeof import('ws') {
  return require('ws');
}
