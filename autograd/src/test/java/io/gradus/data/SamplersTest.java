package io.gradus.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SamplersTest {
  private static final TensorDataset TEN = new TensorDataset(Tensor.arange(10));

  private static List<List<Long>> values(DataLoader<List<Tensor>, List<Tensor>> loader) {
    List<List<Long>> all = new ArrayList<>();
    for (List<Tensor> batch : loader) {
      all.add(Arrays.stream(batch.get(0).longArray()).boxed().toList());
    }
    return all;
  }

  /** What torch.utils.data.DistributedSampler(range(10), 3, rank, shuffle=False) gives. */
  @Test
  @DisplayName("S12.1 processes that train together share one order, as DistributedSampler does")
  void distributed() {
    long[][] shares = {{0, 3, 6, 9}, {1, 4, 7, 0}, {2, 5, 8, 1}};
    for (int rank = 0; rank < 3; rank++) {
      Sampler share = Sampler.distributed(Sampler.sequential(), 3, rank);
      assertArrayEquals(shares[rank], share.order(10));
      assertEquals(4, share.count(10));
    }
    List<Long> seen = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      Sampler share = Sampler.distributed(Sampler.random(new Generator(5)), 2, rank);
      seen.addAll(Arrays.stream(share.order(10)).boxed().toList());
    }
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L), seen.stream().sorted().toList());
    assertEquals(0, Sampler.distributed(Sampler.sequential(), 3, 2).order(0).length);
    assertArrayEquals(new long[] {0}, Sampler.distributed(Sampler.sequential(), 7, 5).order(1));
    assertThrows(
        InvalidArgumentException.class, () -> Sampler.distributed(Sampler.sequential(), 3, 3));
  }

  @Test
  @DisplayName("S12.1 a batch sampler says what batches are made of")
  void batchSampler() {
    BatchSampler odd = size -> List.of(new long[] {1, 3, 5}, new long[] {9}, new long[] {1, 1});
    for (int workers : new int[] {0, 2}) {
      var loader = DataLoader.of(TEN, 4).batchSampler(odd).workers(workers);
      assertEquals(List.of(List.of(1L, 3L, 5L), List.of(9L), List.of(1L, 1L)), values(loader));
      assertEquals(-1, loader.size());
    }
    var loader = DataLoader.of(TEN, 4).batchSampler(BatchSampler.of(Sampler.sequential(), 3, true));
    assertEquals(
        List.of(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L), List.of(6L, 7L, 8L)), values(loader));
    assertEquals(3, loader.size());
    assertThrows(InvalidArgumentException.class, () -> loader.shuffle(new Generator(1)));
    assertThrows(InvalidArgumentException.class, () -> loader.dropLast(true));
    var empty = DataLoader.of(TEN, 4).batchSampler(size -> List.of(new long[] {1}, new long[0]));
    assertThrows(InvalidArgumentException.class, empty::iterator);
  }

  @Test
  void randomNumbersBelongToThePlaceInThePassAndNotInTheBatch() {
    Dataset<String> random =
        TEN.map((sample, g) -> sample.get(0).item() + ":" + g.nextInt(1 << 30));
    DataLoader<String, List<String>> whole =
        DataLoader.of(random, 10, s -> s).generator(new Generator(1));
    DataLoader<String, List<String>> parts =
        DataLoader.of(random, 1, s -> s)
            .generator(new Generator(1))
            .batchSampler(
                size ->
                    List.of(new long[] {0, 1, 2}, new long[] {3, 4, 5, 6}, new long[] {7, 8, 9}));
    List<String> joined = new ArrayList<>();
    parts.forEach(joined::addAll);
    assertEquals(whole.iterator().next(), joined);
  }

  @Test
  void theSizeOfALoaderFollowsItsSampler() {
    Sampler weighted = Sampler.weighted(new double[] {1, 1}, 25, new Generator(1));
    var loader = DataLoader.of(TEN.subset(0, 1), 10).sampler(weighted);
    assertEquals(3, loader.size());
    assertEquals(3, values(loader).size());
    assertTrue(loader.toString().contains("3 batches"), loader::toString);
  }
}
