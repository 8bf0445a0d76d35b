/** Finds elements by their visible words, as the story does. */
export function button(text: string, within = 'body'): HTMLButtonElement | null {
  const all = [...document.querySelectorAll<HTMLButtonElement>(`${within} button`)];
  return all.findLast((one) => one.textContent?.trim() === text && !one.disabled) ?? null;
}

export function castMember(name: string): HTMLButtonElement | null {
  const all = [...document.querySelectorAll<HTMLButtonElement>('.cast button')];
  return all.find((one) => one.querySelector('.cast-name')?.textContent?.startsWith(name)) ?? null;
}

export function field(label: string): HTMLInputElement | HTMLTextAreaElement | null {
  const blocks = [...document.querySelectorAll<HTMLElement>('.modal .field')];
  const block = blocks.find((one) => one.querySelector('.field-label span')?.textContent === label);
  return block?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea') ?? null;
}

export function option(text: string): HTMLElement | null {
  const all = [...document.querySelectorAll<HTMLElement>('.listbox [role=option]')];
  return all.find((one) => one.textContent?.includes(text)) ?? null;
}

export function composer(): HTMLTextAreaElement | null {
  return document.querySelector<HTMLTextAreaElement>('.composer textarea');
}

export function modalTitled(title: string): HTMLElement | null {
  const heading = document.querySelector<HTMLElement>('.modal-head h2');
  return heading?.textContent === title ? heading : null;
}

export function modalSays(words: string): boolean {
  return document.querySelector('.modal-body')?.textContent?.includes(words) ?? false;
}

export function messageWith(text: string): HTMLElement | null {
  return (
    [...document.querySelectorAll<HTMLElement>('.message')].findLast((one) => one.textContent?.includes(text)) ?? null
  );
}
