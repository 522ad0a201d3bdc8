import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  JobOptions,
  JobOrderBody,
  JobPreview,
  WorkloadParameters,
} from '@ml-platform/backstage-plugin-ray-common';
import { refusal } from '../streams/refusal';
import { clearly } from './clearError';
import type { OrderApi } from './OrderApi';

const BASE = 'plugin://ray';

/** {@link OrderApi} over HTTP. */
export class OrderClient implements OrderApi {
  readonly #fetchApi: FetchApi;

  constructor(options: { readonly fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  getParameters(workload: string): Promise<WorkloadParameters> {
    const query = new URLSearchParams({ workload });
    return this.#request(`/workloads/parameters?${query}`);
  }

  getOptions(): Promise<JobOptions> {
    return this.#request('/job-options');
  }

  preview(order: JobOrderBody): Promise<JobPreview> {
    return this.#request('/jobs/preview', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
  }

  async #request<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await clearly(
      this.#fetchApi.fetch(`${BASE}${path}`, init),
    );
    if (!response.ok) {
      throw await refusal(response);
    }
    return response.json();
  }
}
