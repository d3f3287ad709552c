/** The vif of every example: guest 5, backend domain 0, device 0. */
export const FE = '/local/domain/5/device/vif/0';
export const BE = '/local/domain/0/backend/vif/5/0';
export const LX = '/libxl/5/device/vif/0';
