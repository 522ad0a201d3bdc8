import type { Router } from 'express';
import { openApiDocument } from './openapi';
import { createRouter, type RouterOptions } from './router';

interface Layer {
  readonly route?: {
    readonly path: string;
    readonly methods: Readonly<Record<string, boolean>>;
  };
}

function isRouterStack(router: Router): router is Router & { stack: Layer[] } {
  return Array.isArray(router.stack);
}

it('describes every route, and nothing else', () => {
  // The handlers are not called, so nothing of the options is used.
  const router = createRouter({} as RouterOptions);
  const routes = (isRouterStack(router) ? router.stack : []).flatMap(
    ({ route }: Layer) =>
      route
        ? Object.keys(route.methods).map(
            method =>
              `${method} ${route.path.replace(/:(\w+)/g, (_, name) => `{${name}}`)}`,
          )
        : [],
  );
  const documented = Object.entries(openApiDocument.paths).flatMap(
    ([path, methods]) =>
      Object.keys(methods).map(method => `${method} ${path}`),
  );
  expect(routes.sort()).toEqual(documented.sort());
  expect(routes.length).toBeGreaterThan(10);
});
