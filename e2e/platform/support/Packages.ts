import { expect } from '@playwright/test';
import type { Kubectl } from './Kubectl';

interface Package {
  readonly metadata: { readonly name: string };
}

/** Crossplane's packages, which come from a registry that the tests don't reach. */
export class Packages {
  readonly #management: Kubectl;

  constructor(management: Kubectl) {
    this.#management = management;
  }

  /** Waits for the packages, and says of them what Crossplane says once they run. */
  async beReady(kind: string, count: number): Promise<void> {
    const all = async () =>
      (await this.#management.get<{ items: readonly Package[] }>(kind))
        ?.items ?? [];
    await expect
      .poll(async () => (await all()).length, {
        timeout: 90_000,
        message: kind,
      })
      .toBe(count);
    const conditions = ['Installed', 'Healthy'].map(type => ({
      type,
      status: 'True',
      reason: 'Tested',
      lastTransitionTime: new Date().toISOString(),
    }));
    for (const { metadata } of await all()) {
      await this.#management.run([
        ...['patch', kind, metadata.name, '--subresource', 'status'],
        ...[
          '--type',
          'merge',
          '-p',
          JSON.stringify({ status: { conditions } }),
        ],
      ]);
    }
  }
}
