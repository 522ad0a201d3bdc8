import type { SignedIn } from '../credentials/ClusterAccess';

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

/** The credential in what a cluster's access gives, wherever it comes from. */
export function userCredential({ options }: SignedIn): UserCredential {
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
