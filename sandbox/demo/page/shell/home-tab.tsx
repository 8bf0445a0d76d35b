import { type ReactNode, useEffect } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { usePerform, useSeat } from '../context.ts';

/** The app's Home tab: opening it notifies the app, which publishes the view. */
export function HomeTab(): ReactNode {
  const { picture } = useSeat();
  const perform = usePerform();
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once per opening
  useEffect(() => {
    void perform({ kind: 'open_home' });
  }, []);
  const { home } = picture;
  if (home === null)
    return (
      <div className="home home-empty">
        <p>The app hasn't published anything here yet.</p>
      </div>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: makes a long page scrollable by keyboard
    <section className="home" tabIndex={0} aria-label="Home">
      <div className="home-blocks">
        <Blocks blocks={home.blocks} surface={{ where: home.id, values: home.values, errors: home.errors }} />
      </div>
    </section>
  );
}
