import { useEffect, useState } from 'react';
import { askPortal, type PortalAnswer } from './ask';

const PAUSE_MS = 100;
/** How many of the last answers are kept to be shown. */
const KEPT = 120;

export interface Turn {
  readonly answer: PortalAnswer;
  /** From the last answer of the other kind to this one: the longest the change can have taken to arrive here. */
  readonly after: number | null;
}
export interface Loop {
  readonly asked: number;
  readonly answers: readonly PortalAnswer[];
  readonly turns: readonly Turn[];
}
const NOTHING: Loop = { asked: 0, answers: [], turns: [] };

/** Adds an answer; where it differs from the one before, that is a turn. */
export function withAnswer(loop: Loop, answer: PortalAnswer): Loop {
  const before = loop.answers.at(-1);
  const turned = before === undefined || before.served !== answer.served || before.code !== answer.code;
  const turn: Turn = { answer, after: before === undefined ? null : answer.at - before.at };
  return {
    asked: loop.asked + 1,
    answers: [...loop.answers, answer].slice(-KEPT),
    turns: turned ? [turn, ...loop.turns].slice(0, 6) : loop.turns,
  };
}

/** Asks again and again while it runs, one request at a time. */
export function useLoop(distribution: string, purpose: string | undefined) {
  const [running, setRunning] = useState(false);
  const [loop, setLoop] = useState<Loop>(NOTHING);
  useEffect(() => {
    if (!running) return;
    let stopped = false;
    const go = async () => {
      while (!stopped) {
        const answer = await askPortal(distribution, purpose);
        if (stopped) return;
        setLoop((before) => withAnswer(before, answer));
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    };
    void go();
    return () => {
      stopped = true;
    };
  }, [running, distribution, purpose]);
  const start = () => {
    setLoop(NOTHING);
    setRunning(true);
  };
  return { running, loop, start, stop: () => setRunning(false) };
}
