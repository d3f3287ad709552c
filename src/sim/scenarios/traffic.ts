import { STORY } from './act.ts';
import {
  allQuiet,
  burstFromGuest,
  DOM0_SOFTIRQ,
  sendAsDom0Rests,
  sendToGuest,
  TRAFFIC_ACTS,
} from './acts/traffic.ts';
import { cast, naturalOrder } from './cast.ts';
import { connectedWorld } from './connected.ts';
import { DEFAULTS } from './netif-multipage.ts';
import type { ChapterSpec, Scenario } from './scenario.ts';

const CHAPTERS: readonly ChapterSpec[] = [
  { id: 'to-guest', title: 'A packet for the guest', begins: 'you#send-to-guest' },
  { id: 'rx-slots', title: 'The thread looks for slots', begins: 'xenvif_kthread_guest_rx#wait_for_rx_work' },
  { id: 'rx-copy', title: 'Xen copies into the guest', begins: 'xenvif_rx_action#copy_flush' },
  { id: 'guest-receives', title: 'The guest takes it', begins: 'xennet_rx_interrupt#check_broken' },
  { id: 'refill', title: 'A new buffer, nobody told', begins: 'xennet_poll#alloc_rx_buffers' },
  { id: 'from-guest', title: 'Two packets from the guest', begins: 'you#burst-from-guest' },
  { id: 'told-once', title: 'Published, and told once', begins: 'xennet_start_xmit#push_requests' },
  { id: 'dom0-polls', title: 'dom0 takes both in one go', begins: 'xenvif_tx_interrupt#count_requests' },
  { id: 'tx-copy', title: 'Xen copies out of the guest', begins: 'xenvif_tx_action#batch_copy' },
  { id: 'answered', title: 'Answered and delivered', begins: 'xenvif_tx_submit#check_gop' },
  { id: 'in-between', title: 'One more, at the worst moment', begins: 'you#send-as-dom0-rests' },
  {
    id: 'told-in-vain',
    title: 'The guest is told of what it has',
    begins: 'xennet_tx_interrupt#check_broken',
  },
  {
    id: 'final-check',
    title: 'The final check finds it',
    begins: 'xenvif_napi_schedule_or_enable_events#count_requests_again',
  },
  {
    id: 'late-eoi',
    title: 'The interrupt is ended late',
    begins: 'xenvif_napi_schedule_or_enable_events#take_eoi_pending',
  },
];

const SENDERS: ReadonlySet<string> = new Set(['domU userspace', 'dom0 stack']);

/**
 * The natural order, but that who sends goes on sending, and that the last packet comes while netback polls.
 */
const schedule: Scenario['schedule'] = (enabled, last) => {
  const named = (names: (name: string) => boolean) => enabled.find(({ name }) => names(name));
  if (last && SENDERS.has(last.name) && enabled.includes(last)) return last;
  const next = last?.name === STORY ? named((name) => SENDERS.has(name)) : undefined;
  const between = last?.name === DOM0_SOFTIRQ ? named((name) => name === STORY) : undefined;
  return next ?? between ?? naturalOrder(enabled, last);
};

/** Packets each way, from where the handshake has ended. */
export const traffic: Scenario = {
  id: 'traffic',
  title: 'Packets on the rings',
  reference: 'linux 6',
  defaults: { ...DEFAULTS, txPages: 1, rxPages: 1 },
  threads: (config) => cast(config),
  question: 'traffic',
  acts: TRAFFIC_ACTS,
  chapters: CHAPTERS,
  build: (config) =>
    connectedWorld(config, {
      story: [sendToGuest.id, allQuiet.id, burstFromGuest.id, sendAsDom0Rests.id],
      watched: [DOM0_SOFTIRQ],
    }),
  schedule,
};
