import { Response } from 'express';
import { FormTokens } from '../access';
import { GitRepository } from '../emulated/GitRepository';
import { PullRequests } from '../pulls/PullRequests';
import { Reviews } from '../pulls/Reviews';
import { Html } from './html';

/** What the routes of the pages share. */
export interface PageContext {
  readonly repository: GitRepository;
  readonly pullRequests: PullRequests;
  readonly reviews: Reviews;
  readonly forms: FormTokens;
  readonly send: (
    res: Response,
    title: string,
    body: Html,
    status?: number,
  ) => void;
}
