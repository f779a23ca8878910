package io.gradus.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CollectionWatchTest {
  @Test
  void itCountsCollectionsAndWhatTheyLeave() {
    try (CollectionWatch watch = new CollectionWatch()) {
      System.gc();
      System.gc();
      watch.finish();
      assertTrue(watch.collections() >= 2, () -> "collections: " + watch.collections());
      assertTrue(watch.fullCollections() >= 2, () -> "full: " + watch.fullCollections());
      assertTrue(watch.pause(0.5) > 0);
      assertTrue(watch.pause(1) >= watch.pause(0.5));
      long[] left = watch.afterCollections(1);
      assertTrue(left[0] > 0 && left[0] <= watch.mostUsed());
    }
  }

  @Test
  void withoutCollectionsThereIsNothingToTell() {
    try (CollectionWatch watch = new CollectionWatch()) {
      assertEquals(0, watch.pause(1));
      assertEquals(-1, watch.afterCollections(2)[1]);
    }
  }
}
