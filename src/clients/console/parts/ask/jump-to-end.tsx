import { useEffect, useState } from 'preact/hooks';
import { scrollToEnd } from '../../state/ask/use-start-at-end.ts';
import { Icon } from '../page/icon.tsx';

/** The button to the end is shown when the reader is farther from it than this. */
const FAR_PX = 600;

export function JumpToEnd() {
  const [isFar, setFar] = useState(false);
  useEffect(() => {
    const look = () => setFar(document.documentElement.scrollHeight - scrollY - innerHeight > FAR_PX);
    look();
    addEventListener('scroll', look, { passive: true });
    return () => removeEventListener('scroll', look);
  }, []);
  if (!isFar) return null;
  return (
    <button type="button" class="jump" onClick={() => scrollToEnd(true)}>
      <Icon name="down" /> Latest
    </button>
  );
}
