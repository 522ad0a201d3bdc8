import { EventEmitter } from 'node:events';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Response } from 'express';
import { CallLimit } from './CallLimit';

const response = () => new EventEmitter() as EventEmitter & Response;
const ada = mockCredentials.user('user:default/ada');
const eve = mockCredentials.user('user:default/eve');

describe('CallLimit', () => {
  it('refuses what is too much of one caller, and lets others in', () => {
    const limit = new CallLimit({ most: 2 });
    limit.enter(ada, response());
    limit.enter(ada, response());
    expect(() => limit.enter(ada, response())).toThrow(
      expect.objectContaining({
        statusCode: 429,
        message: expect.stringContaining('You have 2 requests'),
      }),
    );
    expect(() => limit.enter(eve, response())).not.toThrow();
  });

  it('lets a caller in again when a response is closed', () => {
    const limit = new CallLimit({ most: 1 });
    const first = response();
    limit.enter(ada, first);
    first.emit('close');
    expect(() => limit.enter(ada, response())).not.toThrow();
    expect(() => limit.enter(ada, response())).toThrow();
  });
});
