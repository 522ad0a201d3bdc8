import {
  AuthenticationError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { portalError } from '../portalError';
import type { PortalServer } from '../PortalServer';
import type { PortalSession } from './PortalSessions';

/*
 * Backstage's side of OAuth, by hand: libraries for it insist that the audience of an
 * ID token is the client, and Backstage gives its own token as one.
 */

const clientSchema = z.object({ client_id: z.string() });
const tokensSchema = z.object({
  access_token: z.string(),
  refresh_token: z.string().optional(),
});
const refusalSchema = z.object({ error_description: z.string() });

export interface AuthRequestOptions {
  readonly server: PortalServer;
  readonly signal?: AbortSignal;
}

/** What tokens are given for. */
export type TokenGrant =
  | {
      readonly grant_type: 'authorization_code';
      readonly code: string;
      readonly redirect_uri: string;
      readonly code_verifier: string;
    }
  | { readonly grant_type: 'refresh_token'; readonly refresh_token: string };

/** Address of a route of Backstage's auth backend. */
export function authUrl({ url }: PortalServer, path: string): string {
  return `${url}/api/auth${path}`;
}

/**
 * The name by which the portal knows command lines.
 * @throws {InputError} when it doesn't let them log in
 */
export async function askClientId({
  server,
  signal,
}: AuthRequestOptions): Promise<string> {
  const path = '/.well-known/oauth-client/cli.json';
  const answer = await server.ask(
    new Request(authUrl(server, path), { signal }),
  );
  if (answer.status === 404) {
    throw new InputError(
      `${server.url} doesn't let command lines log in; set auth.clientIdMetadataDocuments.enabled in its configuration, or ML_PLATFORM_TOKEN here`,
    );
  }
  return (await parse(answer, server, clientSchema)).client_id;
}

/**
 * Gets tokens for a code, or for a token that renews.
 * @throws {AuthenticationError} when the code or the token isn't good any more
 */
export async function askTokens(
  { server, signal }: AuthRequestOptions,
  clientId: string,
  grant: TokenGrant,
): Promise<PortalSession> {
  const answer = await post(server, '/v1/token', grant, signal);
  const tokens = await parse(answer, server, tokensSchema);
  return {
    clientId,
    accessToken: tokens.access_token,
    // Where no other comes, the same is good again.
    refreshToken:
      tokens.refresh_token ??
      ('refresh_token' in grant ? grant.refresh_token : undefined),
  };
}

/** Makes the token worthless that renews a session. */
export async function revokeTokens(
  { server, signal }: AuthRequestOptions,
  { clientId, refreshToken }: PortalSession,
): Promise<void> {
  if (refreshToken !== undefined) {
    const body = { token: refreshToken, client_id: clientId };
    const answer = await post(server, '/v1/revoke', body, signal);
    await answer.body?.cancel();
  }
}

function post(
  server: PortalServer,
  path: string,
  body: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  return server.ask(
    new Request(authUrl(server, path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    }),
  );
}

async function parse<Schema extends z.ZodType>(
  answer: Response,
  { url }: PortalServer,
  schema: Schema,
): Promise<z.output<Schema>> {
  if (answer.status === 400) {
    const refusal = refusalSchema.safeParse(await json(answer));
    throw new AuthenticationError(
      refusal.data?.error_description ?? `${url} didn't take the request`,
    );
  }
  if (!answer.ok) {
    throw await portalError(answer, url);
  }
  const parsed = schema.safeParse(await json(answer));
  if (!parsed.success) {
    throw new ServiceUnavailableError(
      `What answers at ${url} isn't Backstage's auth backend; check the address`,
    );
  }
  return parsed.data;
}

async function json(answer: Response): Promise<unknown> {
  return answer.json().catch(() => undefined);
}
