import type { Device } from '../model.ts';
import { pageFields, pageReply } from '../paging.ts';
import { id, object, oneOf, queryId, text } from '../parse.ts';
import { type Reply, reject } from '../rejection.ts';
import type { FleetState } from '../state.ts';
import { deviceStatuses } from '../vocabulary.ts';
import { type Call, pathId, type World } from '../world.ts';

const DevicesQuery = object(
  {},
  { ...pageFields, search: text, user_id: queryId, client_status: oneOf(deviceStatuses) },
);

export function listDevices({ state }: World, call: Call): Reply {
  const query = DevicesQuery(call.query, 'query');
  const words = query.search?.toLowerCase();
  const matches = [...state.devices.values()].filter(
    (device) =>
      (query.user_id === undefined || device.userId === query.user_id) &&
      (query.client_status === undefined || device.clientStatus === query.client_status) &&
      (!words || searchable(state, device).includes(words)),
  );
  return pageReply(matches, query, deviceRow);
}

function searchable(state: FleetState, device: Device): string {
  const user = device.userId === null ? undefined : state.users.get(device.userId);
  const teams = user?.teams.map((team) => team.label) ?? [];
  return [device.name, device.serialNumber, user?.first_name, user?.last_name, ...teams].join(' ').toLowerCase();
}

/** Of the fields of `PatchDeviceBody` only the one that the app sends. */
const DeviceChangeBody = object({}, { user_id: id });

export function updateDevice({ state }: World, call: Call): Reply {
  const body = DeviceChangeBody(call.body, 'body');
  if (body.user_id === undefined) reject(400, 'EMPTY_PATCH_BODY');
  const before = state.devices.get(pathId(call, 'device_id')) ?? reject(404, 'DEVICE_NOT_FOUND');
  if (before.clientStatus === 'ARCHIVED') reject(403, 'DEVICE_MUTATION_FORBIDDEN');
  if (!state.users.has(body.user_id ?? 0)) reject(400, 'INVALID_USER');
  const device: Device = { ...before, userId: body.user_id ?? null };
  state.save('devices', device);
  return { status: 200, body: { data: deviceRow(device) } };
}

const characteristics = [
  ...['screen_size', 'graphic', 'processor', 'ram', 'storage', 'model_year', 'connectivity', 'keyboard_layout'],
  ...['resolution', 'has_microphone', 'has_webcam', 'noise_cancellation', 'compliance', 'connection_type', 'has_stool'],
  ...['has_video_package', 'has_screen', 'has_premium_tablet', 'color', 'seats_number', 'assembly', 'os_platform'],
];

/** The API reference does not show the assignee among the fields. */
function deviceRow(device: Device): Record<string, unknown> {
  return {
    ...{ id: device.id, name: device.name, serial_number: device.serialNumber, rent: device.rent },
    ...{
      tracking_number: null,
      tracking_url: device.trackingUrl ?? null,
      client_status: device.clientStatus,
      type: device.type,
    },
    ...{ category: device.category, source: null, comment: null },
    characteristics: Object.fromEntries(characteristics.map((field) => [field, null])),
    mdm: null,
  };
}
