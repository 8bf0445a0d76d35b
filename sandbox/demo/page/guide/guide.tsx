import type { ReactNode } from 'react';
import { type FirstSteps, stepNames } from '../../first-steps.ts';
import type { PersonPicture } from '../../picture-types.ts';
import { dmOf, goTo, type Route } from '../route.ts';
import { Icon } from '../shell/icon.tsx';
import type { Story } from '../story/use-story.ts';
import { moveScript } from './move-script.ts';
import { useFarewell } from './use-farewell.ts';
import { finishedHint, moveWords, type Names, stepLabel } from './words.ts';

interface Props {
  readonly firstSteps: FirstSteps;
  readonly people: readonly PersonPicture[];
  readonly route: Route;
  readonly story: Story;
  readonly onDismiss: () => void;
  readonly onPanel: () => void;
}

/** Tells a newcomer what to do next. Each step is a button, checked off by the state of the workspace. */
export function Guide({ firstSteps, people, route, story, onDismiss, onPanel }: Props): ReactNode {
  const { next } = firstSteps;
  const box = useFarewell(next === null && story.running === null, onDismiss);
  const nameOf = (id: string | undefined): string => people.find((one) => one.id === id)?.name.split(' ')[0] ?? '';
  const names: Names = { requester: nameOf(next?.requester), approver: nameOf(next?.approver) };
  const words = next === null ? null : moveWords(next, names, route);
  const act = (): void => {
    if (next === null) onPanel();
    else if (words?.isGoing !== true) story.playStep(moveScript(next, names));
    else if (next.move === 'approve') goTo({ userId: next.approver, channelId: dmOf(next.approver) });
    else goTo({ userId: next.requester });
  };
  const label = words === null ? 'Look behind the scenes' : words.button;
  return (
    <section ref={box} className="guide" aria-label="First steps">
      <Steps firstSteps={firstSteps} names={names} />
      {story.running !== null ? (
        // Ignores the second click of the double click that started it.
        <button
          type="button"
          className="guide-button guide-stop"
          onClick={({ detail }) => (detail > 1 ? undefined : story.stop())}
        >
          Stop
        </button>
      ) : (
        label !== null && (
          <button type="button" className="guide-button" onClick={act}>
            {label}
          </button>
        )
      )}
      <p className="guide-hint" role="status">
        {story.caption === '' ? <Hint text={words?.hint ?? finishedHint} /> : story.caption}
      </p>
      <button type="button" className="icon-button" aria-label="Hide the first steps" onClick={onDismiss}>
        <Icon name="close" />
      </button>
    </section>
  );
}

function Steps({ firstSteps, names }: { firstSteps: FirstSteps; names: Names }): ReactNode {
  const current = stepNames.find((name) => !firstSteps.done[name]);
  return (
    <ol className="guide-steps">
      {stepNames.map((name, index) => (
        <li
          key={name}
          className={firstSteps.done[name] ? 'guide-step guide-done' : 'guide-step'}
          aria-current={name === current ? 'step' : undefined}
        >
          <span className="guide-mark" aria-hidden="true">
            {firstSteps.done[name] ? '✓' : index + 1}
          </span>
          <span className="guide-label">{stepLabel(name, firstSteps, names)}</span>
          {firstSteps.done[name] && <span className="sr-only">, done</span>}
        </li>
      ))}
    </ol>
  );
}

function Hint({ text }: { text: string }): ReactNode {
  return text.split('`').map((part, index) => (index % 2 === 1 ? <kbd key={part}>{part}</kbd> : part));
}
