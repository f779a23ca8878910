package io.gradus.backend.cuda.memory;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The free blocks that one stream may use at once, for small or for large requests.
 *
 * <p>Small blocks that come back first lie as they are, since the next request is most often of the
 * same size: they are merged with their neighbours when nothing else serves.
 */
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

  /** By size in units of {@link CachingAllocator#ROUND}: stacks through {@link Block#below}. */
  private final @Nullable Block[] asTheyAre;

  BlockPool(Key key) {
    this.key = key;
    asTheyAre =
        new Block[key.small() ? (int) (CachingAllocator.SMALL / CachingAllocator.ROUND) + 1 : 0];
  }

  Key key() {
    return key;
  }

  /** All free blocks, merged. */
  List<Block> free() {
    mergeAll();
    return List.copyOf(free);
  }

  /** A block of this size or a larger one, taken out; null if there is none. */
  @Nullable Block take(long bytes) {
    int bin = (int) (bytes / CachingAllocator.ROUND);
    if (bin < asTheyAre.length) {
      Block same = asTheyAre[bin];
      if (same != null) {
        asTheyAre[bin] = same.below;
        same.below = null;
        return same;
      }
    }
    Block fit = smallestMerged(bytes);
    if (fit == null && asTheyAre.length > 0) {
      mergeAll();
      fit = smallestMerged(bytes);
    }
    return fit;
  }

  /** Puts a free block in. */
  void give(Block block) {
    int bin = (int) (block.bytes / CachingAllocator.ROUND);
    if (bin < asTheyAre.length && !ended) {
      block.below = asTheyAre[bin];
      asTheyAre[bin] = block;
    } else {
      merge(block);
    }
  }

  /** Merges what lies as it came back. */
  private void mergeAll() {
    for (int bin = 0; bin < asTheyAre.length; bin++) {
      Block top = asTheyAre[bin];
      asTheyAre[bin] = null;
      while (top != null) {
        Block below = top.below;
        top.below = null;
        merge(top);
        top = below;
      }
    }
  }

  private @Nullable Block smallestMerged(long bytes) {
    Block probe = new Block(this, Long.MIN_VALUE, bytes);
    Block fit = free.ceiling(probe);
    if (fit != null) {
      remove(fit);
    }
    return fit;
  }

  /** Puts a block in, as one with free neighbours. */
  private void merge(Block block) {
    Block whole = block;
    Block before = whole.previous;
    if (before != null && before.isMerged) {
      remove(before);
      whole = join(before, whole);
    }
    Block after = whole.next;
    if (after != null && after.isMerged) {
      remove(after);
      whole = join(whole, after);
    }
    add(whole);
  }

  private static Block join(Block first, Block second) {
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
    add(rest);
  }

  private void add(Block block) {
    block.isMerged = true;
    free.add(block);
  }

  /** Takes a free block out. */
  void remove(Block block) {
    block.isMerged = false;
    free.remove(block);
  }
}
