import { keyboardLayouts } from '../vocabulary.ts';
import { type GroupDraft, group } from './group.ts';

const longName =
  `${'Ergonomic height-adjustable conference workstation with integrated cable management '.repeat(2)}XL`.slice(0, 160);

/** Valid products that are hard to display. */
export const nastyGroups: readonly GroupDraft[] = [
  group(13, '<!channel> *Bold* `tick` & <https://evil.test|Approve>', 'razer', 'OTHER', [
    { id: 221, name: '<!here> *Dock* _x_ ~y~ `z` & <@U0ANNA> &amp;', lease: 9.99 },
  ]),
  group(14, longName, 'ubiquiti', 'DESK', [{ id: 231, name: longName, lease: 25 }]),
  group(15, 'שולחן עבודה \u202Eמתכוונן', 'sony', 'DESK', [{ id: 241, name: 'مكتب قابل للتعديل', lease: 12.5 }]),
  group(16, 'Aeron Chair', 'poly', 'CHAIR', [{ id: 251, name: 'Aeron Chair', lease: 21 }]),
  group(17, 'Aeron Chair', 'poly', 'CHAIR', [
    { id: 261, name: 'Aeron Chair', lease: 21 },
    { id: 262, name: 'Aeron Chair', lease: 23 },
  ]),
  group(18, '🖥️ Desk set 👩‍💻 50 % "off"', 'samsung', 'DESK', [{ id: 271, name: '🖥️🪑', lease: 31.1, img: null }]),
  group(19, 'Monitor arm', 'hp', 'SCREEN', [{ id: 281, name: null, lease: 2.05, img: null }]),
  group(20, null, null, 'LAMP', [{ id: 291, name: null, lease: 1.1, img: null, shipping: { min: 0, max: 0 } }]),
  group(21, 'Folio with keys', 'logitech', 'TABLET', [
    { id: 301, name: 'Folio with keys 11"', lease: 6.3, layouts: keyboardLayouts, tellsKeyboard: false },
  ]),
];
