import { expect, test } from '@playwright/test';
import { RegistryClient } from '@ml-platform/images';
import { RAYJOBS } from '@ml-platform/rayjob';
import {
  fillForm,
  findInCatalog,
  openForm,
  picture,
  signIn,
  state,
  submitForm,
  taskLinks,
} from '../../support/pages';
import { Admin } from '../support/Admin';
import { GitRepository } from '../support/GitRepository';
import { GIT_NAMESPACE, readTarget } from '../support/target';
import { bringJobsByArgoCd } from './bringJobsByArgoCd';
import { Durations } from './Durations';
import { APPLICATION, readArgoCdTarget, STATE } from './target';

const VERSION = '7.0.0';

interface RayJob {
  readonly spec: {
    readonly rayClusterSpec: {
      readonly headGroupSpec: {
        readonly template: {
          readonly spec: { readonly containers: readonly { image: string }[] };
        };
      };
    };
  };
}

const target = readTarget();
const admin = new Admin(target);
const registry = target.builds?.registry ?? '';
const images = new RegistryClient({
  env: process.env,
  plainHttp: [registry.split('/')[0]],
});

test.beforeAll(async () => {
  const git = await GitRepository.open(STATE);
  await git.write(
    'workloads/hello-ray/Dockerfile',
    [
      `FROM ${registry}/${target.image.split('/').slice(1).join('/')}`,
      'WORKDIR /home/ray/hello-ray',
      'COPY . .',
      'ENV PYTHONUNBUFFERED=1',
      'CMD ["python", "train.py"]',
      '',
    ].join('\n'),
  );
  await git.tellOfPushes(`${readArgoCdTarget().api}/api/webhook`);
  await bringJobsByArgoCd();
});

test('a training job goes from the form to its log, by a pod that builds, Argo CD and Ray', async ({
  page,
}) => {
  const durations = new Durations();

  await test.step('the form asks for the job', async () => {
    await signIn(page);
    await findInCatalog(page, 'component', 'hello-ray');
    await openForm(page, 'hello-ray');
    await page.getByLabel('Version').fill(VERSION);
    await fillForm(page, { Steps: '8' });
    await submitForm(page);
    durations.start();
  });

  const { jobUrl, pullRequestUrl } =
    await test.step('a pod builds the image, and a pull request proposes the job', async () => {
      await page.getByRole('button', { name: 'Show Logs' }).click();
      await expect(
        page.getByText(/Opened pull request #\d+/).first(),
      ).toBeVisible({ timeout: 300_000 });
      const built = page.getByRole('button', { name: /^Build the image \d/ });
      durations.note(`form to pull request (${await built.textContent()})`);
      await picture(page, 'real-task');
      return taskLinks(page);
    });
  const name = jobUrl.split('/').at(-1) ?? '';
  const onCluster = () => admin.get<RayJob>(RAYJOBS, GIT_NAMESPACE, name);

  await test.step('the merge brings it to the cluster by Argo CD', async () => {
    await page.goto(jobUrl);
    await expect(state(page, 'Awaiting merge')).toBeVisible();
    const git = await page.context().newPage();
    await git.goto(pullRequestUrl);
    await git.getByRole('button', { name: /^Merge/ }).click();
    durations.start();
    await expect
      .poll(onCluster, { timeout: 60_000, intervals: [100] })
      .toBeDefined();
    const took = durations.note('merge to RayJob');
    expect(took, 'ms from the merge to the RayJob').toBeLessThan(5_000);
    await git.close();
    await expect(
      page.getByText(new RegExp(`^Synced .*${APPLICATION}`)),
    ).toBeVisible({ timeout: 60_000 });
  });

  await test.step('it runs the image that was built, by its digest', async () => {
    await expect(state(page, 'Running')).toBeVisible({ timeout: 240_000 });
    durations.note('RayJob to running');
    await picture(page, 'real-job');
    const job = await onCluster();
    const ref = `${registry}/hello-ray:${VERSION}`;
    const { containers } = job?.spec.rayClusterSpec.headGroupSpec.template
      .spec ?? { containers: [] };
    expect(containers.map(({ image }) => image)).toEqual([
      `${ref}@${await images.digest(ref)}`,
    ]);
    await expect(images.tags(`${registry}/hello-ray`)).resolves.toContain(
      VERSION,
    );
  });

  await test.step('its log streams and ends', async () => {
    await page.getByRole('tab', { name: 'Logs' }).click();
    const log = page.getByRole('log');
    await expect(log.getByText(/step 2\/8/)).toBeVisible({ timeout: 120_000 });
    durations.note('running to the log of its second step');
    await expect(log.getByText(/step 8\/8/)).toBeVisible({ timeout: 120_000 });
    await expect(state(page, 'Succeeded')).toBeVisible({ timeout: 120_000 });
    await picture(page, 'real-log');
  });

  durations.print();
});
