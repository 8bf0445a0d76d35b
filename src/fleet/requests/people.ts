import { z } from 'zod';
import type { FleetUserId } from '../../domain/ids.ts';
import type { PageQuery } from '../fleet.ts';
import { addressList } from '../inferred.ts';
import { readData, readPage } from '../reading.ts';
import { checked, type FleetRequest, SentId, sentPage } from '../request.ts';
import { type Address, Device, FleetUser, type Page, UserAddress } from '../schema.ts';

const ListQuery = z.strictObject(sentPage);
const DevicesQuery = z.strictObject({ ...sentPage, fleetUserId: SentId });

export function listUsers(page: PageQuery): FleetRequest<Page<FleetUser>> {
  const query = checked('listUsers', ListQuery, page);
  return { operation: 'listUsers', method: 'GET', path: '/users', query, read: readPage(FleetUser) };
}

export function getUser(fleetUserId: FleetUserId): FleetRequest<FleetUser> {
  const path = `/users/${checked('getUser', SentId, fleetUserId)}`;
  return { operation: 'getUser', method: 'GET', path, read: readData(FleetUser) };
}

export function listAddresses(page: PageQuery): FleetRequest<Page<Address>> {
  const query = checked('listAddresses', ListQuery, page);
  const read = readPage(addressList.row, addressList);
  return { operation: 'listAddresses', method: 'GET', path: addressList.path, query, read };
}

export function listUserAddresses(page: PageQuery): FleetRequest<Page<UserAddress>> {
  const query = checked('listUserAddresses', ListQuery, page);
  return { operation: 'listUserAddresses', method: 'GET', path: '/user-addresses', query, read: readPage(UserAddress) };
}

export function listDevices(input: PageQuery & { readonly fleetUserId: FleetUserId }): FleetRequest<Page<Device>> {
  const { fleetUserId, ...page } = checked('listDevices', DevicesQuery, input);
  const query = { user_id: fleetUserId, ...page };
  return { operation: 'listDevices', method: 'GET', path: '/devices', query, read: readPage(Device) };
}
