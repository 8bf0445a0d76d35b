import { keyboardLayouts } from '../vocabulary.ts';
import { type GroupDraft, group } from './group.ts';

const threeLayouts = ['FRENCH_AZERTY', 'GERMAN_QWERTZ', 'INTERNATIONAL_ENGLISH_QWERTY'] as const;

const chip = (processor: string, ram: string, storage: string) => ({ processor, ram, storage, weight: 1.55 });

/** Ids, names and prices that tests may rely on. */
export const knownGroups: readonly GroupDraft[] = [
  group(1, 'MacBook Pro 14', 'apple', 'COMPUTER', [
    {
      id: 101,
      name: 'MacBook Pro 14 M4 16 GB 512 GB',
      lease: 54.9,
      buy: 1649,
      layouts: keyboardLayouts,
      characteristics: chip('M4', '16 GB', '512 GB'),
    },
    {
      id: 102,
      name: 'MacBook Pro 14 M4 16 GB 1 TB',
      lease: 61.4,
      buy: 1879,
      layouts: keyboardLayouts,
      characteristics: chip('M4', '16 GB', '1 TB'),
    },
    {
      id: 103,
      name: 'MacBook Pro 14 M4 Pro 24 GB 512 GB',
      lease: 69,
      buy: 2199,
      layouts: keyboardLayouts,
      characteristics: chip('M4 Pro', '24 GB', '512 GB'),
    },
    {
      id: 104,
      name: 'MacBook Pro 14 M4 Max 36 GB 1 TB',
      lease: 112.35,
      buy: 3599,
      layouts: keyboardLayouts,
      characteristics: chip('M4 Max', '36 GB', '1 TB'),
    },
  ]),
  group(2, 'MacBook Air 13', 'apple', 'COMPUTER', [
    {
      id: 111,
      name: 'MacBook Air 13 M4 16 GB 256 GB',
      lease: 36.9,
      layouts: threeLayouts,
      characteristics: chip('M4', '16 GB', '256 GB'),
    },
    {
      id: 112,
      name: 'MacBook Air 13 M4 16 GB 512 GB',
      lease: 42.5,
      layouts: threeLayouts,
      img: 'https://img.fleet.test/unreachable.png',
      characteristics: chip('M4', '16 GB', '512 GB'),
    },
    {
      id: 113,
      name: 'MacBook Air 13 M4 24 GB 512 GB',
      lease: 48,
      layouts: threeLayouts,
      img: null,
      characteristics: chip('M4', '24 GB', '512 GB'),
    },
  ]),
  group(3, 'ThinkPad X1 Carbon', 'lenovo', 'COMPUTER', [
    {
      id: 121,
      name: 'ThinkPad X1 Carbon Gen 13',
      lease: 59.9,
      layouts: threeLayouts,
      characteristics: chip('Ultra 7', '32 GB', '1 TB'),
    },
  ]),
  group(4, 'UltraSharp 27', 'dell', 'SCREEN', [
    {
      id: 131,
      name: 'UltraSharp 27 U2724DE',
      lease: 19.9,
      buy: 520,
      characteristics: { screen_size: '27"', definition: 'QHD' },
    },
  ]),
  group(5, 'MX Keys S', 'logitech', 'KEYBOARD', [
    {
      id: 141,
      name: 'MX Keys S for Mac',
      lease: 4.2,
      layouts: ['FRENCH_AZERTY'],
      characteristics: { color: 'Graphite' },
    },
  ]),
  group(6, 'Latitude 5450', 'dell', 'COMPUTER', [
    { id: 151, name: 'Latitude 5450 16 GB', lease: 33.3, layouts: keyboardLayouts, listsLayouts: false, img: null },
  ]),
  group(7, 'iPhone 16', 'apple', 'SMARTPHONE', [
    { id: 161, name: 'iPhone 16 128 GB', lease: 27.9, characteristics: { storage: '128 GB', color: 'Black' } },
    { id: 162, name: 'iPhone 16 256 GB', lease: 30.9, characteristics: { storage: '256 GB', color: 'Teal' } },
  ]),
  group(8, 'Evolve2 65', 'jabra', 'HEADPHONES', [
    {
      id: 171,
      name: 'Evolve2 65 UC',
      lease: 7.15,
      shipping: { min: null, max: null },
      characteristics: { noise_cancellation: true },
    },
  ]),
  group(9, 'Mac Studio', 'apple', 'COMPUTER', [
    {
      id: 181,
      name: 'Mac Studio M3 Ultra',
      lease: 1234.005,
      shipping: { min: 10, max: null },
      characteristics: chip('M3 Ultra', '512 GB', '16 TB'),
    },
  ]),
  group(10, 'Surface Laptop 7', 'microsoft', 'COMPUTER', [
    { id: 191, name: 'Surface Laptop 7 13.8', lease: 44.44, layouts: threeLayouts, countries: ['FR', 'DE'] },
  ]),
  group(11, 'Chromebook Plus 514', 'acer-chromebook', 'COMPUTER', [
    { id: 201, name: 'Chromebook Plus 514 (no price)', lease: 0, prices: {}, layouts: threeLayouts },
  ]),
  group(12, 'MX Master 3S', 'logitech', 'MOUSE', [{ id: 211, name: 'MX Master 3S', lease: 3 }]),
];
