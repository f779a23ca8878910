package io.gradus.backend.cuda.memory;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The free blocks that one stream may use at once, for small or for large requests. */
final class BlockPool {
  /**
   * Which blocks belong together.
   *
   * @param owner 0, or the graph whose replays write to them
   */
  record Key(long stream, long owner, boolean small) {}

  private final Key key;

  /** Nobody will ask this pool for blocks again. */
  boolean ended;

  private final TreeSet<Block> free =
      new TreeSet<>(
          Comparator.<Block>comparingLong(b -> b.bytes).thenComparingLong(b -> b.address));

  BlockPool(Key key) {
    this.key = key;
  }

  Key key() {
    return key;
  }

  TreeSet<Block> free() {
    return free;
  }

  /** The smallest block that fits, taken out. */
  @Nullable Block take(long bytes) {
    Block probe = new Block(this, Long.MIN_VALUE, bytes);
    Block fit = free.ceiling(probe);
    if (fit != null) {
      free.remove(fit);
    }
    return fit;
  }

  /** Puts a free block in, merged with free neighbours; the block that it became. */
  Block put(Block block) {
    Block before = block.previous;
    if (before != null && isFree(before)) {
      free.remove(before);
      block = merge(before, block);
    }
    Block after = block.next;
    if (after != null && isFree(after)) {
      free.remove(after);
      block = merge(block, after);
    }
    free.add(block);
    return block;
  }

  private static boolean isFree(Block block) {
    return !block.inUse && block.pending.isEmpty();
  }

  private static Block merge(Block first, Block second) {
    first.bytes += second.bytes;
    first.next = second.next;
    if (second.next != null) {
      second.next.previous = first;
    }
    return first;
  }

  /** Cuts a block after so many bytes; what remains is free. */
  void split(Block block, long bytes) {
    Block rest = new Block(this, block.address + bytes, block.bytes - bytes);
    rest.previous = block;
    rest.next = block.next;
    if (block.next != null) {
      block.next.previous = rest;
    }
    block.next = rest;
    block.bytes = bytes;
    free.add(rest);
  }
}
