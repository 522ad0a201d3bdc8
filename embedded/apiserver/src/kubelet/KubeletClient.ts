import http, { IncomingMessage } from 'node:http';
import { badRequest, internalError } from '../errors/statusErrors';
import { ObjectStore } from '../store/ObjectStore';
import { kubeletAddress } from './kubeletAddress';

/** Asks the kubelets of the nodes, with the token that they know. */
export class KubeletClient {
  readonly #store: ObjectStore;
  readonly #token: string;

  constructor(options: {
    readonly store: ObjectStore;
    readonly token: string;
  }) {
    this.#store = options.store;
    this.#token = options.token;
  }

  /**
   * The answer of a node's kubelet, as a stream.
   *
   * @throws {StatusError} when there is no such node, or it refuses
   */
  async get(
    nodeName: string,
    path: readonly string[],
    query = new URLSearchParams(),
  ): Promise<IncomingMessage> {
    const address = kubeletAddress(this.#store, nodeName);
    const url = `${address}/${path.map(encodeURIComponent).join('/')}?${query}`;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      http
        .get(url, {
          agent: false,
          headers: { authorization: `Bearer ${this.#token}` },
        })
        .once('response', resolve)
        .once('error', error =>
          reject(internalError(`Get "${url}": ${error.message}`)),
        );
    });
    if (answer.statusCode === 200) {
      return answer;
    }
    const text = (await readAll(answer)).trim();
    throw answer.statusCode === 400
      ? badRequest(text)
      : internalError(`the kubelet answered ${answer.statusCode}: ${text}`);
  }

  /** The same for an answer in JSON. */
  async getJson(nodeName: string, path: readonly string[]): Promise<unknown> {
    return JSON.parse(await readAll(await this.get(nodeName, path)));
  }
}

async function readAll(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
