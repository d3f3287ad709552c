// Facts of Xen's public interface: layouts, constants, limits. No behaviour.
import { blkifConstants, blkifStructs } from './blkif.ts';
import type { Citation } from './cite.ts';
import { errnoConstants } from './errno.ts';
import { eventChannelConstants, eventChannelStructs } from './event-channel.ts';
import { grantTableConstants, grantTableStructs } from './grant-table.ts';
import type { Layout } from './layout.ts';
import { netifConstants, netifStructs } from './netif.ts';
import { xenbusConstants } from './xenbus.ts';
import { xsWireConstants, xsWireStructs } from './xs-wire.ts';

export * from './blkif.ts';
export * from './cite.ts';
export * from './codec.ts';
export * from './errno.ts';
export * from './event-channel.ts';
export * from './grant-table.ts';
export * from './layout.ts';
export * from './netif.ts';
export * from './ring.ts';
export * from './xenbus.ts';
export * from './xs-wire.ts';

export interface Constant {
  readonly value: number;
  readonly cite: Citation;
}

const constantTables = [
  ...netifConstants, ...blkifConstants, ...grantTableConstants, ...eventChannelConstants, ...xenbusConstants,
  ...xsWireConstants, ...errnoConstants,
];
const structs: readonly Layout[] = [
  ...netifStructs, ...blkifStructs, ...grantTableStructs, ...eventChannelStructs, ...xsWireStructs,
];

/** Every struct and constant by its C name. */
export const abiTables: {
  readonly structs: ReadonlyMap<string, Layout>;
  readonly constants: ReadonlyMap<string, Constant>;
} = {
  structs: new Map(structs.map((layout) => [layout.name, layout])),
  constants: new Map(constantTables.flatMap(({ prefix, cite, values }) =>
    Object.entries(values).map(([key, value]): [string, Constant] => [prefix + key, { value, cite }]))),
};
