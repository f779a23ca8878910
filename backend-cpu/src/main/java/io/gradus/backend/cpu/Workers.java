package io.gradus.backend.cpu;

import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Arrays;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that kernels share: loops are cut into chunks, which idle workers and the caller
 * itself claim one by one.
 *
 * <p>Chunk boundaries depend on the size of the loop alone, never on the number of threads, so that
 * a kernel that combines the results of chunks in a fixed order gives the same bits everywhere.
 * Each thread begins with the same share of neighbouring chunks every time, which may be in its
 * core's caches: where cores have third-level caches of their own, sums of 64 MB were measured to
 * take 0.7 ms instead of 1.2. Whoever is done with its share helps others with theirs, so that a
 * loop degrades gently when another process holds a core. Claiming a chunk costs 0.2 µs when the
 * workers are awake and 3 µs when they sleep.
 *
 * <p>Help is optional: where the system has no more threads to give, loops run with the workers
 * that there are, at worst on their caller alone.
 */
public final class Workers {
  /** The work of one chunk. */
  @FunctionalInterface
  public interface RangeTask {
    /** Does items {@code from} (inclusive) to {@code to} (exclusive). */
    void run(long from, long to);
  }

  /**
   * How long at most an idle worker looks for work before it sleeps: longer than what programs
   * usually do between two loops, for waking it takes as long as many a loop.
   */
  private static final long IDLE_NANOS = 100_000;

  /** The least time of looking, after it was in vain again and again. */
  private static final long LEAST_IDLE_NANOS = 8_000;

  /** How long a caller waits awake for others who do the last chunks. */
  private static final long WAIT_NANOS = 20_000;

  /**
   * How long no worker is started after the system refused one: a refusal is slow and is logged.
   */
  private static final long REFUSED_NANOS = 1_000_000_000;

  static final int MAX_THREADS = 1024;

  /** So far from each other counters lie in cache lines of their own. */
  private static final int LINE = 8;

  /** Loops that run at the same time beyond this number run on their caller alone. */
  private static final AtomicReferenceArray<@Nullable Job> JOBS = new AtomicReferenceArray<>(8);

  private static final AtomicInteger PUBLISHED = new AtomicInteger();
  private static final ThreadLocal<Boolean> WORKING = new ThreadLocal<>();
  private static volatile int threads = ThreadCount.initial();

  /**
   * Replaced, never changed; empty until they are first needed, and fewer than wanted if the system
   * refused to start more.
   */
  private static volatile Worker[] workers = new Worker[0];

  /** From when on missing workers may be started. */
  private static volatile long startFrom = System.nanoTime();

  /** Where threads come from, see {@link #setThreadFactory}. */
  private static ThreadFactory factory = defaultFactory();

  private Workers() {}

  private static ThreadFactory defaultFactory() {
    return Thread.ofPlatform().daemon(true).inheritInheritableThreadLocals(false).factory();
  }

  /** Takes new workers from a factory, or from the usual one if it is null: for tests. */
  static void setThreadFactory(@Nullable ThreadFactory other) {
    synchronized (Workers.class) {
      factory = other == null ? defaultFactory() : other;
      setThreads(threads);
    }
  }

  /** The number of threads that loops are spread over, the caller included. */
  public static int threads() {
    return threads;
  }

  /**
   * Sets {@link #threads}; at start it is the system property {@code gradus.threads} or the number
   * of processors.
   *
   * @throws InvalidArgumentException unless it is between 1 and 1024
   */
  public static void setThreads(int count) {
    if (count < 1 || count > MAX_THREADS) {
      throw new InvalidArgumentException(
          "[setThreads] the number of threads must be between 1 and %d: got %d"
              .formatted(MAX_THREADS, count));
    }
    synchronized (Workers.class) {
      threads = count;
      startFrom = System.nanoTime();
      for (Worker w : workers) {
        w.stopped = true;
        LockSupport.unpark(w.thread);
      }
      workers = new Worker[0];
    }
  }

  /**
   * Runs {@code task} for all of {@code [0, items)} in chunks of {@code grain} items (the last one
   * may be shorter) and returns when all are done.
   *
   * <p>A loop started from within a chunk runs in the thread of that chunk. If chunks fail, the
   * exception of the first failing one (by position) is thrown; later chunks may not have run.
   */
  public static void run(long items, long grain, RangeTask task) {
    if (items <= grain) {
      if (items > 0) {
        task.run(0, items);
      }
      return;
    }
    if (threads == 1 || WORKING.get() != null) {
      inOrder(items, grain, task);
      return;
    }
    Worker[] helpers = helpers();
    if (helpers.length == 0) {
      inOrder(items, grain, task);
      return;
    }
    Job job = new Job(items, grain, task);
    int slot = -1;
    // From its publication on a job must be waited for and taken out again, whatever happens.
    try {
      WORKING.set(Boolean.TRUE);
      slot = publish(job);
      if (slot < 0) {
        inOrder(items, grain, task);
        return;
      }
      wake(helpers, job.chunks - 1);
      job.work(0);
      job.await();
    } finally {
      if (slot >= 0) {
        JOBS.set(slot, null);
      }
      WORKING.remove();
    }
    job.rethrow();
  }

  private static void inOrder(long items, long grain, RangeTask task) {
    for (long from = 0; from < items; from += grain) {
      task.run(from, Math.min(items, from + grain));
    }
  }

  /** Shows a job to the workers; negative if there is no place. */
  private static int publish(Job job) {
    for (int slot = 0; slot < JOBS.length(); slot++) {
      if (JOBS.get(slot) == null && JOBS.compareAndSet(slot, null, job)) {
        return slot;
      }
    }
    return -1;
  }

  /** Tells so many workers, or all, that there is a new job. */
  private static void wake(Worker[] helpers, long wanted) {
    PUBLISHED.incrementAndGet();
    for (int i = 0; i < helpers.length && i < wanted; i++) {
      if (helpers[i].parked) {
        LockSupport.unpark(helpers[i].thread);
      }
    }
  }

  /** The workers, of which missing ones are started if that is possible. */
  private static Worker[] helpers() {
    Worker[] all = workers;
    return all.length < threads - 1 && System.nanoTime() - startFrom >= 0 ? startWorkers() : all;
  }

  private static Worker[] startWorkers() {
    synchronized (Workers.class) {
      Worker[] all = workers;
      int running = all.length;
      if (running >= threads - 1) {
        return all;
      }
      Worker[] more = Arrays.copyOf(all, threads - 1);
      try {
        for (; running < more.length; running++) {
          Worker w = new Worker(running + 1, factory);
          w.thread.start();
          more[running] = w;
        }
      } catch (OutOfMemoryError e) { // which is also what a refused thread is called
        startFrom = System.nanoTime() + REFUSED_NANOS;
        more = Arrays.copyOf(more, running);
      }
      workers = more;
      return more;
    }
  }

  /** One loop in progress. */
  private static final class Job {
    private final long items;
    private final long grain;
    private final RangeTask task;
    private final long chunks;
    private final int shares;
    private final AtomicLongArray next;
    private final AtomicLong pending;
    private final Thread caller = Thread.currentThread();
    private volatile boolean callerParked;
    private volatile long failedChunk = Long.MAX_VALUE;
    private @Nullable Throwable failure;

    Job(long items, long grain, RangeTask task) {
      this.items = items;
      this.grain = grain;
      this.task = task;
      this.chunks = (items - 1) / grain + 1;
      this.pending = new AtomicLong(chunks);
      this.shares = (int) Math.min(threads, chunks);
      this.next = new AtomicLongArray(shares * LINE);
      for (int s = 1; s < shares; s++) {
        next.setPlain(s * LINE, start(s));
      }
    }

    /** The first chunk of a share. */
    private long start(int share) {
      return chunks * share / shares;
    }

    boolean hasWork() {
      for (int s = 0; s < shares; s++) {
        if (next.get(s * LINE) < start(s + 1)) {
          return true;
        }
      }
      return false;
    }

    /** Claims chunks of a thread's own share, then of those who are not done with theirs. */
    void work(int thread) {
      long done = 0;
      for (int i = 0; i < shares; i++) {
        done += work((thread + i) % shares, start((thread + i) % shares + 1));
      }
      if (done > 0 && pending.addAndGet(-done) == 0 && callerParked) {
        LockSupport.unpark(caller);
      }
    }

    private long work(int share, long end) {
      long done = 0;
      while (next.get(share * LINE) < end) {
        long chunk = next.getAndIncrement(share * LINE);
        if (chunk >= end) {
          break;
        }
        // Chunks before a failed one still run: which exception the caller sees is then settled.
        if (chunk < failedChunk) {
          try {
            long from = chunk * grain;
            task.run(from, Math.min(items, from + grain));
          } catch (Throwable t) {
            fail(chunk, t);
          }
        }
        done++;
      }
      return done;
    }

    private synchronized void fail(long chunk, Throwable t) {
      if (chunk < failedChunk) {
        failure = t;
        failedChunk = chunk;
      }
    }

    void await() {
      long start = System.nanoTime();
      while (pending.get() > 0) {
        Thread.onSpinWait();
        if (System.nanoTime() - start > WAIT_NANOS) {
          boolean interrupted = false;
          callerParked = true;
          while (pending.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
          }
          if (interrupted) {
            caller.interrupt();
          }
        }
      }
    }

    private synchronized void rethrow() {
      switch (failure) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable t -> throw new IllegalStateException(t); // thrown behind the compiler's back
      }
    }
  }

  /** One thread that helps. */
  private static final class Worker implements Runnable {
    private final int number;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile boolean parked;
    private long look = IDLE_NANOS;

    Worker(int number, ThreadFactory factory) {
      this.number = number;
      this.thread = factory.newThread(this);
      thread.setName("gradus-cpu-" + number);
    }

    @Override
    public void run() {
      WORKING.set(Boolean.TRUE);
      while (!stopped) {
        int seen = PUBLISHED.get();
        if (!help()) {
          rest(seen);
        }
      }
    }

    private boolean help() {
      boolean helped = false;
      for (int slot = 0; slot < JOBS.length(); slot++) {
        Job job = JOBS.get(slot);
        if (job != null && job.hasWork()) {
          job.work(number);
          helped = true;
        }
      }
      return helped;
    }

    /**
     * Looks for a new job, at first awake. On a loaded machine it may be on the core of the caller,
     * from whom nothing can come while it looks: so after each time in vain it looks half as long.
     */
    private void rest(int seen) {
      long start = System.nanoTime();
      while (PUBLISHED.get() == seen) {
        if (System.nanoTime() - start < look) {
          Thread.onSpinWait();
          continue;
        }
        look = Math.max(LEAST_IDLE_NANOS, look / 2);
        parked = true;
        // The publisher first counts, then looks at the flag; we the other way round.
        if (PUBLISHED.get() == seen && !stopped) {
          LockSupport.park(this);
        }
        parked = false;
        return;
      }
      look = IDLE_NANOS;
    }
  }
}
