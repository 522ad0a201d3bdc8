import type { KubeConfig } from '@kubernetes/client-node';
import type { RequestOptions } from 'node:https';

/** What proves who makes a request, in a form that other clients take. */
export type UserCredential =
  | { readonly type: 'token'; readonly token: string }
  | {
      readonly type: 'clientCertificate';
      /** PEM */
      readonly cert: string;
      /** PEM */
      readonly key: string;
    }
  | { readonly type: 'none' };

const BEARER = 'Bearer ';

/**
 * The credential of a kubeconfig's current user, wherever it comes from: the
 * file itself, files that it names, or a command that it runs.
 */
export async function userCredential(
  kubeConfig: KubeConfig,
): Promise<UserCredential> {
  const options: RequestOptions = { headers: {} };
  await kubeConfig.applyToHTTPSOptions(options);
  const header = new Headers(options.headers as Record<string, string>).get(
    'authorization',
  );
  if (header?.startsWith(BEARER)) {
    return { type: 'token', token: header.slice(BEARER.length) };
  }
  const { cert, key } = options;
  return cert && key
    ? {
        type: 'clientCertificate',
        cert: cert.toString(),
        key: key.toString(),
      }
    : { type: 'none' };
}
