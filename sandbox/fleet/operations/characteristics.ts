import type { Product } from '../model.ts';

/** Every field of the product's `characteristics`: all are present, null where the product has no value. */
const fields = [
  ...['screen_size', 'processor', 'ram', 'storage', 'connectivity', 'graphic', 'weight', 'quality'],
  ...['noise_cancellation', 'has_microphone', 'connection_type', 'compliance', 'refresh_rate', 'response_time'],
  ...['screen_stand', 'definition', 'equipment_sub_type', 'battery_life', 'optimized_to', 'power', 'has_stool'],
  ...['has_video_package', 'has_screen', 'has_premium_tablet', 'color', 'seats_number', 'assembly', 'dimensions'],
  ...['height', 'has_power_plug', 'has_adjustable_height', 'has_cable_management', 'has_wheels', 'armrest'],
];

export function characteristicsOf(product: Product): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, product.characteristics[field] ?? null]));
}
