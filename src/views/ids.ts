/**
 * Every id that Slack sends back to us. They are interface: messages and modals of earlier releases keep sending them, so
 * one that has shipped is never renamed and never means something else.
 */
export const commands = { fleet: '/fleet' } as const;

export const shortcuts = { orderEquipment: 'order_equipment' } as const;

/** `callback_id` of modals. */
export const callbacks = {
  orderEquipment: 'order_equipment',
  yourCart: 'your_cart',
  declineRequest: 'decline_request',
  askForChanges: 'ask_for_changes',
  handOver: 'hand_over',
  chooseApprover: 'choose_approver',
  settings: 'fleet_settings',
  settingsSection: 'settings_section',
  deputy: 'deputy',
  /** Only says something: no submit. */
  notice: 'notice',
} as const;

/** `action_id` of the fields of **Order equipment**; a block's id is its field's name and a turn: `product.3`. */
export const orderFields = {
  deliveryCountry: 'delivery_country',
  category: 'category',
  product: 'product',
  configuration: 'configuration',
  keyboardLayout: 'keyboard_layout',
  quantity: 'quantity',
  assignee: 'assignee',
  shipTo: 'ship_to',
  mode: 'mode',
} as const;

export const cartActions = {
  approver: 'approver',
  note: 'note',
  editRow: 'edit_row',
  removeRow: 'remove_row',
  addDevice: 'add_device',
  showPage: 'show_cart_page',
  completeFound: 'complete_found',
  removeFound: 'remove_found',
  replaceExisting: 'replace_existing',
  leaveExisting: 'leave_existing',
  withdrawAndEdit: 'withdraw_and_edit',
  putBack: 'put_back_in_cart',
} as const;

export const cardActions = {
  approve: 'approve_request',
  decline: 'decline_request',
  askForChanges: 'ask_for_changes',
  handOver: 'hand_over_request',
  withdraw: 'withdraw_request',
  remind: 'remind_approver',
  chooseApprover: 'choose_approver',
  showAllLines: 'show_all_lines',
} as const;

/** Fields of the small modals behind a card's buttons; block and action share the name. */
export const cardFields = { reason: 'reason', wish: 'wish', newApprover: 'new_approver' } as const;

export const deputyActions = { name: 'name_deputy', end: 'end_deputy' } as const;

/** Block and action share the name. */
export const deputyFields = { deputy: 'deputy', lastDay: 'last_day_away' } as const;

export const generalActions = {
  openOrder: 'open_order',
  openCart: 'open_cart',
  shareStatus: 'share_status',
  nextPage: 'next_page',
  previousPage: 'previous_page',
  tryFleetAgain: 'try_fleet_again',
} as const;

export const settingsActions = {
  openSection: 'open_settings_section',
  openAudit: 'open_audit_log',
  auditPage: 'show_audit_page',
  auditAll: 'show_audit_all',
  auditOrders: 'show_audit_orders',
  auditCompany: 'show_audit_company',
  openUnmatched: 'open_people_without_fleet_user',
} as const;

/** Fields of the settings; a block's id is its field's name and the revision it shows: `approvers.12`. */
export const settingsFields = {
  approvers: 'approvers',
  approverGroups: 'approver_groups',
  admins: 'settings_admins',
  selfApproval: 'self_approval_reason',
  countries: 'settings_countries',
  defaultCountry: 'default_country',
  defaultMode: 'default_mode',
  categories: 'settings_categories',
  productGroups: 'settings_product_groups',
  priceLimits: 'price_limits',
  remindAfter: 'remind_after_hours',
  expireAfter: 'expire_after_days',
  workingDays: 'working_days',
  workingFrom: 'working_from',
  workingUntil: 'working_until',
  pollEvery: 'poll_every_minutes',
  channel: 'announcement_channel',
  announced: 'announced',
} as const;
