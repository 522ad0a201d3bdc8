import { portalError } from './portalError';

const URL = 'https://portal.example.com';

describe('portalError', () => {
  it.each([
    [400, 'InputError'],
    [401, 'AuthenticationError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [410, 'NotFoundError'],
    [413, 'InputError'],
    [422, 'InputError'],
    [429, 'ServiceUnavailableError'],
    [500, 'ServiceUnavailableError'],
    [503, 'ServiceUnavailableError'],
  ])("keeps the portal's sentence of %d, as a %s", async (status, name) => {
    const body = {
      error: { name: 'Error', message: 'It is so' },
      request: { method: 'GET', url: '/jobs' },
      response: { statusCode: status },
    };
    const error = await portalError(Response.json(body, { status }), URL);
    expect(error.name).toBe(name);
    expect(error.message).toMatch(/^It is so/);
  });

  it('tells what a proxy says in words, and leaves out its pages', async () => {
    const status = { status: 502, statusText: 'Bad Gateway' };
    const page = new Response('<html>', {
      ...status,
      headers: { 'content-type': 'text/html' },
    });
    const words = new Response('No route\n', {
      ...status,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
    expect((await portalError(page, URL)).message).toBe(
      `${URL} answered 502 Bad Gateway`,
    );
    expect((await portalError(words, URL)).message).toBe(
      `${URL} answered 502 Bad Gateway: No route`,
    );
  });
});
