import { relative } from 'node:path';

const JOURNEY = `\
  2. Create -> Create training job -> hello-ray -> Review -> Create.
  3. Merge the pull request that the task links to, and watch the job's page.`;

const NO_IMAGES = `\
  2. Training jobs lists what is on the cluster. To create jobs from the form,
     start with --registry: a real cluster pulls images.`;

/** What a start ends with: the address and what to click. */
export function welcome(input: {
  readonly url: string;
  readonly gitUrl: string;
  readonly kubeconfig: string;
  /** Whether images can be built. */
  readonly builds: boolean;
}): string {
  const inCheckout = relative(process.cwd(), input.kubeconfig);
  const kubeconfig = inCheckout.startsWith('..')
    ? input.kubeconfig
    : inCheckout;
  return `
Ready: ${input.url}

  1. Open it and choose Enter to sign in as guest.
${input.builds ? JOURNEY : NO_IMAGES}

  Git host    ${input.gitUrl}/pulls
  Clone       git clone ${input.gitUrl}.git
  Terminal    kubectl --kubeconfig ${kubeconfig} --context workload get rayjobs -A -w
  Stop        Ctrl-C; the next npm start continues from here
`;
}
