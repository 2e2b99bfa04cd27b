// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { Faces } from '../../src/ui/faces/faces.tsx';
import { CALLS } from './call-scenes.ts';
import { fakeCall } from '../call/fake-call.ts';

afterEach(cleanup);

it.each([false, true])(
  'asks in words about who wants in, also while folded (%s), and tells the answer',
  (compact) => {
    const call = fakeCall(CALLS['call-somebody-asks']?.() ?? {});
    const letIn = vi.spyOn(call, 'letIn');
    render(<Faces call={call} compact={compact} />);
    expect(screen.getByRole('status').textContent).toContain('Vera’s other program wants to join the call.');
    fireEvent.click(screen.getByRole('button', { name: 'Not now' }));
    fireEvent.click(screen.getByRole('button', { name: 'Let in' }));
    expect(letIn.mock.calls).toEqual([
      ['vera', false],
      ['vera', true],
    ]);
  },
);

it('says of who sends nothing that they receive one’s picture, to be seen and to be heard', () => {
  render(<Faces call={fakeCall(CALLS['call-somebody-asks']?.() ?? {})} />);
  const [face] = screen.getAllByRole('listitem');
  expect(face?.querySelector('.face-trouble')?.textContent).toBe('receives your picture');
  expect(face?.querySelector('.visually-hidden')?.textContent).toContain('receives your picture');
});
