package io.gradus.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DataLoaderTest {
  private static Dataset<Long> numbers(long size) {
    return new Dataset<>() {
      @Override
      public Long get(long index) {
        return index;
      }

      @Override
      public long size() {
        return size;
      }
    };
  }

  private static List<List<Long>> batches(DataLoader<Long, List<Long>> loader) {
    List<List<Long>> all = new ArrayList<>();
    for (List<Long> batch : loader) {
      all.add(batch);
    }
    return all;
  }

  @Test
  void aBatchMayBeLargerThanAllSamples() {
    assertEquals(1, batches(DataLoader.of(numbers(7), Integer.MAX_VALUE, s -> s)).size());
  }

  @Test
  @DisplayName("S12.1 80 samples at batch size 8 are 10 iterations")
  void eightySamples() {
    assertEquals(10, batches(DataLoader.of(numbers(80), 8, s -> s)).size());
    assertEquals(10, DataLoader.of(numbers(80), 8, s -> s).size());
  }

  @Test
  @DisplayName("S12.1 the last batch is smaller, or dropped")
  void lastBatch() {
    DataLoader<Long, List<Long>> loader = DataLoader.of(numbers(7), 3, s -> s);
    assertEquals(List.of(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L), List.of(6L)), batches(loader));
    assertEquals(2, batches(loader.dropLast(true)).size());
  }

  @Test
  @DisplayName("S12.1 the order does not depend on the number of workers")
  void orderOfWorkers() {
    List<List<List<Long>>> passes = new ArrayList<>();
    for (int workers : new int[] {0, 1, 5}) {
      DataLoader<Long, List<Long>> loader =
          DataLoader.of(numbers(100), 7, s -> s).shuffle(new Generator(3)).workers(workers);
      List<List<Long>> first = batches(loader);
      List<List<Long>> second = batches(loader);
      assertFalse(first.equals(second), "each pass has an order of its own");
      passes.add(List.copyOf(first));
      passes.add(List.copyOf(second));
      TreeSet<Long> seen = new TreeSet<>();
      first.forEach(seen::addAll);
      assertEquals(100, seen.size());
    }
    assertEquals(passes.subList(0, 2), passes.subList(2, 4));
    assertEquals(passes.subList(0, 2), passes.subList(4, 6));
  }

  @Test
  @DisplayName("S12.1 an exception in a worker reaches the caller with its index")
  void exceptions() {
    Dataset<Long> broken =
        new Dataset<>() {
          @Override
          public Long get(long index) {
            if (index == 13) {
              throw new IllegalStateException("no such picture");
            }
            return index;
          }

          @Override
          public long size() {
            return 20;
          }
        };
    for (int workers : new int[] {0, 2}) {
      Iterator<List<Long>> pass = DataLoader.of(broken, 4, s -> s).workers(workers).iterator();
      pass.next();
      pass.next();
      pass.next();
      LoadException e = assertThrows(LoadException.class, pass::next);
      assertEquals(13, e.index());
      assertTrue(String.valueOf(e.getMessage()).contains("sample 13"), e::getMessage);
    }
  }

  @Test
  void aSlowReaderIsNotFlooded() {
    AtomicInteger loaded = new AtomicInteger();
    Dataset<Long> counted =
        new Dataset<>() {
          @Override
          public Long get(long index) {
            loaded.incrementAndGet();
            return index;
          }

          @Override
          public long size() {
            return 1000;
          }
        };
    Iterator<List<Long>> pass = DataLoader.of(counted, 1, s -> s).workers(2).prefetch(3).iterator();
    pass.next();
    assertTrue(pass.hasNext());
    // One batch was taken and six may be under way or waiting.
    assertTrue(loaded.get() <= 7, () -> "loaded " + loaded.get());
  }

  @Test
  void aClosedLoaderSaysSo() {
    DataLoader<Long, List<Long>> loader = DataLoader.of(numbers(8), 2, s -> s);
    Iterator<List<Long>> pass = loader.iterator();
    loader.close();
    loader.close();
    assertThrows(InvalidArgumentException.class, pass::next);
    assertThrows(InvalidArgumentException.class, loader::iterator);
  }

  @Test
  void tensorsAreBatchedAlongANewDimension() {
    Tensor x = Tensor.tensor(0f, 1f, 2f, 3f, 4f, 5f).view(3, 2);
    Tensor y = Tensor.tensor(7L, 8L, 9L);
    TensorDataset set = new TensorDataset(x, y);
    Iterator<List<Tensor>> pass = DataLoader.of(set, 2).iterator();
    List<Tensor> first = pass.next();
    assertArrayEquals(new float[] {0, 1, 2, 3}, first.get(0).floatArray());
    assertArrayEquals(new long[] {7, 8}, first.get(1).longArray());
    assertArrayEquals(new long[] {2, 2}, first.get(0).shape().toArray());
    assertThrows(ShapeException.class, () -> new TensorDataset(x, Tensor.tensor(1L)));
    List<Tensor> stacked = DataLoader.of(Dataset.concat(set, set), 6).iterator().next();
    assertArrayEquals(new long[] {7, 8, 9, 7, 8, 9}, stacked.get(1).longArray());
  }

  @Test
  @DisplayName("S12.1 randomSplit by sizes and by weights such as 8:1:1")
  void splits() {
    List<Subset<Long>> parts =
        Splits.randomSplit(numbers(103), new double[] {8, 1, 1}, new Generator(5));
    assertEquals(List.of(83L, 10L, 10L), parts.stream().map(Subset::size).toList());
    TreeSet<Long> all = new TreeSet<>();
    parts.forEach(p -> all.addAll(p.indices()));
    assertEquals(103, all.size());
    List<Subset<Long>> again =
        Splits.randomSplit(numbers(103), new double[] {8, 1, 1}, new Generator(5));
    assertEquals(parts.get(2).indices(), again.get(2).indices());
    assertThrows(
        InvalidArgumentException.class,
        () -> Splits.randomSplit(numbers(10), new long[] {4, 5}, new Generator(0)));
    assertThrows(TensorIndexException.class, () -> numbers(3).subset(0, 3));
  }

  @Test
  void aWeightedSamplerFollowsItsWeights() {
    long[] order = Sampler.weighted(new double[] {0, 3, 1}, 4000, new Generator(1)).order(3);
    long ones = Arrays.stream(order).filter(i -> i == 1).count();
    assertEquals(0, Arrays.stream(order).filter(i -> i == 0).count());
    assertEquals(3000, ones, 6 * Math.sqrt(4000 * 0.75 * 0.25));
  }

  @Test
  void theDigitsAreThere() {
    TensorDataset digits = Digits.load();
    assertEquals(1797, digits.size());
    Tensor x = digits.tensors().get(0);
    assertEquals(1f, x.max().item());
    assertEquals(0f, x.min().item());
    long[] labels = digits.tensors().get(1).longArray();
    assertArrayEquals(
        new long[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180},
        java.util.stream.LongStream.range(0, 10)
            .map(d -> Arrays.stream(labels).filter(l -> l == d).count())
            .toArray());
  }

  /** Samples that are their index and a random number. */
  private static Dataset<String> random(long size) {
    return numbers(size).map((index, random) -> index + ":" + random.nextInt(1_000_000_000));
  }

  private static <B> List<B> rest(Iterator<B> pass) {
    List<B> all = new ArrayList<>();
    pass.forEachRemaining(all::add);
    return all;
  }

  @Test
  @DisplayName("S12.1 the random numbers of samples do not depend on the number of workers")
  void randomNumbersOfWorkers() {
    List<List<List<String>>> runs = new ArrayList<>();
    for (int workers : new int[] {0, 1, 5}) {
      DataLoader<String, List<String>> loader =
          DataLoader.of(random(50), 7, s -> s).shuffle(new Generator(3)).workers(workers);
      List<List<String>> first = rest(loader.iterator());
      List<List<String>> second = rest(loader.iterator());
      assertFalse(new TreeSet<>(first.get(0)).equals(new TreeSet<>(second.get(0))));
      runs.add(first);
      runs.add(second);
    }
    assertEquals(runs.subList(0, 2), runs.subList(2, 4));
    assertEquals(runs.subList(0, 2), runs.subList(4, 6));
    TreeSet<String> numbers = new TreeSet<>();
    runs.get(0).forEach(batch -> batch.forEach(s -> numbers.add(s.substring(s.indexOf(':')))));
    assertEquals(50, numbers.size(), "each sample has numbers of its own");
  }

  @Test
  void aPassThatGoesOnDrawsTheSameNumbers() {
    Generator shuffle = new Generator(9);
    DataLoader<String, List<String>> loader = DataLoader.of(random(20), 3, s -> s).shuffle(shuffle);
    Generator.State before = shuffle.getState();
    List<List<String>> whole = rest(loader.iterator());
    shuffle.setState(before);
    assertEquals(whole.subList(4, 7), rest(loader.workers(3).from(4)));
  }

  @Test
  void randomSetsStayRandomInsideOthers() {
    Dataset<String> nested = Dataset.concat(random(4), random(4).subset(3, 2));
    assertTrue(nested.isRandom());
    DataLoader<String, List<String>> loader =
        DataLoader.of(nested, 6, s -> s).generator(new Generator(1));
    List<String> first = loader.iterator().next();
    List<String> second = loader.iterator().next();
    assertEquals("2", second.get(5).substring(0, 1));
    assertFalse(first.equals(second), "each pass draws anew");
    assertFalse(numbers(4).isRandom());
    assertTrue(random(4).get(2).startsWith("2:"));
  }

  @Test
  void aPassOverPlainSamplesLeavesTheGeneratorAlone() {
    Generator generator = new Generator(1);
    rest(DataLoader.of(numbers(4), 2, s -> s).generator(generator).iterator());
    assertEquals(new Generator.State(1, 0), generator.getState());
  }

  @Test
  void moreWorkersTimesBatchesThanAnIntHolds() {
    DataLoader<Long, List<Long>> loader =
        DataLoader.of(numbers(10), 3, s -> s).workers(100_000).prefetch(100_000);
    assertEquals(4, batches(loader).size());
    assertThrows(InvalidArgumentException.class, () -> loader.workers(-1));
    assertThrows(InvalidArgumentException.class, () -> loader.prefetch(0));
  }

  @Test
  void aClosedPassEndsItsWorkersAndWhoWaits() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch loading = new CountDownLatch(1);
    Dataset<Long> stuck =
        new Dataset<>() {
          @Override
          public Long get(long index) {
            loading.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.countDown();
            }
            return index;
          }

          @Override
          public long size() {
            return 8;
          }
        };
    Pass<List<Long>> pass = DataLoader.of(stuck, 2, s -> s).workers(1).iterator();
    Thread closer =
        Thread.startVirtualThread(
            () -> {
              try {
                loading.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              pass.close();
            });
    assertThrows(CancellationException.class, pass::next);
    closer.join();
    interrupted.await();
    assertFalse(pass.hasNext());
    Pass<List<Long>> serial = DataLoader.of(numbers(8), 2, s -> s).iterator();
    serial.close();
    assertFalse(serial.hasNext());
    assertThrows(CancellationException.class, serial::next);
  }
}
