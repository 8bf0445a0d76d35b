import { type ComponentProps, lazy, type ReactNode, Suspense } from 'react';
import type { Obj } from '../../picture-types.ts';
import { useSeat } from '../context.ts';

// Half a megabyte that most pages never need, so it is loaded, from this machine, with the first block that uses it.
const Message = lazy(async () => ({ default: (await import('slack-blocks-to-jsx')).Message }));

/** Display-only blocks that the library renders as Slack does: rich_text, markdown, video and the like. */
export function RichText({ block }: { block: Obj }): ReactNode {
  const { picture } = useSeat();
  const blocks = [block] as unknown as ComponentProps<typeof Message>['blocks'];
  return (
    <Suspense fallback={<p className="loading">Loading…</p>}>
      <div className="library-block">
        <Message
          blocks={blocks}
          logo=""
          name=""
          withoutWrapper
          unstyled
          data={{
            users: picture.people.map(({ id, name }) => ({ id, name })),
            channels: picture.channels.map(({ id, label }) => ({ id, name: label })),
          }}
        />
      </div>
    </Suspense>
  );
}
