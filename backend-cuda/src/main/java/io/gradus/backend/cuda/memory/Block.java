package io.gradus.backend.cuda.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run of bytes within one piece of the driver's memory. All but the final is the allocator's. */
public final class Block {
  final BlockPool pool;
  final long address;
  long bytes;
  boolean inUse;
  @Nullable Block previous;
  @Nullable Block next;

  /** Whether it is free and as large as it can be. */
  boolean isMerged;

  /** The next of the free blocks that lie as they came back. */
  @Nullable Block below;

  /** Streams besides the pool's that work on it. */
  final Set<Long> users = new HashSet<>();

  /** What must pass before it is used again, once it is freed. */
  final List<DeviceMemory.Mark> pending = new ArrayList<>();

  Block(BlockPool pool, long address, long bytes) {
    this.pool = pool;
    this.address = address;
    this.bytes = bytes;
  }

  /** Where it is on the device. */
  public long address() {
    return address;
  }

  /** Its size, at least what was asked for. */
  public long bytes() {
    return bytes;
  }

  /** The stream whose work may use it without further ado. */
  public long stream() {
    return pool.key().stream();
  }

  /** The number under which the memory is kept apart, or 0. */
  public long owner() {
    return pool.key().owner();
  }

  boolean isWhole() {
    return previous == null && next == null;
  }
}
