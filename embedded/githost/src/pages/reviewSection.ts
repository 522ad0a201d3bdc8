import { CheckRun, Review } from '../pulls/Reviews';
import { Html, markup } from './html';

const WORDS: Readonly<Record<string, string>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'asks for changes',
  COMMENTED: 'commented',
  DISMISSED: 'was dismissed',
};

/** What people and checks say of a pull request; nothing while nobody says anything. */
export function reviewSection(
  reviews: readonly Review[],
  checks: readonly CheckRun[],
): Html | false {
  if (reviews.length + checks.length === 0) return false;
  return markup`<section class="box" aria-label="Checks and reviews">
    <div class="text"><ul>
      ${checks.map(
        ({ name, status, conclusion }) =>
          markup`<li>Check <strong>${name}</strong>: ${conclusion ?? status}</li>`,
      )}
      ${reviews.map(
        ({ user, state }) =>
          markup`<li>
            <strong>${user?.login ?? 'Somebody'}</strong> ${WORDS[state] ?? state}
          </li>`,
      )}
    </ul></div>
  </section>`;
}
