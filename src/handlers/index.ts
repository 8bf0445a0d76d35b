import type { App } from '@slack/bolt';
import type { HandlerDeps } from './deps.ts';
import { registerAdmin } from './register-admin.ts';
import { registerCard } from './register-card.ts';
import { registerCart } from './register-cart.ts';
import { registerDeputy } from './register-deputy.ts';
import { registerEvents } from './register-events.ts';
import { registerOrderEquipment } from './register-order-equipment.ts';
import { registerStatus } from './register-status.ts';
import { answerUnknown } from './unknown.ts';

/** The whole Slack surface of the app: what is not named below is not listened to. */
export function registerHandlers(app: App, deps: HandlerDeps): void {
  app.use(answerUnknown(deps));
  registerOrderEquipment(app, deps);
  registerCart(app, deps);
  registerCard(app, deps);
  registerDeputy(app, deps);
  registerStatus(app, deps);
  registerAdmin(app, deps);
  registerEvents(app, deps);
}
