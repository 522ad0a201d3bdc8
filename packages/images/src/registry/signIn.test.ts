import { signIn } from './signIn';

const answer = async (challenge: string) =>
  signIn({
    registry: 'registry.example.com',
    repository: 'a',
    challenge,
    credential: { username: 'ada', password: 'secret' },
    fetch: async () => Response.json({ access_token: 't' }),
  });

describe('signIn', () => {
  it('takes a token by either of its names', async () => {
    await expect(
      answer('Bearer realm="https://auth.example.com/token",service="s"'),
    ).resolves.toBe('Bearer t');
  });

  it.each(['http://auth.example.com/token', '/token', 'ftp://x/'])(
    'sends no password to %s',
    async realm => {
      await expect(answer(`Bearer realm="${realm}"`)).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining("isn't an https address"),
      });
    },
  );

  it.each(['', 'Bearer', 'Negotiate', 'Bearer error="invalid_token"'])(
    'finds no way in by %j',
    async challenge => {
      await expect(answer(challenge)).resolves.toBeUndefined();
    },
  );
});
