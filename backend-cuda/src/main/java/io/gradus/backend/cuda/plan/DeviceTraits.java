package io.gradus.backend.cuda.plan;

/**
 * What a plan may depend on.
 *
 * @param computeCapability major * 10 + minor: 70 for sm_70
 * @param multiprocessors how many blocks at least run at the same time
 * @param sharedBytesPerBlock shared memory that any launch may use, usually 48 KiB
 * @param warpSize threads that run together, 32 on all GPUs so far
 */
public record DeviceTraits(
    int computeCapability, int multiprocessors, int sharedBytesPerBlock, int warpSize) {}
