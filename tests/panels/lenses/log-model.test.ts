import { describe, expect, it } from 'vitest';
import { asText, filterLines, isComplaint, logLines, stamp } from '../../../src/panels/lenses/log/model.ts';

const READY = 'vif vif-5-0 vif5.0: Guest Rx ready';
const logs = {
  domU: ['vif vif-0: Response has incorrect id (256)', 'vif vif-0: Disabled for further use'],
  dom0: [READY, 'vif vif-5-0: 22 mapping in shared page 520 from domain 5'],
};
const lines = logLines(logs, [['log:xl', [7]], ['log:dom0', [120]], ['log:domU', [90, 121]]]);

describe('the lines of both logs', () => {
  it('stand in the order in which they were printed, those from before the run first', () => {
    expect(lines.map(({ kernel, position }) => [kernel, position])).toEqual([
      ['dom0', 0], ['domU', 90], ['dom0', 120], ['domU', 121],
    ]);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(4);
  });

  it('keep the order of one step that printed several', () => {
    const two = logLines({ domU: ['a', 'b'], dom0: [] }, [['log:domU', [5, 5]]]);
    expect(two.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('are filtered by kernel and by text, also by the step', () => {
    expect(filterLines(lines, 'dom0', '').map(({ position }) => position)).toEqual([0, 120]);
    expect(filterLines(lines, 'both', ' INCORRECT ').map(({ position }) => position)).toEqual([90]);
    expect(filterLines(lines, 'both', '121]').map(({ position }) => position)).toEqual([121]);
    expect(filterLines(lines, 'dom0', 'incorrect')).toEqual([]);
  });

  it('have the step where dmesg has the time', () => {
    expect(stamp(0)).toBe('[     0]');
    expect(stamp(123456)).toBe('[123456]');
  });

  it('are copied as they stand, with who printed them where that is not always the same', () => {
    expect(asText(filterLines(lines, 'dom0', 'ready'), (kernel) => kernel)).toBe(`[     0] ${READY}\n`);
    expect(asText(lines.slice(0, 2), (kernel) => kernel)).toBe(
      `dom0: [     0] ${READY}\ndomU: [    90] ${logs.domU[0]!}\n`,
    );
  });
});

describe('the number in front of an error', () => {
  const codeOf = (line: string): string | null => logLines({ domU: [], dom0: [line] }, [])[0]!.code;

  it('is an errno, or for a page that could not be mapped the status of Xen', () => {
    expect(codeOf('vif vif-5-0: 22 mapping shared-frames 520/521 port tx 11 rx 12'))
      .toBe('22 is the error EINVAL; after it stands what failed');
    expect(codeOf('vif vif-5-0: 1 mapping in shared page 2058 from domain 5'))
      .toBe('1 is Xen’s status −1, GNTST_general_error; after it stands what failed');
  });

  it('is not looked for in other lines', () => {
    expect(codeOf(READY)).toBeNull();
    expect(codeOf('vif vif-0: Response has incorrect id (256)')).toBeNull();
  });
});

describe('a complaint', () => {
  it.each([
    ...logs.domU,
    logs.dom0[1]!,
    'vif vif-5-0 vif5.0: fatal error; disabling device',
    'vif vif-5-0 vif5.0: Impossible number of requests. req_prod 600, req_cons 0, size 256',
    'vif vif-5-0 vif5.0: Cross page boundary, txreq.offset: 4090, size: 60',
    'vif vif-0: Illegal number of responses 4000000000',
    'vif vif-0: RX producer index going backwards',
    'vif vif-0: Response for inactive request',
    'vif vif-0: Grant still in use by backend domain',
    'vif vif-0: Bad rx response id 99.',
    'vif vif-0: rx->offset: 4090, size: 60',
    "xen_netfront: can't alloc rx grant refs",
    'vif vif-0: only created 3 queues',
    'vif vif-0: no queues',
    'vif vif-0: backend does not support copying receive path',
    'xen:grant_table: g.e. 0x208 still pending',
    'xen:grant_table: xen/grant-table: max_grant_frames reached cur=1 extra=2 limit=2 gnttab_free_count=5 req_entries=900',
  ])('is %s', (text) => expect(isComplaint(text)).toBe(true));

  it.each([READY, 'vif vif-5-0 vif5.0: link is up'])('is not %s', (text) => expect(isComplaint(text)).toBe(false));
});
