import { NotFoundError } from '@backstage/errors';
import { EventRecorder } from './EventRecorder';
import { countedEvents, eventSeries, type EventForm } from './eventForms';

const NOON = Date.parse('2026-01-31T12:00:00Z');
const MINUTE_MS = 60_000;

describe('an event recorder', () => {
  let now: number;
  let written: object[];
  let forgotten: boolean;

  beforeEach(() => {
    now = NOON;
    written = [];
    forgotten = false;
  });

  const object = (changes: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'p',
      namespace: 'training',
      uid: 'u',
      resourceVersion: '1',
      ...changes,
    },
  });
  const note = {
    type: 'Normal',
    reason: 'Pulled',
    action: 'Pull',
    message: 'Pulled the image',
  } as const;
  const recorder = (form: EventForm) =>
    new EventRecorder({
      form,
      now: () => now,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      api: {
        create: async (_, body) => {
          written.push(body);
          return JSON.parse(JSON.stringify(body));
        },
        patch: async (_, at, patch) => {
          if (forgotten) {
            throw new NotFoundError('no such event');
          }
          written.push({ at, patch });
          return JSON.parse('{}');
        },
      },
    });

  it('counts a repeat on the first event, also of a changed object', async () => {
    const events = recorder(countedEvents('kubelet', 'node-1'));
    events.record(object(), note);
    now += 60 * MINUTE_MS;
    events.record(object({ resourceVersion: '2' }), note);
    await events.flush();
    expect(written).toEqual([
      expect.objectContaining({
        reason: 'Pulled',
        source: { component: 'kubelet', host: 'node-1' },
        count: 1,
        firstTimestamp: '2026-01-31T12:00:00Z',
      }),
      {
        at: expect.objectContaining({ namespace: 'training' }),
        patch: { count: 2, lastTimestamp: '2026-01-31T13:00:00Z' },
      },
    ]);
  });

  it('tells anew what the API server has forgotten', async () => {
    const events = recorder(countedEvents('kubelet'));
    events.record(object(), note);
    await events.flush();
    forgotten = true;
    events.record(object(), note);
    await events.flush();
    expect(written).toEqual([
      expect.objectContaining({ count: 1 }),
      expect.objectContaining({ count: 1 }),
    ]);
  });

  it('makes a series of what repeats within six minutes', async () => {
    const events = recorder(eventSeries('rayjob-controller'));
    events.record(object(), note);
    now += 5 * MINUTE_MS;
    events.record(object(), note);
    now += 7 * MINUTE_MS;
    events.record(object(), note);
    events.record(object({ resourceVersion: '2' }), note);
    await events.flush();
    expect(written).toEqual([
      expect.objectContaining({
        action: 'Pull',
        eventTime: '2026-01-31T12:00:00.000000Z',
        reportingComponent: 'rayjob-controller',
      }),
      expect.objectContaining({
        patch: {
          series: { count: 2, lastObservedTime: '2026-01-31T12:05:00.000000Z' },
        },
      }),
      expect.objectContaining({ eventTime: '2026-01-31T12:12:00.000000Z' }),
      // Never the same time twice.
      expect.objectContaining({ eventTime: '2026-01-31T12:12:00.000001Z' }),
    ]);
  });

  it('keeps the events of objects without a namespace in the default one', async () => {
    const events = recorder(countedEvents('kubelet'));
    events.record(object({ namespace: undefined }), note);
    events.record(object({ namespace: undefined }), note);
    await events.flush();
    expect(written).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({ namespace: 'default' }),
      }),
      expect.objectContaining({
        at: expect.objectContaining({ namespace: 'default' }),
      }),
    ]);
  });
});
