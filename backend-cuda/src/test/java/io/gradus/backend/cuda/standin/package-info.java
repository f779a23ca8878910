/**
 * A stand-in for NVIDIA's driver, to which unmodified JCuda binds: devices, contexts, streams,
 * graphs and memory as the driver API describes them, kernels run by the emulator. With faults on
 * demand, and with streams that run late and in any legal order.
 */
@NullMarked
package io.gradus.backend.cuda.standin;

import org.jspecify.annotations.NullMarked;
