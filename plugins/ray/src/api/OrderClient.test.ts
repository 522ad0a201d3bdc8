import { OrderClient } from './OrderClient';

describe('OrderClient', () => {
  it('says why a job is refused, in the words of the portal', async () => {
    const error = { name: 'InputError', message: '30 CPU is the most in all' };
    const client = new OrderClient({
      fetchApi: {
        fetch: async () =>
          Response.json(
            { error, response: { statusCode: 400 } },
            { status: 400 },
          ),
      },
    });
    const order = {
      workload: 'component:default/hello-ray',
      version: '1.0.0',
      cluster: 'c',
      namespace: 'training',
    };
    await expect(client.preview(order)).rejects.toMatchObject(error);
  });
});
