import type { Context } from '../machine/context.ts';
import { atomic, call, enter, privately, ret, step, when, whilst } from '../machine/dsl.ts';
import { fn, functionNamed } from '../machine/program.ts';
import { slot } from '../machine/slot.ts';
import { clearPending, ready, setMask } from '../xen/event-channel.ts';
import { linux } from './cite.ts';
import { HYPERVISOR_event_channel_op, type EvtchnAnswer } from './hypercall.ts';
import { DOMID, type KernelName } from './kernel.ts';

const EVENTS = 'drivers/xen/events/events_base.c';

/** An event channel bound to an interrupt handler. */
export type Irq = {
  readonly port: number;
  /** Unique name of the function that runs. */
  readonly handler: string;
  readonly queue: number;
};

/** What a kernel has bound, in order of binding. */
export function irqsSlot(kernel: KernelName) {
  return slot<readonly Irq[]>(`irqs:${kernel}`);
}

/** The port whose handler is running; only interrupts are handled one at a time, so there is at most one. */
function runningSlot(kernel: KernelName) {
  return slot<number>(`irq running:${kernel}`, { guarded: true });
}

type Bind = { kernel: KernelName; port: number; handler: string; queue: number };

/** Gives a port its handler, and opens it. Handlers end with a late EOI: until then the port stays masked. */
export const bind_evtchn_to_irqhandler_lateeoi = fn<Bind>(
  'bind_evtchn_to_irqhandler_lateeoi',
  linux('either', EVENTS, 'bind_evtchn_to_irqhandler_lateeoi', { line: 1469 }),
  [
    atomic('request_irq', 'the descriptor is set up under irq_mapping_update_lock', (c, l) => {
      const irqs = c.get(irqsSlot(l.kernel)) ?? [];
      c.set(irqsSlot(l.kernel), [...irqs, { port: l.port, handler: l.handler, queue: l.queue }]);
    }),
    step('unmask_port', (c, l) => setMask(c, DOMID[l.kernel], l.port, false)),
    ret(),
  ],
);

type BindInterdomain = Bind & { remote_dom: number };

/** Binds to a remote port. @returns rc 0 and the local port, or -errno */
export const bind_interdomain_evtchn_to_irqhandler_lateeoi = fn<BindInterdomain & { answer?: EvtchnAnswer }, EvtchnAnswer, BindInterdomain>(
  'bind_interdomain_evtchn_to_irqhandler_lateeoi',
  linux('either', EVENTS, 'bind_interdomain_evtchn_to_irqhandler_lateeoi', { line: 1501 }),
  [
    call(
      'bind_interdomain',
      () => HYPERVISOR_event_channel_op,
      (l) => ({ kernel: l.kernel, cmd: 'bind_interdomain' as const, remote_dom: l.remote_dom, port: l.port }),
      (l, answer) => {
        l.answer = answer;
      },
    ),
    when((l) => l.answer!.rc !== 0, [ret((l) => l.answer!)]),
    enter(() => bind_evtchn_to_irqhandler_lateeoi, (l) => ({
      kernel: l.kernel,
      port: l.answer!.port,
      handler: l.handler,
      queue: l.queue,
    })),
    ret((l) => l.answer!),
  ],
);

type Port = { kernel: KernelName; port: number };

/** Rings the other side's bell. */
export const notify_remote_via_irq = fn<Port>('notify_remote_via_irq', linux('either', EVENTS, 'notify_remote_via_irq', {
  line: 538,
}), [
  call('send', () => HYPERVISOR_event_channel_op, (l) => ({
    kernel: l.kernel,
    cmd: 'send' as const,
    remote_dom: 0,
    port: l.port,
  })),
  ret(),
]);

/** Is the irq disabled? Then the end of its handler does not open its port: the two reasons to mask are kept apart. */
function disabledSlot(kernel: KernelName, port: number) {
  return slot<true>(`irq off:${kernel}:${port}`, { guarded: true });
}

/** The irq's descriptor is told to keep still: its port is masked, a pending bit waits. */
export const disable_irq = fn<Port>('disable_irq', linux('either', 'kernel/irq/manage.c', 'disable_irq', {
  line: 737,
}), [
  step('mask_port', (c, l) => {
    c.set(disabledSlot(l.kernel, l.port), true);
    setMask(c, DOMID[l.kernel], l.port, true);
  }),
  ret(),
]);

export const enable_irq = fn<Port>('enable_irq', linux('either', 'kernel/irq/manage.c', 'enable_irq', {
  line: 829,
}), [
  step('unmask_port', (c, l) => {
    c.set(disabledSlot(l.kernel, l.port), undefined);
    setMask(c, DOMID[l.kernel], l.port, false);
  }),
  ret(),
]);

/** The handler is done: the port may fire again. `spurious` events are counted, and delayed when they pile up (not modelled). */
export const xen_irq_lateeoi = fn<Port & { spurious: boolean }>(
  'xen_irq_lateeoi',
  linux('either', EVENTS, 'xen_irq_lateeoi', { line: 698 }),
  [
    step('unmask_port', (c, l) => {
      const disabled = c.get(disabledSlot(l.kernel, l.port)) === true;
      setMask(c, DOMID[l.kernel], l.port, disabled);
      c.note({ kind: 'eoi', kernel: l.kernel, port: l.port, spurious: l.spurious });
    }),
    ret(),
  ],
);

/** Takes the handler away, once it does not run any more, and gives the port back to Xen: its peer is unbound again. */
export const unbind_from_irqhandler = fn<Port & { open?: boolean }, void, Port>(
  'unbind_from_irqhandler',
  linux('either', EVENTS, 'unbind_from_irqhandler', { line: 1556 }),
  [
    step('mask_port', (c, l) => setMask(c, DOMID[l.kernel], l.port, true)),
    atomic(
      'free_irq',
      'the descriptor is torn down under its lock',
      (c, l) => {
        const irqs = c.get(irqsSlot(l.kernel)) ?? [];
        const others = irqs.filter((irq) => irq.port !== l.port);
        l.open = others.length < irqs.length;
        c.set(irqsSlot(l.kernel), others);
        c.set(disabledSlot(l.kernel, l.port), undefined);
      },
      { ready: (c, l) => c.get(runningSlot(l.kernel)) !== l.port },
    ),
    // After a resume there is no channel any more.
    when((l) => l.open === true, [
      call('close_port', () => HYPERVISOR_event_channel_op, (l) => ({
        kernel: l.kernel,
        cmd: 'close' as const,
        remote_dom: 0,
        port: l.port,
      })),
    ]),
    ret(),
  ],
);

export type IrqCall = { kernel: KernelName; port: number; queue: number };

/** The bound port that would fire first: pending and not masked. */
function firing(c: Context, kernel: KernelName): Irq | undefined {
  return c.get(irqsSlot(kernel))?.find((irq) => ready(c, DOMID[kernel], irq.port));
}

type Upcall = { kernel: KernelName; port?: number; handler?: string; queue?: number };

/** A kernel's interrupts: one at a time, lowest binding first. Late-EOI ports are masked and cleared before their handler. */
export const xen_evtchn_do_upcall = fn<Upcall, void, { kernel: KernelName }>(
  'xen_evtchn_do_upcall',
  linux('either', EVENTS, 'xen_evtchn_do_upcall', { line: 1708 }),
  [
    whilst(() => true, [
      atomic(
        'mask_and_clear',
        'interrupts are off on this vCPU; the handler has not begun',
        (c, l) => {
          const irq = firing(c, l.kernel)!;
          setMask(c, DOMID[l.kernel], irq.port, true);
          clearPending(c, DOMID[l.kernel], irq.port);
          c.set(runningSlot(l.kernel), irq.port);
          l.port = irq.port;
          l.handler = irq.handler;
          l.queue = irq.queue;
        },
        { ready: (c, l) => firing(c, l.kernel) !== undefined, idle: true },
      ),
      enter(
        (l) => functionNamed<IrqCall>(l.handler!),
        (l) => ({ kernel: l.kernel, port: l.port!, queue: l.queue! }),
      ),
      privately((c, l) => {
        c.set(runningSlot(l.kernel), undefined);
        delete l.port;
        delete l.handler;
        delete l.queue;
      }),
    ]),
    ret(),
  ],
);
