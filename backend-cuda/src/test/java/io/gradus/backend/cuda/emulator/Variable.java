package io.gradus.backend.cuda.emulator;

/**
 * A variable in some state space.
 *
 * @param space such as {@code shared}
 * @param bytes 0 for shared memory whose size the launch gives
 * @param initial what it holds at first: empty, or as many bytes
 */
record Variable(String space, String name, int align, long bytes, byte[] initial) {}
