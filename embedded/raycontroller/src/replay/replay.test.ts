import { startTestApiServer } from '@ml-platform/embedded-apiserver/testUtils';
import { changesOf, recording, scenarios } from '../__testUtils__/recordings';
import { replay } from '../__testUtils__/replay';
import { eventLines, recordedTransitions } from '../__testUtils__/scripts';

jest.setTimeout(60_000);

describe('what KubeRay did, done again', () => {
  let server: Awaited<ReturnType<typeof startTestApiServer>>;

  beforeAll(async () => {
    server = await startTestApiServer();
  });
  afterAll(() => server.close());

  it.each(scenarios)('%s: same states, reasons and events', async scenario => {
    const recorded = recording(scenario);
    const made = await replay({
      kubeConfig: server.kubeConfig,
      recording: recorded,
    });
    expect(made.states).toEqual(recordedTransitions(recorded));
    const events = changesOf(recorded, 'Event').map(({ object }) => object);
    for (const controller of ['rayjob-controller', 'raycluster-controller']) {
      expect(eventLines(made.events, controller)).toEqual(
        eventLines(events, controller),
      );
    }
    expect(made.stopped).toHaveLength(scenario === 'deleted' ? 1 : 0);
  });
});
