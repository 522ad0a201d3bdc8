import { join, relative } from 'node:path';

/** What a start ends with: the address and what to click. */
export function welcome(input: {
  readonly url: string;
  readonly gitUrl: string;
  readonly stateDir: string;
}): string {
  const kubeconfig = relative(
    process.cwd(),
    join(input.stateDir, 'kubeconfig'),
  );
  return `
Ready: ${input.url}

  1. Open it and choose Enter to sign in as guest.
  2. Create -> Create training job -> hello-ray -> Review -> Create.
  3. Merge the pull request that the task links to, and watch the job's page.

  Git host    ${input.gitUrl}/pulls
  Terminal    kubectl --kubeconfig ${kubeconfig} --context workload get rayjobs -A -w
  Stop        Ctrl-C; the next npm start goes on from here
`;
}
