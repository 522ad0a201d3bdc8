import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';

export const CLIENT = { id: 'portal', secret: 'secret-of-the-test' };

/** People and their groups, as the catalog reads them. */
const ORGANIZATION = `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: everyone }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: ml-engineers }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ada }
spec: { profile: { displayName: Ada, email: ada@example.com }, memberOf: [ml-engineers] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: vera }
spec: { profile: { displayName: Vera, email: vera@example.com }, memberOf: [everyone] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: mallory }
spec: { profile: { displayName: Mallory, email: mallory@example.com }, memberOf: [ml-engineers] }
`;

const FORM = `<!doctype html><title>Sign in</title><form method="post">
<label>Account <input name="account"></label><button>Continue</button></form>`;

/**
 * An OpenID Connect provider that takes everybody's word for who they are, and a file
 * with people for the catalog.
 */
export class IdentityProvider {
  readonly issuer: string;
  readonly #server: Server;

  private constructor(issuer: string, server: Server) {
    this.issuer = issuer;
    this.#server = server;
  }

  /** @param address - of this machine, as browsers and pods reach it */
  static async start(options: {
    readonly address: string;
    readonly port: number;
    readonly redirectUri: string;
  }): Promise<IdentityProvider> {
    const { address, port } = options;
    const issuer = `http://${address}:${port}`;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: [options.redirectUri],
        },
      ],
      claims: {
        openid: ['sub'],
        email: ['email', 'email_verified'],
        profile: ['name'],
      },
      cookies: { keys: ['of-the-test'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, accountId) => ({
        accountId,
        claims: async () => ({
          sub: accountId,
          name: accountId,
          email: `${accountId}@example.com`,
          // Nobody has proved to be mallory.
          email_verified: accountId !== 'mallory',
        }),
      }),
    });
    const callback = provider.callback();
    const server = createServer(async (request, response) => {
      if (request.url === '/org.yaml') {
        response.end(ORGANIZATION);
      } else if (!request.url?.startsWith('/interaction/')) {
        callback(request, response);
      } else if (request.method === 'GET') {
        response.setHeader('content-type', 'text/html');
        response.end(FORM);
      } else {
        const accountId = await accountOf(request);
        const { params } = await provider.interactionDetails(request, response);
        const grant = new provider.Grant({
          accountId,
          clientId: String(params.client_id),
        });
        grant.addOIDCScope(String(params.scope));
        await provider.interactionFinished(request, response, {
          login: { accountId },
          consent: { grantId: await grant.save() },
        });
      }
    });
    server.listen(port, address);
    await once(server, 'listening');
    return new IdentityProvider(issuer, server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

async function accountOf(request: IncomingMessage): Promise<string> {
  return new URLSearchParams(await text(request)).get('account') ?? '';
}
