package io.gradus.backend.cuda.emulator;

/** One decoded instruction: what it does for the lanes of a warp that take part. */
abstract class Instruction {
  static final int LANES = 32;
  static final int ALL = -1;

  /** The predicate register that decides which lanes take part, or -1. */
  int guard = -1;

  boolean negated;

  /** Runs it; {@code mask} has a bit for each lane that takes part, at least one. */
  abstract void execute(Warp w, int mask);

  /** Computes 32 values into the file of 32-bit registers, from {@code to} on. */
  @FunctionalInterface
  interface IntBody {
    void run(Warp w, int[] r, int to);
  }

  /** Computes 32 values into the file of 64-bit registers, from {@code to} on. */
  @FunctionalInterface
  interface LongBody {
    void run(Warp w, long[] q, int to);
  }

  /** Gives a bit for each lane. */
  @FunctionalInterface
  interface PredicateBody {
    int run(Warp w);
  }

  /** Does something for the lanes of a mask. */
  @FunctionalInterface
  interface Effect {
    void run(Warp w, int mask);
  }

  static Instruction ofInt(int to, IntBody body) {
    return new Instruction() {
      @Override
      void execute(Warp w, int mask) {
        if (mask == ALL) {
          body.run(w, w.r, to);
        } else {
          body.run(w, w.r, Kernel.SPARE);
          merge(w.r, to, mask);
        }
      }
    };
  }

  static Instruction ofLong(int to, LongBody body) {
    return new Instruction() {
      @Override
      void execute(Warp w, int mask) {
        if (mask == ALL) {
          body.run(w, w.q, to);
        } else {
          body.run(w, w.q, Kernel.SPARE);
          merge(w.q, to, mask);
        }
      }
    };
  }

  static Instruction ofPredicate(int to, PredicateBody body) {
    return new Instruction() {
      @Override
      void execute(Warp w, int mask) {
        w.p[to] = w.p[to] & ~mask | body.run(w) & mask;
      }
    };
  }

  static Instruction of(Effect effect) {
    return new Instruction() {
      @Override
      void execute(Warp w, int mask) {
        effect.run(w, mask);
      }
    };
  }

  private static void merge(int[] r, int to, int mask) {
    for (int m = mask; m != 0; m &= m - 1) {
      int l = Integer.numberOfTrailingZeros(m);
      r[to + l] = r[Kernel.SPARE + l];
    }
  }

  private static void merge(long[] q, int to, int mask) {
    for (int m = mask; m != 0; m &= m - 1) {
      int l = Integer.numberOfTrailingZeros(m);
      q[to + l] = q[Kernel.SPARE + l];
    }
  }

  /** Goes elsewhere. */
  static final class Branch extends Instruction {
    final int target;

    Branch(int target) {
      this.target = target;
    }

    @Override
    void execute(Warp w, int mask) {
      throw new IllegalStateException("the warp itself branches");
    }
  }

  /** Ends lanes. */
  static final class Exit extends Instruction {
    @Override
    void execute(Warp w, int mask) {
      throw new IllegalStateException("the warp itself ends lanes");
    }
  }

  /** Waits for the other warps of the block. */
  static final class Barrier extends Instruction {
    final int id;

    /** How many threads are to arrive, 0 for all. */
    final int threads;

    Barrier(int id, int threads) {
      this.id = id;
      this.threads = threads;
    }

    @Override
    void execute(Warp w, int mask) {
      throw new IllegalStateException("the warp itself waits");
    }
  }

  /** What lanes do together; {@code members} says which must have come. */
  static final class Together extends Instruction {
    /** Where the register or constant with the mask of the lanes begins. */
    final int members;

    private final Effect effect;

    Together(int members, Effect effect) {
      this.members = members;
      this.effect = effect;
    }

    @Override
    void execute(Warp w, int mask) {
      effect.run(w, mask);
    }
  }
}
