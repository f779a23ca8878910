package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WrittenPartsTest {
  private static Layout columns(long rows, long from, long to, long of) {
    return Layout.of(Shape.of(rows, to - from), new long[] {of, 1}, from);
  }

  @Test
  @DisplayName("what was written is known by element: the other columns of a matrix are spare")
  void columnsOfMatrix() {
    WrittenParts parts = new WrittenParts(60);
    assertTrue(parts.spare(columns(6, 0, 10, 10)));
    parts.add(columns(6, 0, 3, 10));
    parts.add(columns(6, 7, 10, 10));
    assertTrue(parts.spare(columns(6, 3, 7, 10)));
    assertFalse(parts.spare(columns(6, 2, 7, 10)));
    assertFalse(parts.spare(columns(6, 3, 8, 10)));
    parts.add(Layout.of(Shape.of(60)));
    assertFalse(parts.spare(columns(6, 3, 7, 10)));
  }

  @Test
  @DisplayName("many parts count as all")
  void manyParts() {
    WrittenParts parts = new WrittenParts(1000);
    Layout rest = columns(1, 990, 1000, 1000);
    for (int i = 0; i <= 64; i++) {
      assertTrue(parts.spare(rest));
      parts.add(columns(1, i, i + 1, 1000));
    }
    assertFalse(parts.spare(rest));
  }

  private static BitSet elements(Layout layout) {
    BitSet set = new BitSet();
    for (long i = 0; i < layout.numel(); i++) {
      long rest = i;
      long at = layout.offset();
      for (int d = layout.rank() - 1; d >= 0; d--) {
        at += rest % layout.size(d) * layout.stride(d);
        rest /= layout.size(d);
      }
      set.set((int) at);
    }
    return set;
  }

  @Test
  @DisplayName("layouts share elements if and only if listing them finds one")
  void agreesWithListing() {
    Random random = new Random(2);
    int shared = 0;
    for (int i = 0; i < 3000; i++) {
      Layout a = layout(random);
      Layout b = layout(random);
      boolean expected = elements(a).intersects(elements(b));
      assertEquals(expected, WrittenParts.share(a, b), () -> a + " and " + b);
      shared += expected ? 1 : 0;
    }
    assertTrue(shared > 500 && shared < 2500, "shared " + shared);
  }

  private static Layout layout(Random random) {
    int rank = random.nextInt(4);
    long[] sizes = random.longs(rank, 1, 5).toArray();
    long[] strides = random.longs(rank, 0, 13).toArray();
    return Layout.of(Shape.of(sizes), strides, random.nextInt(20));
  }
}
