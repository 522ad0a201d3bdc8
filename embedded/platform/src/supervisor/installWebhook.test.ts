import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  startTestGitHost,
  TEST_TOKEN,
} from '@ml-platform/embedded-githost/testUtils';
import { until } from '@ml-platform/kube/testUtils';
import { Octokit } from 'octokit';
import { installWebhook } from './installWebhook';

const SECRET = 'a-secret';

describe('installWebhook', () => {
  it('has the Git host send one signed webhook for each push', async () => {
    const received: { event: unknown; isSigned: boolean; name: string }[] = [];
    const server = createServer(async (req: IncomingMessage, res) => {
      const body = await text(req);
      const hmac = createHmac('sha256', SECRET).update(body).digest('hex');
      received.push({
        event: req.headers['x-github-event'],
        isSigned: req.headers['x-hub-signature-256'] === `sha256=${hmac}`,
        name: JSON.parse(body).repository.full_name,
      });
      res.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const git = await startTestGitHost({ 'README.md': '# Hello\n' });
    try {
      const install = () =>
        installWebhook({
          apiUrl: git.host.apiUrl,
          token: TEST_TOKEN,
          repository: 'ml-platform/ml-platform',
          target: `http://127.0.0.1:${port}/hook`,
          secret: SECRET,
        });
      await install();
      await install();
      const octokit = new Octokit({
        auth: TEST_TOKEN,
        baseUrl: git.host.apiUrl,
      });
      await octokit.rest.repos.createOrUpdateFileContents({
        owner: 'ml-platform',
        repo: 'ml-platform',
        path: 'new.txt',
        message: 'Add a file',
        content: Buffer.from('new').toString('base64'),
      });
      // Sent beside the answer, at times after it.
      await until(() => received.length > 0);
      expect(received).toEqual([
        { event: 'push', isSigned: true, name: 'ml-platform/ml-platform' },
      ]);
      received.length = 0;
      const name = { owner: 'ml-platform', repo: 'ml-platform' };
      const { data: main } = await octokit.rest.git.getRef({
        ...name,
        ref: 'heads/main',
      });
      await octokit.rest.checks.create({
        ...name,
        name: 'lint',
        head_sha: main.object.sha,
        status: 'in_progress',
      });
      await until(() => received.length > 0);
      expect(received[0]).toMatchObject({ event: 'check_run', isSigned: true });
    } finally {
      await git.close();
      server.close();
    }
  });
});
