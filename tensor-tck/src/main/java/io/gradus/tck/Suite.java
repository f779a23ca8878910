package io.gradus.tck;

import java.util.stream.Stream;

/** All cases, by subject. */
public enum Suite {
  /** Every scalar operation over every kind of layout. */
  POINTWISE {
    @Override
    public Stream<Case> cases() {
      return PointwiseCases.layouts();
    }
  },
  /** Every scalar operation on tables of special numbers. */
  SPECIAL_VALUES {
    @Override
    public Stream<Case> cases() {
      return PointwiseCases.special();
    }
  },
  /** Casts between all pairs of dtypes; constants, params, indices. */
  CASTS {
    @Override
    public Stream<Case> cases() {
      return CastCases.cases();
    }
  },
  /** Random programs; fused against one operation at a time. */
  PROGRAMS {
    @Override
    public Stream<Case> cases() {
      return ProgramCases.cases();
    }
  },
  /** The lean entries. */
  LEAN {
    @Override
    public Stream<Case> cases() {
      return ProgramCases.lean();
    }
  },
  /** Random numbers. */
  RANDOM {
    @Override
    public Stream<Case> cases() {
      return ProgramCases.philox();
    }
  },
  /** Reductions. */
  REDUCE {
    @Override
    public Stream<Case> cases() {
      return Stream.concat(ReduceCases.cases(), ReduceCases.prologues());
    }
  },
  /** Chains of reductions. */
  ROWS {
    @Override
    public Stream<Case> cases() {
      return RowsCases.cases();
    }
  },
  /** Running reductions. */
  SCAN {
    @Override
    public Stream<Case> cases() {
      return OrderCases.scans();
    }
  },
  /** Sorting and top-k. */
  SORT {
    @Override
    public Stream<Case> cases() {
      return OrderCases.sorts();
    }
  },
  /** Matrix products. */
  CONTRACT {
    @Override
    public Stream<Case> cases() {
      return ContractCases.cases();
    }
  },
  /** Gather and scatter. */
  INDEX {
    @Override
    public Stream<Case> cases() {
      return IndexCases.cases();
    }
  },
  /** Convolutions and decompositions, or their refusal. */
  OPTIONAL {
    @Override
    public Stream<Case> cases() {
      return SupportCases.cases();
    }
  },
  /** Fourier transforms, or their refusal. */
  FFT {
    @Override
    public Stream<Case> cases() {
      return FftCases.cases();
    }
  },
  /** Storage. */
  MEMORY {
    @Override
    public Stream<Case> cases() {
      return MemoryCases.cases();
    }
  },
  /** Several threads at once. */
  CONCURRENCY {
    @Override
    public Stream<Case> cases() {
      return ProgramCases.concurrent();
    }
  };

  /** The cases of this subject. */
  public abstract Stream<Case> cases();
}
