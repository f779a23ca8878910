package io.gradus.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTest {
  private static IterableDataset<Long> numbers(long size) {
    return () -> LongStream.range(0, size).iterator();
  }

  /** Counts up, can fail, and remembers whether it was closed. */
  private static final class Counting implements Iterator<Long>, AutoCloseable {
    private final long size;
    private final long broken;
    private long next;
    final AtomicInteger closed = new AtomicInteger();
    final CountDownLatch done = new CountDownLatch(1);

    Counting(long size, long broken) {
      this.size = size;
      this.broken = broken;
    }

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Long next() {
      if (next == broken) {
        throw new IllegalStateException("no such line");
      }
      return next++;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      done.countDown();
    }
  }

  private static <B> List<B> rest(Iterator<B> pass) {
    List<B> all = new ArrayList<>();
    pass.forEachRemaining(all::add);
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7})
  @DisplayName("S12.1 samples without indices come in their order, whatever the number of workers")
  void order(int workers) {
    DataLoader<Long, List<Long>> loader =
        DataLoader.of(numbers(100), 7, s -> s).workers(workers).prefetch(3);
    List<List<Long>> batches = rest(loader.iterator());
    assertEquals(15, batches.size());
    assertEquals(List.of(98L, 99L), batches.get(14));
    assertEquals(
        LongStream.range(0, 100).boxed().toList(), batches.stream().flatMap(List::stream).toList());
    assertEquals(batches, rest(loader.iterator()), "another pass");
    assertEquals(14, rest(loader.dropLast(true).iterator()).size());
    assertEquals(batches.subList(4, 15), rest(loader.from(4)));
    assertFalse(loader.from(Long.MAX_VALUE).hasNext());
    assertEquals(2, rest(DataLoader.of(numbers(14), 7, s -> s).workers(workers).iterator()).size());
    Iterator<List<Long>> none = DataLoader.of(numbers(0), 7, s -> s).workers(workers).iterator();
    assertThrows(NoSuchElementException.class, none::next);
    assertFalse(none.hasNext());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void anErrorNamesThePlaceInTheStream(int workers) throws InterruptedException {
    Counting samples = new Counting(20, 13);
    IterableDataset<Long> broken = () -> samples;
    Iterator<List<Long>> pass = DataLoader.of(broken, 4, s -> s).workers(workers).iterator();
    for (int i = 0; i < 3; i++) {
      assertTrue(pass.hasNext());
      assertEquals(4, pass.next().size());
    }
    LoadException e = assertThrows(LoadException.class, pass::next);
    assertEquals(13, e.index());
    samples.done.await();
    assertEquals(1, samples.closed.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void theStreamIsClosedWithItsPass(int workers) throws InterruptedException {
    Counting whole = new Counting(9, -1);
    IterableDataset<Long> stream = () -> whole;
    assertEquals(3, rest(DataLoader.of(stream, 3, s -> s).workers(workers).iterator()).size());
    whole.done.await();
    assertEquals(1, whole.closed.get());
    Counting endless = new Counting(Long.MAX_VALUE, -1);
    IterableDataset<Long> left = () -> endless;
    Pass<List<Long>> pass = DataLoader.of(left, 3, s -> s).workers(workers).iterator();
    pass.next();
    pass.close();
    pass.close();
    endless.done.await();
    assertEquals(1, endless.closed.get());
    assertFalse(pass.hasNext());
    assertThrows(CancellationException.class, pass::next);
  }

  @Test
  void whatNeedsIndicesIsRefused() {
    DataLoader<Long, List<Long>> loader = DataLoader.of(numbers(5), 2, s -> s);
    assertThrows(InvalidArgumentException.class, () -> loader.shuffle(new Generator(1)));
    assertThrows(InvalidArgumentException.class, () -> loader.sampler(Sampler.sequential()));
    assertThrows(InvalidArgumentException.class, () -> loader.generator(new Generator(1)));
    assertThrows(InvalidArgumentException.class, loader::dataset);
    assertEquals(-1, loader.size());
  }

  @Test
  void tensorsOfStreamsAreStackedIfSamplesAreAlike() {
    IterableDataset<List<Tensor>> pairs =
        () ->
            List.of(List.of(Tensor.ones(2), Tensor.scalar(1)), List.of(Tensor.ones(2))).iterator();
    assertEquals("[1, 2]", DataLoader.of(pairs, 1).iterator().next().get(0).shape().toString());
    Iterator<List<Tensor>> uneven = DataLoader.of(pairs, 2).iterator();
    assertThrows(ShapeException.class, uneven::next);
  }

  @Test
  @DisplayName("S12.1 who waits for a batch longer than the timeout is told")
  void timeout() {
    IterableDataset<Long> stuck =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Long next() {
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return 1L;
              }
            };
    DataLoader<Long, List<Long>> loader =
        DataLoader.of(stuck, 2, s -> s).workers(1).timeout(Duration.ofMillis(20));
    Pass<List<Long>> pass = loader.iterator();
    LoadTimeoutException e = assertThrows(LoadTimeoutException.class, pass::next);
    assertTrue(String.valueOf(e.getMessage()).contains("timed out after 0.02 s"), e::getMessage);
    assertThrows(CancellationException.class, pass::next);
    assertEquals(
        2,
        rest(DataLoader.of(numbers(4), 2, s -> s)
                .workers(1)
                .timeout(Duration.ofDays(999_999))
                .iterator())
            .size());
    assertThrows(InvalidArgumentException.class, () -> loader.timeout(Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void theErrorOfACollateIsTheSameWithWorkersAndWithout(int workers) {
    DataLoader<Long, List<Long>> loader =
        DataLoader.<Long, List<Long>>of(
                numbers(4),
                2,
                s -> {
                  throw new IllegalStateException("ragged");
                })
            .workers(workers);
    Iterator<List<Long>> pass = loader.iterator();
    assertEquals("ragged", assertThrows(IllegalStateException.class, pass::next).getMessage());
  }
}
