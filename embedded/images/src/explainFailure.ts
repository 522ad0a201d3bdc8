/** What people can do about the ways in which a download or an install fails. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [
    /ENOSPC|no space left on device|os error 28\b/i,
    'The disk is full: free some space (`npm run reset` clears everything the platform keeps), then start again.',
  ],
  [
    /EACCES|EROFS|permission denied|read-only file system/i,
    "Couldn't write to a folder: make the checkout writable for the user who runs the platform, then start again.",
  ],
  [
    /certificate verify failed|invalid peer certificate|UnknownIssuer|self.signed certificate/i,
    'The certificate of the package index is not trusted: behind a proxy with a certificate of its own, set SSL_CERT_FILE to a file with it, then start again.',
  ],
  [
    /dns error|failed to lookup address|name or service not known|temporary failure in name resolution|nodename nor servname|connection refused|network is unreachable|error sending request|failed to fetch|newconnectionerror|connecttimeout|timed out|connection reset|could not connect|from versions: none/i,
    "Couldn't reach the package index: check the network, and the proxy and index settings of pip or uv (HTTPS_PROXY, PIP_INDEX_URL, UV_DEFAULT_INDEX), then start again.",
  ],
];

/** A sentence with the cause of a failure and what to do, where it is a known one. */
export function explainFailure(output: string): string | undefined {
  return CAUSES.find(([pattern]) => pattern.test(output))?.[1];
}
