import { describe, expect, it } from 'vitest';
import { statusInfo } from '../../src/domain/orders/follow.ts';
import { clientStatuses } from '../../src/domain/vocabulary.ts';
import { clientStatusText, placeOnTheWay } from '../../src/views/request/state.ts';

describe('Fleet’s statuses', () => {
  it.each(clientStatuses)('%s has words of its own beside the icon', (status) => {
    const others = clientStatuses.filter((one) => one !== status).map(clientStatusText);

    expect(clientStatusText(status)).toMatch(/^\S+ [A-Z][a-zA-Z ,]{5,}$/u);
    expect(others).not.toContain(clientStatusText(status));
  });

  it('has a place on the way for each, except where Fleet itself does not say, and where it is over', () => {
    const placeless = clientStatuses.filter((status) => placeOnTheWay(status) === '');

    expect(placeless).toEqual(['ARCHIVED', 'FAILED', 'UNKNOWN']);
    expect(placeOnTheWay('SHIPPED')).toBe('Received → Paperwork → Preparing → *On its way* → In use');
  });

  it('shows a status of the future as it comes, escaped and clipped', () => {
    expect(clientStatusText('TELEPORTING')).toBe('❔ TELEPORTING');
    expect(clientStatusText('<!channel>')).toBe('❔ &lt;!channel&gt;');
    expect(clientStatusText('X'.repeat(10_000))).toHaveLength(62);
    expect(clientStatusText(' ')).toBe('❔ No status');
    expect(placeOnTheWay('TELEPORTING')).toBe('');
  });

  it.each([
    ['SIGNING', 'signatory'],
    ['DOC_REQUIRED', 'requester_and_admins'],
    ['PENDING_DECISION', 'requester_and_admins'],
    ['FINANCING_REQUEST', 'requester_and_admins'],
    ['FAILED', 'requester_and_admins'],
    ['SHIPPED', 'requester'],
    ['RECEPTION_TO_CONFIRM', 'requester'],
    ['PROCESSING', 'no_one'],
    ['TELEPORTING', 'no_one'],
  ])('%s is told to: %s', (status, told) => {
    expect(statusInfo(status).notifies).toBe(told);
  });

  it('is over when archived or failed, and only then', () => {
    expect(clientStatuses.filter((status) => statusInfo(status).isOver)).toEqual(['ARCHIVED', 'FAILED']);
  });
});
