import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import type {
  BodyType,
  Described,
  RouteContract,
} from '@ml-platform/backstage-plugin-ray-common';
import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import type { z } from 'zod';
import type { Authorizer } from '../permissions/Authorizer';
import { CallLimit } from './CallLimit';
import { jsonBody } from './jsonBody';
import { parseInput } from './parseInput';

type Part = 'params' | 'query' | 'headers' | 'body';

type Parsed<Route extends RouteContract, Name extends Part> = Route extends {
  readonly [Key in Name]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

/** A request that its contract allows, by a caller who is known. */
export interface ApiRequest<Route extends RouteContract> {
  readonly request: Request;
  readonly caller: BackstageCredentials;
  readonly params: Parsed<Route, 'params'>;
  readonly query: Parsed<Route, 'query'>;
  readonly headers: Parsed<Route, 'headers'>;
  readonly body: Parsed<Route, 'body'>;
}

type AnswerOf<Route extends RouteContract> = {
  [
    Type in keyof Route['answer']['content']
  ]: Route['answer']['content'][Type] extends infer Schema extends z.ZodType
    ? Described<Schema>
    : never;
}[keyof Route['answer']['content']];

/** Turns contracts of routes into routes: checks what comes, sends what is returned. */
export class ApiRouter {
  readonly #router = PromiseRouter();
  readonly #authorizer: Authorizer;

  constructor(options: { readonly authorizer: Authorizer }) {
    this.#authorizer = options.authorizer;
    this.#router.use(jsonBody());
  }

  /** For the HTTP server. */
  get router(): Router {
    return this.#router;
  }

  /** Adds a route whose handler returns the body of the answer. */
  answer<Route extends RouteContract>(
    route: Route,
    handler: (request: ApiRequest<Route>) => Promise<AnswerOf<Route>>,
  ): void {
    const { status, content } = route.answer;
    const [type] = Object.keys(content) as BodyType[];
    this.stream(route, async (request, response) => {
      const body = await handler(request);
      response.status(status).type(type);
      response.send(type === 'application/json' ? JSON.stringify(body) : body);
    });
  }

  /** Adds a route whose handler writes the answer itself. */
  stream<Route extends RouteContract>(
    route: Route,
    handler: (request: ApiRequest<Route>, response: Response) => Promise<void>,
  ): void {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    const limit = route.atOnce
      ? new CallLimit({ most: route.atOnce })
      : undefined;
    this.#router[route.method](path, async (request, response) => {
      const parsed = await this.#parse(route, request);
      limit?.enter(parsed.caller, response);
      await handler(parsed, response);
    });
  }

  async #parse<Route extends RouteContract>(
    route: Route,
    request: Request,
  ): Promise<ApiRequest<Route>> {
    const { permission } = route;
    const caller = await this.#authorizer.caller(request);
    // Whether a job's permission covers a job, the handler asks.
    if (permission && !isResourcePermission(permission)) {
      await this.#authorizer.require(caller, permission);
    }
    const part = <Name extends Part>(name: Name) => {
      const schema: z.ZodType | undefined = route[name];
      return (schema && parseInput(schema, request[name])) as Parsed<
        Route,
        Name
      >;
    };
    return {
      request,
      caller,
      params: part('params'),
      query: part('query'),
      headers: part('headers'),
      body: part('body'),
    };
  }
}
