import { generateKeyPairSync } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a test can make Google's servers do wrong. */
export type GoogleFault =
  | { readonly type: 'hang' }
  | { readonly type: 'status'; readonly code: number; readonly body: object };

/**
 * The parts of Google Cloud that give tokens and know clusters, over real HTTP:
 * the metadata server, the token exchange of workload identity federation, and
 * the Container API.
 */
export class FakeGoogle {
  /** `METHOD path` of every request so far. */
  readonly requests: string[] = [];
  /** The token that is given out. */
  accessToken = 'token-1';
  /** Seconds that a token is good for. */
  expiresIn = 3600;
  /** Set to make every request fail. */
  fault: GoogleFault | undefined;
  /** Clusters of the Container API, as it answers them. */
  clusters: readonly object[] = [];
  /** Locations that the Container API could not ask. */
  missingZones: readonly string[] = [];
  /** Subject tokens that were exchanged. */
  readonly subjects: string[] = [];

  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<FakeGoogle> {
    const server = createServer();
    const google = new FakeGoogle(server);
    server.on('request', (request, response) => {
      google.#handle(request, response).catch(error => {
        response.writeHead(500).end(String(error));
      });
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return google;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** A credentials file of workload identity federation, exchanged here. */
  federation(subjectFile: string): object {
    return {
      type: 'external_account',
      audience:
        '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/k',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${this.url}/v1/token`,
      credential_source: { file: subjectFile },
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const path = request.url ?? '';
    this.requests.push(`${request.method} ${path}`);
    const { fault } = this;
    if (fault?.type === 'hang') {
      return;
    }
    if (fault) {
      answer(response, fault.code, fault.body);
      return;
    }
    const token = { expires_in: this.expiresIn, token_type: 'Bearer' };
    if (path.startsWith('/computeMetadata/') && path.includes('/token')) {
      answer(response, 200, { ...token, access_token: this.accessToken });
    } else if (path === '/v1/token') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      this.subjects.push(form.get('subject_token') ?? '');
      answer(response, 200, {
        ...token,
        access_token: this.accessToken,
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      });
    } else if (/\/v1\/projects\/[^/]+\/locations\/[^/]+\/clusters/.test(path)) {
      const known =
        request.headers.authorization === `Bearer ${this.accessToken}`;
      answer(
        response,
        known ? 200 : 401,
        known
          ? { clusters: this.clusters, missingZones: this.missingZones }
          : { error: { code: 401, message: 'Invalid Credentials' } },
      );
    } else {
      answer(response, 404, { error: 'not_found' });
    }
  }
}

/** The text of a service account's key file, with a key that is good for nothing. */
export function serviceAccountKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return JSON.stringify({
    type: 'service_account',
    project_id: 'my-project',
    private_key_id: 'key-1',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: 'portal@my-project.iam.gserviceaccount.com',
  });
}

function answer(response: ServerResponse, code: number, body: object): void {
  response
    .writeHead(code, {
      'content-type': 'application/json',
      'metadata-flavor': 'Google',
    })
    .end(JSON.stringify(body));
}
