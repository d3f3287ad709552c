import { Pulses } from './Pulses.tsx';
import { Wires } from './Wires.tsx';

/** All that is drawn between the zones. */
export default function Lines() {
  return <><Wires /><Pulses /></>;
}
