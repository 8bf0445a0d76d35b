import type { Settings } from '../settings/settings.ts';
import type { DeviceRequest } from './request.ts';

/** An order that is older than this is no news, such as when announcements are switched on later. */
const NEWS_FOR_MS = 24 * 60 * 60 * 1000;

/** Whether a request is to be told to the announcement channel now. */
export function isNews(request: DeviceRequest, announcements: Settings['announcements'], now: number): boolean {
  const { state } = request;
  if (announcements === null || state.kind !== 'ordered') return false;
  if (announcements.what.includes('ordered') && now - state.at < NEWS_FOR_MS) return true;
  return announcements.what.includes('shipped') && state.clientStatus === 'SHIPPED';
}
